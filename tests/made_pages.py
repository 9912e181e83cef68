"""Pages as programs and outlets make them, each with what a careful reader gets of it."""

from __future__ import annotations

import json
import quopri

from made import Cases

cases = Cases()
case = cases.add

A = "The army of Sudan said on Monday that its drones had killed 14 fighters near El Fasher, the besieged capital of North Darfur."
B = "The Rapid Support Forces denied the claim and said that nine civilians had died in the strike on a market in the east of the town."
C = "A doctor at the town's hospital said that 23 wounded people had been brought in since dawn and that he had run out of bandages."
D = "The United Nations called on both sides to let aid into the town, where some 260,000 people are trapped without food."
STORY = (A, B, C, D)
P = "".join(f"<p>{t}</p>\n" for t in STORY)
T = "Drones strike El Fasher"


def pg(body, head="", title=T, attrs='lang="en"'):
    return f'<!DOCTYPE html>\n<html {attrs}>\n<head><meta charset="utf-8"><title>{title} - Darfur Wire</title>{head}</head>\n<body>{body}</body></html>'


X = "Turkey's president said that 300 people had been killed by an earthquake in Japan."
Y = "Brazil and Norway sign a treaty on whales"
# WordPress
wp = pg(
    f"""<div id="page" class="site"><header id="masthead" class="site-header"><nav class="main-navigation"><ul><li><a href="/">Home</a></li><li><a href="/sudan">Sudan</a></li></ul></nav></header><div id="content" class="site-content"><main id="main" class="site-main"><article id="post-12" class="post-12 post type-post status-publish hentry category-sudan"><header class="entry-header"><h1 class="entry-title">{T}</h1><div class="entry-meta"><span class="posted-on">Posted on <a href="x" rel="bookmark"><time class="entry-date published" datetime="2026-03-10T09:12:00+00:00">March 10, 2026</time><time class="updated" datetime="2026-03-12T10:00:00+00:00">March 12, 2026</time></a></span><span class="byline"> by <span class="author vcard"><a class="url fn n" href="/author/n">N. Writer</a></span></span></div></header><div class="entry-content">{P}<p><strong>Also read: </strong><a href="/y">{Y}</a></p><div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a>Click to share on X</a></li></ul></div><div id='jp-relatedposts' class='jp-relatedposts'><h3 class="jp-relatedposts-headline"><em>Related</em></h3><div class="jp-relatedposts-items"><p>{X}</p></div></div></div><footer class="entry-footer"><span class="cat-links">Posted in <a>Sudan</a></span></footer></article><nav class="navigation post-navigation"><div class="nav-previous"><a href="/p">{Y}</a></div></nav><div id="comments" class="comments-area"><h2 class="comments-title">One thought on “{T}”</h2><ol class="comment-list"><li id="comment-1" class="comment"><article class="comment-body"><footer class="comment-meta"><b class="fn">Bob</b><time datetime="2026-03-15T10:00:00+00:00">March 15, 2026</time></footer><div class="comment-content"><p>{X}</p></div></article></li></ol></div></main></div><aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2 class="widget-title">Recent Posts</h2><ul><li><a href="/y">{Y}</a></li></ul></section></aside></div>"""
)
case(
    "page wordpress",
    ("p.html", wp),
    [{"has": STORY, "no": [X, Y, "Share", "Posted in", "Also read"], "day": "2026-03-10"}],
)
bg = pg(
    f"""<div class='main section' id='main'><div class='widget Blog'><div class='blog-posts hfeed'><div class="date-outer"><h2 class='date-header'><span>Tuesday, March 10, 2026</span></h2><div class="date-posts"><div class='post-outer'><div class='post hentry uncustomized-post-template'><h3 class='post-title entry-title'>{T}</h3><div class='post-body entry-content' id='post-body-1'><div dir="ltr">{A}<br /><br />{B}<br /><br />{C}<br /><br />{D}</div></div><div class='post-footer'>Posted by <span class='fn'>Nadia</span> at <a class='timestamp-link' href='x'><abbr class='published' title='2026-03-10T09:12:00+01:00'>9:12 AM</abbr></a></div></div><div class='comments' id='comments'><h4>1 comment:</h4><dl id='comments-block'><dt class='comment-author'>Bob said...</dt><dd class='comment-body'><p>{X}</p></dd><dd class='comment-footer'><span class='comment-timestamp'>March 15, 2026 at 8:00 AM</span></dd></dl></div></div></div></div></div></div></div><div class='sidebar section' id='sidebar'><div class='widget PopularPosts'><h2>Popular Posts</h2><div class='widget-content popular-posts'><ul><li><div class='item-title'><a href='/y'>{Y}</a></div><div class='item-snippet'>{X}</div></li></ul></div></div><div class='widget BlogArchive'><h2>Blog Archive</h2><ul><li>2026 (3)</li></ul></div></div>"""
)
case("page blogger", ("p.html", bg), [{"has": STORY, "no": [X, Y, "Posted by", "Archive"], "day": "2026-03-10"}])
dr = pg(
    f"""<div class="layout-container"><main role="main"><div class="region region-content"><article data-history-node-id="12" role="article" about="/node/12" typeof="schema:Article" class="node node--type-article node--view-mode-full"><h1 class="page-title"><span property="schema:name">{T}</span></h1><footer class="node__meta"><div class="node__submitted">Submitted by <span rel="schema:author"><span lang="" property="schema:name">editor</span></span> on <span property="schema:dateCreated" content="2026-03-10T09:12:00+00:00">Tue, 03/10/2026 - 09:12</span></div></footer><div class="node__content clearfix"><div class="field field--name-field-image"><img src="a.jpg" alt="x"></div><div property="schema:text" class="clearfix text-formatted field field--name-body">{P}</div><div class="field field--name-field-tags"><h3 class="field__label">Tags</h3><ul><li>Sudan</li></ul></div><section class="field comment-wrapper"><h2 class="title">Comments</h2><article class="comment"><p>{X}</p></article></section></div></article></div></main><aside class="layout-sidebar-second" role="complementary"><h2>Most read</h2><ul><li><a>{Y}</a></li></ul></aside></div>"""
)
case("page drupal", ("p.html", dr), [{"has": STORY, "no": [X, Y, "Tags"], "day": "2026-03-10"}])
# live blogs
gd = pg(
    f"""<main><h1>Sudan war live: drones strike El Fasher</h1><div class="js-liveblog-body"><div id="block-2" class="block"><p class="block-time published-time"><a href="#"><time datetime="2026-03-10T07:15:00Z" class="js-timestamp">10 Mar 2026 07.15 GMT</time></a></p><h2 class="block-title">RSF denies</h2><div class="block-elements"><p>{B}</p></div></div><div id="block-1" class="block"><p class="block-time published-time"><a href="#"><time datetime="2026-03-09T21:00:00Z" class="js-timestamp">9 Mar 2026 21.00 GMT</time></a></p><div class="block-elements"><p>{A}</p><p>{C}</p></div></div></div><section class="most-viewed"><h2>Most viewed</h2><ol><li><a>{Y}</a></li></ol></section></main>""",
    title="Sudan war live",
)
case("page live guardian", ("p.html", gd), [{"has": ["10 March 2026", B, "9 March 2026", A, C], "no": [Y]}])
bb = pg(
    f"""<main id="main-content"><h1>Sudan live: Drones strike El Fasher</h1><h2>Summary</h2><ul><li>Army says 14 fighters killed</li></ul><section><h2>Live Reporting</h2><ol><li class="lx-stream__post-container"><article class="lx-stream-post"><header><h3 class="lx-stream-post__header-title"><time><span class="qa-meta-time">07:15 10 March</span></time><span>RSF denies</span></h3></header><div class="lx-stream-post-body"><p>{B}</p></div></article></li><li class="lx-stream__post-container"><article class="lx-stream-post"><header><h3><time><span class="qa-meta-time">21:00 9 March</span></time><span>Army claims</span></h3></header><div class="lx-stream-post-body"><p>{A}</p><p>{C}</p></div></article></li></ol></section></main>""",
    head='<script type="application/ld+json">'
    + json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "LiveBlogPosting",
            "headline": "Sudan live",
            "coverageStartTime": "2026-03-02T06:00:00Z",
            "datePublished": "2026-03-02T06:00:00Z",
            "liveBlogUpdate": [
                {
                    "@type": "BlogPosting",
                    "headline": "RSF denies",
                    "articleBody": B,
                    "datePublished": "2026-03-10T07:15:00Z",
                },
                {
                    "@type": "BlogPosting",
                    "headline": "Army claims",
                    "articleBody": A + " " + C,
                    "datePublished": "2026-03-09T21:00:00Z",
                },
            ],
        }
    )
    + "</script>",
    title="Sudan live",
)
case("page live bbc json", ("p.html", bb), [{"has": ["10 March 2026", B, "9 March 2026", A]}])
aj = pg(
    f"""<main><article><header><h1>Sudan live updates: Drones strike El Fasher</h1><div class="date-simple">Published On 10 Mar 2026</div></header><div class="wysiwyg"><ul class="liveblog-timeline"><li class="liveblog-entry"><div class="liveblog-date-time"><time datetime="2026-03-10T07:15:00Z">7m ago (07:15 GMT)</time></div><h3>RSF denies</h3><p>{B}</p></li><li class="liveblog-entry"><div class="liveblog-date-time"><time datetime="2026-03-09T21:00:00Z">10h ago (21:00 GMT)</time></div><h3>Army claims</h3><p>{A}</p><p>{C}</p></li></ul></div></article></main>""",
    title="Sudan live",
)
case("page live aljazeera", ("p.html", aj), [{"has": ["10 March 2026", B, "9 March 2026", A, C]}])
dl = pg(
    f"""<article class="live-blog"><h1>Sudan live</h1><h2>10 March 2026</h2><div class="entry"><span class="time">07:15</span><p>{B}</p></div><h2>9 March 2026</h2><div class="entry"><span class="time">21:00</span><p>{A}</p><p>{C}</p></div></article>""",
    title="Sudan live",
)
case("page live day headings no time element", ("p.html", dl), [{"has": ["10 March 2026", B, "9 March 2026", A, C]}])
# dates
case(
    "page published+updated visible",
    (
        "p.html",
        pg(
            f'<article><h1>{T}</h1><p class="byline">By N. Writer</p><p class="dates">Published 10 March 2026 | Updated 12 March 2026</p>{P}</article>'
        ),
    ),
    [{"has": STORY, "day": "2026-03-10"}],
)
case(
    "page only updated line",
    ("p.html", pg(f'<article><h1>{T}</h1><p class="dates">Last updated: 12 March 2026, 10:00</p>{P}</article>')),
    [{"has": STORY, "day": None}],
)
case(
    "page modified meta only",
    (
        "p.html",
        pg(
            f"<article><h1>{T}</h1>{P}</article>",
            head='<meta property="article:modified_time" content="2026-03-12T10:00:00Z"><meta property="og:updated_time" content="2026-03-12T10:00:00Z">',
        ),
    ),
    [{"day": None}],
)
case(
    "page date in url canonical",
    (
        "p.html",
        pg(
            f"<article><h1>{T}</h1>{P}</article>",
            head='<link rel="canonical" href="https://wire.example.org/2026/03/10/drones">',
        ),
    ),
    [{"day": "2026-03-10"}],
)
case(
    "page comment json-ld",
    (
        "p.html",
        pg(
            f"<article><h1>{T}</h1>{P}</article>",
            head='<script type="application/ld+json">'
            + json.dumps(
                {
                    "@context": "https://schema.org",
                    "@graph": [
                        {"@type": "WebSite", "name": "Darfur Wire"},
                        {"@type": "Comment", "datePublished": "2026-03-20"},
                        {"@type": "NewsArticle", "headline": T, "dateModified": "2026-03-12"},
                    ],
                }
            )
            + "</script>",
        ),
    ),
    [{"day": None, "has": STORY}],
)
case(
    "page microdata date",
    (
        "p.html",
        pg(
            f'<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{T}</h1><meta itemprop="dateModified" content="2026-03-12"><meta itemprop="datePublished" content="2026-03-10T09:00:00Z"><div itemprop="articleBody">{P}</div></article>'
        ),
    ),
    [{"day": "2026-03-10"}],
)
case(
    "page copyright year and event date",
    ("p.html", pg(f"<article><h1>{T}</h1>{P}</article><footer>© 2019-2026. Updated 1 January 2026</footer>")),
    [{"day": None}],
)
# teasers etc
case(
    "page read more inline list",
    (
        "p.html",
        pg(
            f'<article><h1>{T}</h1><p>{A}</p><p>{B}</p><p><em>READ MORE: <a href="/y">{Y}</a></em></p><p>{C}</p><ul class="more-on-this"><li><a href="/y">{Y}</a></li></ul><p>{D}</p></article><section><h3>Trending now</h3><div><h4><a href="/y">{Y}</a></h4><p>{X}</p></div></section>'
        ),
    ),
    [{"has": STORY, "no": [X, Y, "READ MORE"]}],
)
case(
    "page second article below",
    (
        "p.html",
        pg(
            f'<main><article><h1>{T}</h1>{P}</article><article class="next-article"><h2>{Y}</h2><p>{X} It was the second such disaster this year and the government has asked for help.</p><p>{X}</p></article></main>'
        ),
    ),
    [{"has": STORY, "no": [X, Y]}],
)
case(
    "page lead in header",
    (
        "p.html",
        pg(
            f'<article><header><h1>{T}</h1><p class="standfirst">{A}</p></header><div class="article__body"><p>{B}</p><p>{C}</p><p>{D}</p></div></article>'
        ),
    ),
    [{"has": STORY}],
)
case(
    "page lead h2 sub",
    (
        "p.html",
        pg(
            f'<div class="head"><h1>{T}</h1><h2 class="subtitle">{A}</h2></div><div class="body"><p>{B}</p><p>{C}</p><p>{D}</p></div>'
        ),
    ),
    [{"has": STORY}],
)
case(
    "page caption wp",
    (
        "p.html",
        pg(
            f'<article><h1>{T}</h1><div id="attachment_1" class="wp-caption alignnone"><img src="a.jpg"><p class="wp-caption-text">Turkish soldiers killed 300 people in 2019. Photo: X</p></div>{P}</article>'
        ),
    ),
    [{"has": STORY, "no": ["Turkish"]}],
    left=["caption"],
)
case(
    "page caption small",
    (
        "p.html",
        pg(
            f'<article><h1>{T}</h1><div class="image"><img src="a.jpg"><small class="credit">Turkish soldiers killed 300 people in 2019. Photo: X</small></div>{P}</article>'
        ),
    ),
    [{"has": STORY, "no": ["Turkish"]}],
)
case(
    "page caption bbc figure",
    (
        "p.html",
        pg(
            f'<article><h1>{T}</h1><figure><div><picture><img src="a.jpg"></picture><span role="text"><span class="visually-hidden">Image source, </span>AFP</span></div><figcaption><span class="visually-hidden">Image caption, </span><p>Turkish soldiers killed 300 people in 2019</p></figcaption></figure>{P}</article>'
        ),
    ),
    [{"has": STORY, "no": ["Turkish", "Image source", "AFP"]}],
)
# embeds
tw = '<blockquote class="twitter-tweet" data-lang="en"><p lang="en" dir="ltr">Nine civilians were killed in the strike on the market. <a href="https://t.co/abc">pic.twitter.com/abc</a></p>&mdash; Jean Kato (@jeankato) <a href="https://twitter.com/jeankato/status/1?ref_src=twsrc">March 9, 2026</a></blockquote> <script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>'
case(
    "embed tweet",
    ("p.html", pg(f"<article><h1>{T}</h1><p>{A}</p>{tw}<p>{B}</p><p>{C}</p></article>")),
    [{"has": [A, "Jean Kato wrote on March 9, 2026", "Nine civilians were killed", B, C], "no": ["pic.twitter"]}],
)
ma = '<blockquote class="mastodon-embed" data-embed-url="https://m.example/@jean/1/embed"><a href="https://m.example/@jean/1" target="_blank"><div>Post by @jean@m.example</div><div>View on Mastodon</div></a></blockquote>'
case(
    "embed mastodon placeholder",
    ("p.html", pg(f"<article><h1>{T}</h1><p>{A}</p>{ma}<p>{B}</p><p>{C}</p></article>")),
    [{"has": [A, B, C], "no": ["View on Mastodon"]}],
)
bs = '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:1/app.bsky.feed.post/1"><p lang="en">Nine civilians were killed in the strike on the market.</p>&mdash; Jean Kato (<a href="https://bsky.app/profile/did:plc:1?ref_src=embed">@jeankato.bsky.social</a>) <a href="https://bsky.app/profile/x/post/1?ref_src=embed">March 9, 2026 at 8:15 PM</a></blockquote>'
case(
    "embed bluesky",
    ("p.html", pg(f"<article><h1>{T}</h1><p>{A}</p>{bs}<p>{B}</p><p>{C}</p></article>")),
    [{"has": [A, "Jean Kato wrote on March 9, 2026", "Nine civilians were killed", B, C]}],
)
fb = '<div class="fb-post" data-href="https://www.facebook.com/jk/posts/1"><blockquote cite="https://www.facebook.com/jk/posts/1" class="fb-xfbml-parse-ignore"><p>Nine civilians were killed in the strike on the market.</p>Posted by <a href="https://www.facebook.com/jk">Jean Kato</a> on&nbsp;<a href="https://www.facebook.com/jk/posts/1">Monday, March 9, 2026</a></blockquote></div>'
case(
    "embed facebook",
    ("p.html", pg(f"<article><h1>{T}</h1><p>{A}</p>{fb}<p>{B}</p><p>{C}</p></article>")),
    [{"has": [A, "Jean Kato wrote on March 9, 2026", "Nine civilians were killed", B, C], "no": ["Posted by"]}],
)
ig = '<blockquote class="instagram-media" data-instgrm-captioned data-instgrm-permalink="https://www.instagram.com/p/1/"><div><a href="https://www.instagram.com/p/1/">View this post on Instagram</a><p><a href="https://www.instagram.com/p/1/">A post shared by Jean Kato (@jeankato)</a></p></div></blockquote>'
case(
    "embed instagram empty",
    ("p.html", pg(f"<article><h1>{T}</h1><p>{A}</p>{ig}<p>{B}</p><p>{C}</p></article>")),
    [{"has": [A, B, C], "no": ["View this post"]}],
)
tgm = """<div class="tgme_widget_message js-widget_message" data-post="rsfpress/123"><div class="tgme_widget_message_user"><a href="https://t.me/rsfpress"><i class="tgme_widget_message_user_photo"></i></a></div><div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="https://t.me/rsfpress"><span dir="auto">RSF Press</span></a></div><div class="tgme_widget_message_text js-message_text" dir="auto">Our forces lost no one.<br/><br/>Nine civilians were killed in the strike on the market.</div><div class="tgme_widget_message_footer"><div class="tgme_widget_message_info"><span class="tgme_widget_message_views">12.3K</span><span class="tgme_widget_message_meta"><a class="tgme_widget_message_date" href="https://t.me/rsfpress/123"><time datetime="2026-03-09T20:15:00+00:00" class="time">20:15</time></a></span></div></div></div></div>"""
case(
    "embed telegram inline",
    ("p.html", pg(f"<article><h1>{T}</h1><p>{A}</p>{tgm}<p>{B}</p><p>{C}</p></article>")),
    [
        {
            "has": [
                A,
                "RSF Press wrote on March 9, 2026",
                "Our forces lost no one.",
                "Nine civilians were killed",
                B,
                C,
            ],
            "no": ["12.3K"],
        }
    ],
)
tgs = '<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="rsfpress/123" data-width="100%"></script>'
case(
    "embed telegram script",
    ("p.html", pg(f"<article><h1>{T}</h1><p>{A}</p>{tgs}<p>{B}</p><p>{C}</p></article>")),
    [{"has": [A, B, C]}],
    left=["rsfpress"],
)
tgi = '<iframe id="telegram-post-rsfpress-123" src="https://t.me/rsfpress/123?embed=1" width="100%"></iframe>'
case(
    "embed telegram iframe",
    ("p.html", pg(f"<article><h1>{T}</h1><p>{A}</p>{tgi}<p>{B}</p><p>{C}</p></article>")),
    [{"has": [A, B, C]}],
    left=["rsfpress"],
)


