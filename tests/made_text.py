"""Texts that were broken to a width, and feeds, each with what a careful reader gets of it."""

from __future__ import annotations

import html
import json
import textwrap

from made import Cases

cases = Cases()
case = cases.add

A = "The army of Sudan said on Monday that its drones had killed 14 fighters near El Fasher, the besieged capital of North Darfur."
B = "The Rapid Support Forces denied the claim and said that nine civilians had died in the strike on a market in the east of the town."
C = "A doctor at the town's hospital said that 23 wounded people had been brought in since dawn and that he had run out of bandages."
STORY = (A, B, C)


def wr(t, w, **k):
    return "\n".join(textwrap.wrap(t, w, **k))


case(
    "wrap indented first lines",
    ("a.txt", "Drones over El Fasher\n\n" + "\n".join(wr(t, 72, initial_indent="   ") for t in STORY) + "\n"),
    [{"raw": STORY}],
)
case(
    "wrap AP wire 60",
    ("a.txt", "KHARTOUM, Sudan (AP) -- " + "\n\n".join(wr(t, 60) for t in STORY) + "\n"),
    [{"raw": STORY[1:]}],
)
case(
    "wrap bullets hanging",
    (
        "a.txt",
        "Highlights\n\n" + "\n".join(wr(t, 66, initial_indent="- ", subsequent_indent="  ") for t in STORY) + "\n",
    ),
    [{"raw": STORY}],
)
case(
    "wrap bullets hanging star",
    (
        "a.txt",
        "Highlights\n\n" + "\n".join(wr(t, 66, initial_indent=" * ", subsequent_indent="   ") for t in STORY) + "\n",
    ),
    [{"raw": STORY}],
)
case(
    "wrap numbered",
    (
        "a.txt",
        "\n".join(wr(t, 70, initial_indent=f"{i}. ", subsequent_indent="   ") for i, t in enumerate(STORY, 1)) + "\n",
    ),
    [{"raw": STORY}],
)
case(
    "wrap numbered no hang",
    ("a.txt", "\n\n".join(wr(f"{i}. {t}", 70) for i, t in enumerate(STORY, 1)) + "\n"),
    [{"raw": STORY}],
)
case(
    "wrap CRLF trailing spaces",
    ("a.txt", "\r\n\r\n".join(" \r\n".join(textwrap.wrap(t, 68)) for t in STORY) + "\r\n"),
    [{"raw": STORY}],
)
case(
    "wrap form feed and page number",
    ("a.txt", wr(A, 70) + "\n\n\f\n" + wr(B, 70) + "\n\n" + wr(C, 70) + "\n"),
    [{"raw": STORY}],
)
case("wrap double newline paragraphs one line each", ("a.txt", "\n".join(STORY) + "\n"), [{"raw": ["\n".join(STORY)]}])
L = "Killed: 14\nWounded: 23\nMissing: 2\nVillages burnt: 7\nSource: the governor's office"
case("list of figures stays", ("a.txt", f"{A}\n\n{L}\n"), [{"raw": [L]}])
L2 = "El Fasher: 14 killed\nNyala: 9 killed, 20 wounded\nKutum: no casualties reported\nTawila: two wounded"
case("list of towns stays", ("a.txt", f"{wr(A, 72)}\n\n{L2}\n\n{wr(B, 72)}"), [{"raw": [A, L2, B]}])
case(
    "wrap all caps telex",
    ("a.txt", "\n".join(wr(t.upper(), 69) for t in STORY) + "\n"),
    [{"raw": [t.upper() for t in STORY]}],
)
case(
    "wrap hyphen end",
    (
        "a.txt",
        "The minister said that a convoy of the pro-government militia had been attacked by pro-\nIranian fighters on the road to the capital and that twenty-\nsix of its men had been killed in the two hours of fighting there\nbefore planes of the air force came to help them on Monday.\n",
    ),
    [{"has": ["pro-Iranian", "twenty-six"]}],
)
case(
    "wrap centered heads",
    (
        "a.txt",
        "                         DAILY BRIEF\n                        10 March 2026\n\n"
        + "\n\n".join(wr(t, 72) for t in STORY),
    ),
    [{"raw": ["DAILY BRIEF", *STORY], "day": "2026-03-10"}],
)
case("wrap narrow 45", ("a.txt", "\n\n".join(wr(t, 45) for t in STORY)), [{"raw": STORY}])
case(
    "wrap quote continues",
    (
        "a.txt",
        wr(
            "“"
            + A
            + "” the spokesman said in the statement, which was read out on state television late in the evening.",
            70,
        ),
    ),
    [{"has": [A + "” the spokesman"]}],
)


