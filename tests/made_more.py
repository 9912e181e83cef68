"""More files of the kinds of the other cases, written after what those had shown was mended: 6 of 36 were read wrongly."""

from __future__ import annotations

import csv
import io
import json

from made import Cases

cases = Cases()
case = cases.add

A = "The army of Sudan said on Monday that its drones had killed 14 fighters near El Fasher, the besieged capital of North Darfur."
B = "The Rapid Support Forces denied the claim and said that nine civilians had died in the strike on a market in the east of the town."
C = "A doctor at the town's hospital said that 23 wounded people had been brought in since dawn and that he had run out of bandages."
D = "The United Nations called on both sides to let aid into the town, where some 260,000 people are trapped without food."
S = (A, B, C, D)
P = "".join(f"<p>{t}</p>" for t in S)
T = "Drones strike El Fasher"
X = "Turkey's president said that 300 people had been killed by an earthquake in Japan."
Y = "Brazil and Norway sign a treaty on whales"


def pg(body, head="", attrs='lang="en"'):
    return f'<!DOCTYPE html><html {attrs}><head><meta charset="utf-8"><title>{T} | Wire</title>{head}</head><body>{body}</body></html>'


case(
    "page substack",
    (
        "p.html",
        pg(
            f'<div class="single-post"><article class="typography newsletter-post post"><div class="post-header"><h1 class="post-title published">{T}</h1><h3 class="subtitle">{A}</h3><div class="post-meta">Mar 10, 2026</div></div><div class="available-content"><div class="body markup"><p>{B}</p><div class="captioned-image-container"><figure><img src="a"><figcaption class="image-caption">{X}</figcaption></figure></div><p>{C}</p><div class="subscription-widget-wrap"><p>Thanks for reading! Subscribe for free to receive new posts.</p></div><p>{D}</p><p class="button-wrapper"><a class="button primary" href="x">Share</a></p></div></div></article><div class="comments-section"><p>{X}</p></div></div>'
        ),
    ),
    [{"has": S, "no": [X, "Subscribe", "Share"], "day": "2026-03-10"}],
)
case(
    "page reuters div paragraphs",
    (
        "p.html",
        pg(
            f'<article><header><h1>{T}</h1><div class="info"><time datetime="2026-03-10T09:12:00Z"><span>March 10, 2026</span><span>9:12 AM UTC</span><span>Updated 2 days ago</span></time></div></header><div class="article-body__content">'
            + "".join(
                f'<div data-testid="paragraph-{i}" class="text__text article-body__element">{t}</div>'
                for i, t in enumerate(S)
            )
            + f'<div class="article-body__trust">Our Standards: The Thomson Reuters Trust Principles.</div></div></article><div class="read-next"><h2>Read Next</h2><h3><a>{Y}</a></h3></div>'
        ),
    ),
    [{"has": S, "no": [Y], "day": "2026-03-10"}],
)
case(
    "page old table layout site",
    (
        "p.html",
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><title>News</title></head><body><table width=780><tr><td colspan=3><img src=logo.gif></td></tr><tr><td width=120><a href=a>Home</a><br><a href=b>Sport</a></td><td width=500><font size=4><b>'
        + T
        + "</b></font><br><font size=1>Tuesday, 10 March, 2026</font><p>"
        + "<p>".join(S)
        + f"</td><td width=160><b>Other news</b><br><a href=x>{Y}</a></td></tr></table></body></html>",
    ),
    [{"has": S, "no": [Y, "Sport", "|"]}],
)
case(
    "page aggregator with div soup and inline ad",
    (
        "p.html",
        pg(
            f'<div class="article-wrap"><h1>{T}</h1><div class="meta">By N. Writer / 10 March 2026</div><div class="txt"><p>{A}</p><div class="ad-slot">ADVERTISEMENT</div><p>{B}</p><div class="inline-promo"><a href="x">Sign up to our newsletter</a></div><p>{C}</p><p>{D}</p></div></div>'
        ),
    ),
    [{"has": S, "no": ["ADVERTISEMENT", "newsletter"], "day": "2026-03-10"}],
)
case(
    "page updated in text bottom",
    (
        "p.html",
        pg(
            f'<article><h1>{T}</h1><span class="date">10/03/2026 - 09:12</span>{P}<p class="modified">Modified: 12/03/2026 - 08:00</p></article>',
            attrs='lang="fr"',
        ),
    ),
    [{"has": [A, D], "day": "2026-03-10"}],
)
case(
    "page us order",
    ("p.html", pg(f'<article><h1>{T}</h1><span class="date">03/10/2026</span>{P}</article>', attrs='lang="en-US"')),
    [{"day": "2026-03-10"}],
)
case(
    "page numbers unsure",
    ("p.html", pg(f'<article><h1>{T}</h1><span class="date">03/10/2026</span>{P}</article>')),
    [{"day": None}],
)
case(
    "page comments with dates only",
    (
        "p.html",
        pg(
            f'<article><h1>{T}</h1>{P}</article><section class="comments"><h3>Comments</h3><div class="c"><b>Ann</b> 15 March 2026, 10:00<p>{X}</p></div></section>'
        ),
    ),
    [{"has": S, "no": [X], "day": None}],
)
case(
    "page most popular beside, plain list",
    (
        "p.html",
        pg(
            f'<div class="col-left"><h1>{T}</h1>{P}</div><div class="col-right"><h4>Most popular</h4><ol><li><a href="a">{Y}</a><p>{X}</p></li><li><a href="b">{Y} 2</a><p>{X}</p></li></ol></div>'
        ),
    ),
    [{"has": S, "no": [X, Y]}],
)
case(
    "page embedded x in figure",
    (
        "p.html",
        pg(
            f'<article><h1>{T}</h1><p>{A}</p><figure class="wp-block-embed is-provider-twitter"><div class="wp-block-embed__wrapper"><blockquote class="twitter-tweet" data-width="550"><p lang="en" dir="ltr">We lost nobody. 1/2</p>&mdash; RSF (@rsf_official) <a href="https://twitter.com/rsf/status/1">March 9, 2026</a></blockquote></div></figure><p>{B}</p><p>{C}</p></article>'
        ),
    ),
    [{"has": [A, "RSF wrote on March 9, 2026", B, C]}],
)
case(
    "page correction in aside",
    (
        "p.html",
        pg(
            f'<article><h1>{T}</h1>{P}<aside class="correction"><p>This article was amended on 12 March 2026. An earlier version said 40 fighters had been killed; that was wrong.</p></aside></article>'
        ),
    ),
    [{"has": S, "no": ["40 fighters"]}],
    left=["40 fighters"],
)
case(
    "page live timestamps only hh:mm with date in data attr",
    (
        "p.html",
        pg(
            f'<article class="liveblog"><h1>Sudan live</h1><div class="live-post" data-date="2026-03-10T07:15:00Z"><time datetime="2026-03-10T07:15:00Z">07:15</time><h3>RSF denies</h3><p>{B}</p><p>{C}</p></div><div class="live-post"><time datetime="2026-03-09T21:00:00Z">21:00</time><h3>Army claims</h3><p>{A}</p></div></article>'
        ),
    ),
    [{"has": ["10 March 2026", "RSF denies", B, C, "9 March 2026", A]}],
)
case(
    "table of losses div rows",
    (
        "p.html",
        pg(
            f'<article><h1>{T}</h1><p>{A}</p><p>{B}</p><figure class="wp-block-table"><table><tbody><tr><td><strong>Town</strong></td><td><strong>Killed</strong></td></tr><tr><td>El Fasher</td><td>14</td></tr><tr><td>Nyala</td><td>1,200</td></tr></tbody></table><figcaption>Source: army</figcaption></figure><p>{C}</p><p>{D}</p></article>'
        ),
    ),
    [{"has": S, "no": ["1,200"]}],
    left=["Killed"],
)