def tmsg(n, text, day, fwd="", reply=""):
    return f'<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="sudanwatch/{n}"><div class="tgme_widget_message_user"><a href="https://t.me/sudanwatch"><i class="tgme_widget_message_user_photo bgcolor1" data-content="S"></i></a></div><div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" href="https://t.me/sudanwatch"><span dir="auto">Sudan Watch</span></a></div>{fwd}{reply}<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div><div class="tgme_widget_message_footer compact js-message_footer"><div class="tgme_widget_message_info short js-message_info"><span class="tgme_widget_message_views">1.2K</span><span class="copyonly"> views</span><span class="tgme_widget_message_meta"><a class="tgme_widget_message_date" href="https://t.me/sudanwatch/{n}"><time datetime="{day}T09:12:00+00:00" class="time">09:12</time></a></span></div></div></div></div></div>'


tp = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Sudan Watch – Telegram</title><meta property="og:title" content="Sudan Watch"><meta property="og:site_name" content="Telegram"></head><body class="widget_frame_base tgme_webpreview emoji_image"><header class="tgme_header"><div class="tgme_channel_info_header_title">Sudan Watch</div><div class="tgme_channel_info_description">News of the war</div></header><main class="tgme_main"><section class="tgme_channel_history js-message_history">{tmsg(11, A, "2026-03-09")}{tmsg(12, B + "<br/>" + C, "2026-03-10")}</section></main></body></html>'
case(
    "telegram channel preview page",
    ("t.html", tp),
    [
        {
            "has": [A],
            "no": [B, "views", "News of the war"],
            "day": "2026-03-09",
            "outlet": "Sudan Watch",
            "url": "https://t.me/sudanwatch/11",
        },
        {"has": [B, C], "no": [A], "day": "2026-03-10", "outlet": "Sudan Watch"},
    ],
)