# FEEDS
def rss(
    items,
    head='<?xml version="1.0" encoding="UTF-8"?>',
    chan="<title>Darfur Wire</title><link>https://wire.example.org</link>",
    ns="",
):
    return f"""{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" {ns}>
<channel>{chan}{items}</channel></rss>"""


T = "Drones strike El Fasher"
P = "".join(f"<p>{t}</p>" for t in STORY)
wp = rss(f"""<item><title>{T}</title><link>https://wire.example.org/2026/03/drones/</link><comments>https://wire.example.org/2026/03/drones/#comments</comments><dc:creator><![CDATA[A. Writer]]></dc:creator><pubDate>Tue, 10 Mar 2026 09:12:00 +0000</pubDate><category><![CDATA[Sudan]]></category><guid isPermaLink="false">https://wire.example.org/?p=12</guid><description><![CDATA[<p>{A[:60]} [&#8230;]</p>
<p>The post <a href="https://wire.example.org/2026/03/drones/">{T}</a> appeared first on <a href="https://wire.example.org">Darfur Wire</a>.</p>]]></description><content:encoded><![CDATA[{P}
<p>The post <a href="https://wire.example.org/2026/03/drones/">{T}</a> appeared first on <a href="https://wire.example.org">Darfur Wire</a>.</p>]]></content:encoded><wfw:commentRss>https://wire.example.org/x</wfw:commentRss><slash:comments>2</slash:comments></item>""")
case(
    "feed wordpress",
    ("f.xml", wp),
    [
        {
            "has": STORY,
            "no": ["appeared first", "The post"],
            "day": "2026-03-10",
            "title": T,
            "author": "A. Writer",
            "outlet": "Darfur Wire",
        }
    ],
    left=["page could not"],
)
bl = f"""<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="http://www.blogger.com/styles/atom.css" type="text/css"?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' xmlns:gd='http://schemas.google.com/g/2005' xmlns:thr='http://purl.org/syndication/thread/1.0'><id>tag:blogger.com,1999:blog-1</id><updated>2026-03-12T10:00:00.001+01:00</updated><title type='text'>Darfur Diary</title><link rel='alternate' type='text/html' href='https://darfurdiary.example.org/'/><entry><id>tag:blogger.com,1999:blog-1.post-2</id><published>2026-03-10T09:12:00.001+01:00</published><updated>2026-03-12T09:12:00.001+01:00</updated><title type='text'>{T}</title><content type='html'>{html.escape('<div dir="ltr" style="text-align: left;"><div class="separator" style="clear: both;"><a href="https://blogger.example/img.jpg"><img border="0" src="x.jpg" /></a></div>' + A + "<br /><br />" + B + "<br /><br />" + C + "</div>")}</content><link rel='replies' type='application/atom+xml' href='https://darfurdiary.example.org/feeds/2/comments/default' title='Post Comments'/><link rel='edit' type='application/atom+xml' href='https://www.blogger.com/feeds/1/posts/default/2'/><link rel='self' type='application/atom+xml' href='https://www.blogger.com/feeds/1/posts/default/2'/><link rel='alternate' type='text/html' href='https://darfurdiary.example.org/2026/03/drones.html' title='{T}'/><author><name>Nadia</name></author></entry></feed>"""
case(
    "feed blogger",
    ("f.xml", bl),
    [
        {
            "has": STORY,
            "day": "2026-03-10",
            "author": "Nadia",
            "outlet": "Darfur Diary",
            "url": "https://darfurdiary.example.org/2026/03/drones.html",
        }
    ],
)
dr = rss(
    f"""<item><title>{T}</title><link>https://drupal.example.org/node/12</link><description>{html.escape(f'<span class="field field--name-title field--type-string field--label-hidden">{T}</span>' + chr(10) + '<span class="field field--name-uid field--type-entity-reference field--label-hidden"><span>editor</span></span>' + chr(10) + '<span class="field field--name-created field--type-created field--label-hidden"><time datetime="2026-03-10T09:12:00+00:00" title="Tuesday, March 10, 2026 - 09:12" class="datetime">Tue, 03/10/2026 - 09:12</time></span>' + chr(10) + f'<div class="clearfix text-formatted field field--name-body field--type-text-with-summary field--label-hidden field__item">{P}</div>')}</description><pubDate>Tue, 10 Mar 2026 09:12:00 +0000</pubDate><dc:creator>editor</dc:creator><guid isPermaLink="false">12 at https://drupal.example.org</guid></item>"""
)
case("feed drupal", ("f.xml", dr), [{"has": STORY, "no": ["editor", "03/10/2026"], "day": "2026-03-10"}])
rdf = f"""<?xml version="1.0" encoding="utf-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://x.example.org"><title>Darfur Wire</title><link>https://x.example.org</link><description>d</description><items><rdf:Seq><rdf:li rdf:resource="https://x.example.org/1"/></rdf:Seq></items></channel><item rdf:about="https://x.example.org/1"><title>{T}</title><link>https://x.example.org/1</link><description>{A} {B}</description><dc:date>2026-03-10T09:12:00Z</dc:date><dc:creator>N. Writer</dc:creator></item></rdf:RDF>"""
case("feed rdf", ("f.xml", rdf), [{"has": [A, B], "day": "2026-03-10"}])
case(
    "feed php warning",
    (
        "f.xml",
        '<br />\n<b>Warning</b>:  Undefined array key "x" in <b>/var/www/html/wp-content/plugins/a/b.php</b> on line <b>12</b><br />\n<br />\n<b>Deprecated</b>: Creation of dynamic property in <b>/var/www/x.php</b> on line <b>3</b><br />\n'
        + wp,
    ),
    [{"has": STORY, "day": "2026-03-10"}],
)
case(
    "feed php notice plain",
    ("f.xml", "\nNotice: Undefined index: HTTP_X in /var/www/html/wp-config.php on line 92\n" + wp),
    [{"has": STORY, "day": "2026-03-10"}],
)
case("feed blank lines first", ("f.xml", "\n\n\n" + wp), [{"has": STORY}])
case("feed utf16le", ("f.xml", b"\xff\xfe" + wp.replace("UTF-8", "UTF-16").encode("utf-16-le")), [{"has": STORY}])
case("feed utf16be", ("f.xml", b"\xfe\xff" + wp.replace("UTF-8", "UTF-16").encode("utf-16-be")), [{"has": STORY}])
case("feed two boms", ("f.xml", b"\xef\xbb\xbf\xef\xbb\xbf" + wp.encode()), [{"has": STORY}])
case(
    "feed title entities",
    (
        "f.xml",
        rss(
            f"<item><title>Army &amp;#8216;not at fault&amp;#8217; &amp;amp; rebels &amp;ldquo;deny&amp;rdquo;</title><link>https://x.example.org/1</link><description>{A}</description><pubDate>Tue, 10 Mar 2026 09:12:00 GMT</pubDate></item>"
        ),
    ),
    [{"title": "Army ‘not at fault’ & rebels “deny”", "has": [A]}],
)
case(
    "feed cdata title entities",
    (
        "f.xml",
        rss(
            f"<item><title><![CDATA[Army &#8211; rebels &amp; militia]]></title><link>https://x.example.org/1</link><description><![CDATA[{A}]]></description><pubDate>Tue, 10 Mar 2026 09:12:00 EST</pubDate></item>"
        ),
    ),
    [{"title": "Army – rebels & militia", "has": [A], "day": "2026-03-10"}],
)
case(
    "feed triple escaped",
    (
        "f.xml",
        rss(
            f"<item><title>{T}</title><link>https://x.example.org/1</link><description>{html.escape(html.escape(html.escape(P)))}</description></item>"
        ),
    ),
    [{"has": STORY, "no": ["<p>", "&lt;"]}],
)
case(
    "feed double escaped with entities",
    (
        "f.xml",
        rss(
            f"<item><title>{T}</title><link>https://x.example.org/1</link><description>{html.escape(html.escape('<p>The RSF&rsquo;s spokesman said &ldquo;nine died&rdquo; &mdash; all civilians.</p>'))}</description></item>"
        ),
    ),
    [{"has": ["The RSF’s spokesman said “nine died” — all civilians."]}],
)
case(
    "feed escaped cdata mid",
    (
        "f.xml",
        rss(
            f"<item><title>&lt;![CDATA[{T}]]&gt;</title><link>https://x.example.org/1</link><description>&lt;![CDATA[{html.escape(P)}]]&gt;</description></item>"
        ),
    ),
    [{"title": T, "has": STORY, "no": ["CDATA", "<p>"]}],
)
case(
    "feed doctype inside cdata",
    (
        "f.xml",
        rss(
            f'<item><title>{T}</title><link>https://x.example.org/1</link><content:encoded><![CDATA[<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN" "http://www.w3.org/TR/REC-html40/loose.dtd"><html><body>{P}</body></html>]]></content:encoded></item><item><title>Other</title><link>https://x.example.org/2</link><description>{C}</description></item>'
        ),
    ),
    [{"has": STORY, "no": ["DOCTYPE"]}, {"has": [C]}],
)
case(
    "feed doctype netscape",
    (
        "f.xml",
        rss(
            f"<item><title>{T}</title><link>https://x.example.org/1</link><description>{A}</description></item>",
            head='<?xml version="1.0"?>\n<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">',
        ),
    ),
    [{"has": [A]}],  # it names its form, and declares nothing
)
case(
    "feed json",
    (
        "f.json",
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "Darfur Wire",
                "home_page_url": "https://x.example.org",
                "items": [
                    {
                        "id": "1",
                        "url": "https://x.example.org/1",
                        "title": T,
                        "content_html": P,
                        "date_published": "2026-03-10T09:12:00-05:00",
                        "authors": [{"name": "N. Writer"}],
                    },
                    {"id": "2", "content_text": B + "\n\n" + C},
                ],
            },
            indent=1,
        ),
    ),
    [{"has": STORY, "day": "2026-03-10"}, {"has": [B, C]}],
)
case(
    "feed reliefweb",
    (
        "f.xml",
        rss(
            f"""<item><title>Sudan: Flash Update #3</title><link>https://reliefweb.int/report/sudan/flash-3</link><guid isPermaLink="true">https://reliefweb.int/node/123</guid><pubDate>Tue, 10 Mar 2026 09:12:00 +0000</pubDate><description>{html.escape('<div class="tag country">Country: Sudan</div><div class="tag source">Sources: OCHA, UNHCR</div>' + P + "<p>Please refer to the attached file.</p>")}</description><category>Sudan</category><author>OCHA</author></item>""",
            chan="<title>ReliefWeb - Updates</title><link>https://reliefweb.int</link>",
        ),
    ),
    [{"has": STORY, "day": "2026-03-10", "no": ["Country: Sudan"]}],
)
case(
    "feed unescaped ampersand",
    (
        "f.xml",
        rss(
            f"<item><title>Army & rebels</title><link>https://x.example.org/1?a=1&b=2</link><description>{A}</description></item>"
        ),
    ),
    [{"has": [A]}],
)
case(
    "feed windows-1251",
    (
        "f.xml",
        rss(
            "<item><title>Удар по Покровску</title><link>https://x.example.org/1</link><description>Армия сообщила, что погибли 14 военных под Покровском.</description><pubDate>Tue, 10 Mar 2026 09:12:00 +0300</pubDate></item>",
            head='<?xml version="1.0" encoding="windows-1251"?>',
        ).encode("cp1251"),
    ),
    [{"has": ["Армия сообщила, что погибли 14 военных под Покровском."]}],
)
case(
    "feed read more tail",
    (
        "f.xml",
        rss(
            f'<item><title>{T}</title><link>https://x.example.org/1</link><description><![CDATA[{A} <a href="https://x.example.org/1">Continue reading...</a>]]></description></item>'
        ),
    ),
    [{"has": [A], "no": ["Continue"]}],
)