# mail
def eml(body, kind='text/plain; charset="utf-8"', subj="Update", extra=""):
    return (
        (
            f"From: Desk <d@example.org>\nTo: l@example.net\nDate: Tue, 10 Mar 2026 11:00:00 +0000\nSubject: {subj}\nMIME-Version: 1.0\n{extra}Content-Type: {kind}\n\n{body}"
        )
        .replace("\n", "\r\n")
        .encode()
    )


OLD = "Mali's army said that 31 soldiers had been killed in an ambush near Kidal on Friday."
case(
    "mail reply below quote",
    (
        "m.eml",
        eml(f"On Fri, 6 Mar 2026 at 16:12, J Smith <j@example.com> wrote:\n> {OLD}\n\n{A}\n\n{B}\n", subj="Re: Kidal"),
    ),
    [{"has": [A, B], "no": [OLD, "wrote"]}],
)
case(
    "mail two forwards nested",
    (
        "m.eml",
        eml(
            f"See below.\n\n---------- Forwarded message ----------\nFrom: J Smith <j@example.com>\nDate: Fri, Mar 6, 2026 at 4:12 PM\nSubject: Fwd: Kidal\nTo: d@example.org\n\n{OLD}\n\n---------- Forwarded message ----------\nFrom: M Diallo <m@example.com>\nDate: Thu, Mar 5, 2026 at 9:00 AM\nSubject: Kidal\nTo: j@example.com\n\n{C}\n",
            subj="Fwd: Kidal",
        ),
    ),
    [{"has": [OLD], "no": [C], "day": "2026-03-06"}, {"has": [C], "day": "2026-03-05"}],
)
case(
    "mail attached pdf-less csv and docx names",
    (
        "m.eml",
        eml(
            f'--S\nContent-Type: text/plain; charset=utf-8\n\n{A}\n--S\nContent-Type: image/png; name="map.png"\nContent-Disposition: attachment; filename="map.png"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--S--\n',
            'multipart/mixed; boundary="S"',
        ),
    ),
    [{"has": [A]}],
    left=["map.png"],
)
case(
    "mail html only with br",
    ("m.eml", eml(f"<html><body>{A}<br><br>{B}<br><br>{C}</body></html>", "text/html; charset=utf-8")),
    [{"has": [A, B, C]}],
)
case(
    "mail outlook word html bullets",
    (
        "m.eml",
        eml(
            f"<html><body><p class=MsoListParagraph style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>{A}<o:p></o:p></p><p class=MsoListParagraph><![if !supportLists]><span>·&nbsp;&nbsp;</span><![endif]>{B}</p></body></html>",
            "text/html; charset=utf-8",
        ),
    ),
    [{"has": [A, B]}],
)
case(
    "mail legal underscores signature",
    ("m.eml", eml(f"{A}\n\n{B}\n\nBest regards,\nJean\n--\nJean Kato\nSyria analyst\n+1 555 0100\n")),
    [{"has": [A, B], "no": ["Syria"]}],
)
case(
    "mail flowed",
    (
        "m.eml",
        eml(
            "The army of Sudan said on Monday that its drones had killed \n14 fighters near El Fasher, the besieged capital of North \nDarfur.\n\n"
            + B
            + "\n",
            "text/plain; charset=utf-8; format=flowed",
        ),
    ),
    [{"raw": [A, B]}],
)