def hm(n, text, day, joined=False, frm="Sudan Watch", fwd=""):
    return (
        f'<div class="message default clearfix{" joined" if joined else ""}" id="message{n}">'
        + (
            ""
            if joined
            else '<div class="pull_left userpic_wrap"><div class="userpic userpic1" style="width: 42px; height: 42px"><div class="initials">S</div></div></div>'
        )
        + f'<div class="body"><div class="pull_right date details" title="{day} 09:12:33 UTC+02:00">09:12</div>'
        + ("" if joined else f'<div class="from_name">{frm} </div>')
        + f'<div class="text">{text}</div></div></div>'
    )


th = f'<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title><link href="css/style.css" rel="stylesheet"/></head><body onload="CheckLocation();"><div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">Sudan Watch </div></div></div><div class="page_body chat_page"><div class="history"><div class="message service" id="message-1"><div class="body details">9 March 2026</div></div>{hm(1, A, "09.03.2026")}{hm(2, B, "09.03.2026", True)}<div class="message service" id="message-2"><div class="body details">10 March 2026</div></div>{hm(3, C + "<br><br>" + D, "10.03.2026")}</div></div></div></body></html>'
case(
    "telegram desktop html export",
    ("messages.html", th),
    [
        {"has": [A], "no": [B], "day": "2026-03-09", "outlet": "Sudan Watch"},
        {"has": [B], "day": "2026-03-09", "outlet": "Sudan Watch"},
        {"has": [C, D], "day": "2026-03-10"},
    ],
)
# corrections
cor = "Correction: An earlier version of this article said that 40 people were killed. The army's figure is 14."
case(
    "correction end",
    ("p.html", pg(f"<article><h1>{T}</h1>{P}<p><em>{cor}</em></p></article>")),
    [{"has": STORY, "no": ["40 people"]}],
    left=["40 people"],
)
case(
    "correction box top",
    (
        "p.html",
        pg(
            f'<article><h1>{T}</h1><div class="editors-note"><strong>Editor’s note (March 12):</strong> This story has been corrected to show that nine, not 40, people were killed.</div>{P}</article>'
        ),
    ),
    [{"has": STORY, "no": ["not 40"]}],
    left=["not 40"],
)
# tables of losses
tab = '<table class="wikitable"><caption>Losses, 1 to 9 March</caption><thead><tr><th>Town</th><th>Killed</th><th>Wounded</th></tr></thead><tbody><tr><td>El Fasher</td><td>14</td><td>23</td></tr><tr><td>Nyala</td><td>9</td><td>20</td></tr><tr><th>Total</th><td>23</td><td>43</td></tr></tbody></table>'
case(
    "table of losses",
    ("p.html", pg(f"<article><h1>{T}</h1><p>{A}</p><p>{B}</p>{tab}<p>{C}</p></article>")),
    [{"has": [A, B, C]}],
)
# browser saves
sv = f'<!DOCTYPE html>\n<!-- saved from url=(0043)https://wire.example.org/2026/03/10/drones/ -->\n<html lang="en"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><title>{T}</title></head><body><article><h1>{T}</h1>{P}</article><iframe src="./Drones strike El Fasher_files/ad.html"></iframe></body></html>'
case(
    "saved by chrome",
    {
        "s/Drones strike El Fasher.html": sv,
        "s/Drones strike El Fasher_files/ad.html": pg(f"<p>{X}</p>"),
        "s/Drones strike El Fasher_files/a.js": "alert(1)",
    },
    [{"has": STORY, "no": [X], "url": "https://wire.example.org/2026/03/10/drones/"}],
    path="s",
)
sf = f"<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://wire.example.org/drones \n saved date: Tue Mar 10 2026 10:00:00 GMT+0100 (Central European Standard Time)\n--><meta charset=utf-8>\n<title>{T}</title><style>body{{}}</style></head><body><article><h1>{T}</h1>{P}</article></body></html>"
case("saved by singlefile", ("p.html", sf), [{"has": STORY, "url": "https://wire.example.org/drones"}])
mh = (
    (
        b'From: <Saved by Blink>\r\nSnapshot-Content-Location: https://wire.example.org/drones\r\nSubject: =?utf-8?Q?Drones=20strike=20El=20Fasher?=\r\nDate: Wed, 11 Mar 2026 08:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----MultipartBoundary--abc----"\r\n\r\n\r\n------MultipartBoundary--abc----\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://wire.example.org/drones\r\n\r\n'
    )
    + quopri.encodestring(
        pg(
            f'<article><h1>{T}</h1><time datetime="2026-03-10">10 March 2026</time>{P.replace("denied", "“denied”")}</article>'
        ).encode()
    )
    + b'\r\n------MultipartBoundary--abc----\r\nContent-Type: text/css\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: cid:css-1@mhtml.blink\r\n\r\n@charset "utf-8";\r\n------MultipartBoundary--abc------\r\n'
)
case(
    "saved mhtml chrome",
    ("p.mhtml", mh),
    [{"has": [A, C], "url": "https://wire.example.org/drones", "day": "2026-03-10"}],
)
# encodings & rtl
case(
    "page windows-1256 arabic",
    (
        "p.html",
        '<html dir="rtl" lang="ar"><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256"><title>خبر</title></head><body><article><h1>مقتل 14 مقاتلا</h1><p>قال الجيش السوداني يوم الاثنين إن طائراته المسيرة قتلت أربعة عشر مقاتلا قرب الفاشر عاصمة شمال دارفور المحاصرة.</p><p>ونفت قوات الدعم السريع ذلك وقالت إن تسعة مدنيين قتلوا في الغارة على سوق شرق المدينة صباح اليوم.</p></article></body></html>'.encode(
            "cp1256"
        ),
    ),
    [{"has": ["قال الجيش السوداني", "تسعة مدنيين"], "language": "ar"}],
)
case(
    "page paywall",
    (
        "p.html",
        pg(
            f'<article><h1>{T}</h1><p>{A}</p><p>{B}</p><div class="paywall"><p>Subscribe to continue reading. Already a subscriber? Log in.</p></div></article>'
        ),
    ),
    [{"has": [A, B], "no": ["Subscribe"]}],
)
case(
    "page q and a headings",
    (
        "p.html",
        pg(
            f"<article><h1>{T}</h1><h2>What happened?</h2><p>{A}</p><h2>What do the parties say?</h2><p>{B}</p><ul><li>{C}</li><li>{D}</li></ul></article>"
        ),
    ),
    [{"has": ["What happened?", A, B, C, D]}],
)
case(
    "page blockquote statement kept",
    (
        "p.html",
        pg(
            f"<article><h1>{T}</h1><p>{A}</p><p>In a statement the force said:</p><blockquote><p>{B}</p></blockquote><p>{C}</p></article>"
        ),
    ),
    [{"has": [A, "said:", B, C]}],
)
case(
    "page details accordion",
    (
        "p.html",
        pg(
            f"<article><h1>{T}</h1><p>{A}</p><details><summary>More</summary><p>{B}</p></details><p>{C}</p><p>{D}</p></article>"
        ),
    ),
    [{"has": STORY}],
)