# feeds
def rss(i):
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Wire</title>{i}</channel></rss>'


case(
    "feed html entities undefined in xml",
    (
        "f.xml",
        rss(
            f"<item><title>Army &ndash; rebels&nbsp;clash</title><link>https://x.example.org/1</link><description>{A}</description></item>"
        ),
    ),
    [{"has": [A], "title": "Army – rebels clash"}],
)
case(
    "feed media only and guid link",
    (
        "f.xml",
        rss(
            f'<item><title>{T}</title><guid isPermaLink="true">https://x.example.org/1</guid><description>{A} {B}</description><media:content url="https://x.example.org/a.jpg"><media:description>{X}</media:description></media:content></item>'
        ),
    ),
    [{"has": [A, B], "no": [X]}],
)
case(
    "feed atom summary xhtml",
    (
        "f.xml",
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><id>a</id><updated>2026-03-10T10:00:00Z</updated><entry><title type="html">&lt;b&gt;Army&lt;/b&gt; &amp;amp; rebels</title><id>1</id><link href="https://x.example.org/1"/><updated>2026-03-10T09:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{A}</p><p>{B}</p></div></content></entry></feed>',
    ),
    [{"has": [A, B], "title": "Army & rebels"}],
)
case(
    "feed control character",
    (
        "f.xml",
        rss(
            f"<item><title>{T}</title><link>https://x.example.org/1</link><description>{A}\x0b\x02 {B}</description></item>"
        ),
    ),
    [{"has": [A, B]}],
)
case(
    "feed truncated xml",
    (
        "f.xml",
        rss(
            f"<item><title>{T}</title><link>https://x.example.org/1</link><description>{A}</description></item><item><title>Two</title><link>https://x.example.org/2</link><descr"
        ).split("</channel>")[0],
    ),
    [{"has": [A]}],
    fails=["offline"],
)


# tables
def table(rows, delim=",", enc="utf-8", pre=""):
    s = io.StringIO()
    csv.writer(s, delimiter=delim).writerows(rows)
    return (pre + s.getvalue()).encode(enc)


case(
    "csv acled old",
    (
        "a.csv",
        table(
            [
                [
                    "data_id",
                    "iso",
                    "event_id_cnty",
                    "event_id_no_cnty",
                    "event_date",
                    "year",
                    "time_precision",
                    "event_type",
                    "actor1",
                    "actor2",
                    "country",
                    "location",
                    "source",
                    "source_scale",
                    "notes",
                    "fatalities",
                ],
                [
                    "1",
                    "729",
                    "SDN1",
                    "1",
                    "9 March 2026",
                    "2026",
                    "1",
                    "Battles",
                    "X",
                    "Y",
                    "Sudan",
                    "El Fasher",
                    "Radio Dabanga",
                    "National",
                    A,
                    "14",
                ],
            ]
        ),
    ),
    [{"text": A, "day": "2026-03-09", "outlet": "Radio Dabanga"}],
)
case(
    "csv reliefweb style",
    (
        "r.csv",
        table(
            [
                ["id", "title", "body", "date.created", "date.original", "source.name", "url"],
                [
                    "1",
                    T,
                    A + " " + B,
                    "2026-03-10T00:00:00+00:00",
                    "2026-03-09T00:00:00+00:00",
                    "OCHA",
                    "https://x.example.org/1",
                ],
            ]
        ),
    ),
    [{"has": [A, B], "outlet": "OCHA", "day": "2026-03-09"}],
)
case(
    "csv twitter scrape",
    (
        "t.csv",
        table([["Datetime", "Tweet Id", "Text", "Username"], ["2026-03-10 09:12:00+00:00", "1", A, "sudanwatch"]]),
    ),
    [{"has": [A], "day": "2026-03-10"}],
)
case(
    "csv telethon",
    (
        "t.csv",
        table(
            [
                ["message_id", "date", "sender_id", "message", "views", "forwards"],
                ["1", "2026-03-10 09:12:00+00:00", "-1001", A, "5", "1"],
                ["2", "2026-03-10 09:13:00+00:00", "-1001", "", "5", "1"],
            ]
        ),
    ),
    [{"has": [A], "day": "2026-03-10"}],
    fails=["row 3"],
)
case(
    "csv pipe",
    ("t.csv", table([["date", "source", "text"], ["2026-03-10", "Dabanga", A]], "|")),
    [{"text": A, "day": "2026-03-10", "outlet": "Dabanga"}],
)
case(
    "csv cp1250 polish",
    (
        "t.csv",
        table(
            [
                ["date", "title", "text"],
                [
                    "2026-03-10",
                    "Atak",
                    "Żołnierze z Łodzi powiedzieli, że w ataku zginęło czternastu ludzi, a dwudziestu zostało rannych w poniedziałek rano.",
                ],
            ],
            ";",
            "cp1250",
        ),
    ),
    [{"has": ["Żołnierze z Łodzi"]}],
)
case(
    "json nested articles pretty bom",
    (
        "n.json",
        b"\xef\xbb\xbf"
        + json.dumps(
            {"articles": [{"title": T, "content": A + "\n\n" + B, "published": "2026-03-10", "source": "Dabanga"}]},
            indent=2,
        ).encode(),
    ),
    [{"has": [A, B], "outlet": "Dabanga", "day": "2026-03-10"}],
)
case(
    "jsonl broken middle",
    ("n.jsonl", json.dumps({"text": A}) + '\n{"text": "broken\n' + json.dumps({"text": B}) + "\n"),
    [{"text": A}, {"text": B}],
    fails=["line 2"],
)
# md/odt etc
case(
    "md sitrep",
    (
        "a.md",
        f"# Situation report\n\n*10 March 2026*\n\n- **El Fasher**: {A}\n- {B}\n\n1. {C}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    ),
    [{"has": ["Situation report", A, B, C], "no": ["**", "| 1"]}],
    left=["table"],
)
case("txt with crlf and bom", ("a.txt", b"\xef\xbb\xbf" + (A + "\r\n\r\n" + B).encode()), [{"has": [A, B]}])
case(
    "txt cp1252",
    ("a.txt", "L’armée a déclaré que 14 soldats étaient morts – tous à Kidal.".encode("cp1252")),
    [],
    fails=["UTF-8|encoding"],
)
