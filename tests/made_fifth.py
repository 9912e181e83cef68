"""A fifth round, after 40 files that somebody wrote who did not see the program: 20 of them were read wrongly, or less of them
than there was, before what they had shown was mended. The files here are of the same kinds, in words of their own."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from typing import Any

import inputs
from drawn import at, lines, pdf
from made import Cases

cases = Cases()
case = cases.add

A = "Gunmen in six boats burned the pumping station of Akassa on Sunday and killed two guards, its foreman said."
B = "The navy said that it had sunk three of the boats; the foreman saw all six of them leave for the creeks."
C = "A nurse of the clinic counted nine wounded and said that nobody had come to fetch them before Monday."
D = "The governor denied that the guards had asked for help and promised a patrol for the week after next."
STORY = (A, B, C, D)
P = "".join(f"<p>{one}</p>" for one in STORY)
T = "Pumping station burned at Akassa"
DAY = "2026-03-10"
HEAD = f'<meta property="article:published_time" content="{DAY}T08:00:00Z">'


def zipped(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


# --- mail ---------------------------------------------------------------------------------------------------------

MAIL = f"From: Ebi Tari <ebi@desk.example>\r\nTo: desk@desk.example\r\nSubject: {T}\r\nDate: Tue, 10 Mar 2026 09:00:00 +0100\r\nMessage-ID: <1@desk.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{A}\r\n\r\n{B}\r\n"  # fmt: skip
PLIST = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "x">\n<plist version="1.0"><dict><key>date-received</key><integer>1774400000</integer></dict></plist>\n'  # fmt: skip
for name, length in (("its length", f"{len(MAIL)}\n"), ("blanks behind its length", f"{len(MAIL)}      \r\n"), ("blanks before it", f"   {len(MAIL)}\n")):  # fmt: skip
    case(f"mail of Apple with {name}", ("1.emlx", f"{length}{MAIL}{PLIST}"), [{"has": [T, A, B], "no": ["plist", "date-received", str(len(MAIL))], "day": DAY, "title": T}])  # fmt: skip
case("a text that begins with a number", ("a.txt", f"14\n{A}\n{B}\n"), [{"has": [A, B]}])

# --- pages --------------------------------------------------------------------------------------------------------


def html(name: str, body: str, *docs: dict[str, Any], head: str = HEAD, fails: tuple[str, ...] = (), left: tuple[str, ...] = (), lang: str = "en", title: str = T) -> None:  # fmt: skip
    page = f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'  # fmt: skip
    case(f"page {name}", ("p.html", page), docs, fails=fails, left=left)


H = f"<h1>{T}</h1>"
html("in frames of its own", f"<x-story><template shadowrootmode=open><article>{H}{P}</article></template></x-story>", {"has": STORY, "day": DAY})  # fmt: skip
html("in frames of its own, of old name", f"<x-story><template shadowroot='open'><article>{H}{P}</article></template></x-story>", {"has": STORY})  # fmt: skip
html("with a frame for its parts", f"<x-page><template shadowrootmode='open'><main>{H}<p>{A}</p><p>{B}</p><slot></slot></main></template><p>{C}</p><p>{D}</p></x-page>", {"has": [A, B, C, D]})  # fmt: skip
html("with a plain template", f"<article>{H}<template><p>Seventy died, an older text says.</p></template>{P}</article>", {"has": STORY, "no": ["Seventy"]})  # fmt: skip
GRAPH = {"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "@id": "/#p", "datePublished": "2023-05-02"}, {"@type": "Person", "@id": "/#a", "name": "Ebi Tari"}, {"@type": "Person", "@id": "/#b", "name": "Ruth Atem"}, {"@type": "NewsArticle", "headline": "&#8220;They came at dawn&#8221;", "datePublished": f"{DAY}T07:00:00Z", "author": [{"@id": "/#a"}, {"@id": "/#b"}], "publisher": {"@id": "/#o"}}, {"@type": "Organization", "@id": "/#o", "name": "Creek Post"}]}  # fmt: skip
html("older than its article", f"<article><h1>“They came at dawn”</h1>{P}</article>", {"has": STORY, "day": DAY, "title": "“They came at dawn”", "author": "Ebi Tari, Ruth Atem", "outlet": "Creek Post"}, head=f'<script type="application/ld+json">{json.dumps(GRAPH)}</script>', title="They came at dawn")  # fmt: skip
html("alone in what it says of itself", f"<article>{H}{P}</article>", {"has": STORY, "day": DAY}, head='<script type="application/ld+json">' + json.dumps({"@type": "WebPage", "datePublished": DAY}) + "</script>")  # fmt: skip
html("with a figure mended over its text", f"<article><h1>12 killed as boats burn station at Akassa</h1>{P}</article>", {"has": STORY, "title": "12 killed as boats burn station at Akassa"}, head=f'{HEAD}<meta property="og:title" content="21 killed as boats burn station at Akassa">')  # fmt: skip
html("with a shorter name elsewhere", f"<article>{H}{P}</article>", {"has": STORY, "title": "Akassa: station burned"}, head=f'{HEAD}<meta property="og:title" content="Akassa: station burned">')  # fmt: skip
html("under the name of its site", f"<h1>Creek Post, 12th year</h1><article><h2>{T}</h2>{P}</article>", {"has": STORY, "title": T}, head=f'{HEAD}<meta property="og:title" content="{T}">')  # fmt: skip
html("with notes that are plain links", f"<article>{H}<p>Gunmen killed 14<a class='x' href='#fn3'>3</a> men at Akassa on Sunday, its foreman said.</p><p>{B}<a href='/p/akassa#footnote-1'>1</a></p><p>{C}</p></article>", {"has": ["14 men", B, C], "no": ["143", "next.1"]}, left=("raised figure",))  # fmt: skip
html("with a figure that leads elsewhere", f"<article>{H}<p>Gunmen killed <a href='/toll#dead'>14</a> men at Akassa on Sunday, its foreman said by telephone.</p>{P}</article>", {"has": ["killed 14 men"]})  # fmt: skip
for lang, words in {
    "de": "Weiterlesen mit Werbung. Wir und unsere Partner speichern Daten auf Ihrem Gerät und verarbeiten personenbezogene Daten. Ihre Zustimmung ist jederzeit widerrufbar.",
    "fr": "Nous et nos partenaires stockent des informations sur votre appareil. Vous pouvez continuer sans accepter. Vos données personnelles restent les vôtres.",
    "es": "Nosotros y nuestros socios guardamos datos personales en su aparato. Puede aceptar todas las cookies.",
    "ru": "Мы и наши партнеры используем файлы cookie и обработку персональных данных.",
}.items():
    html(f"that asks for consent ({lang})", f"<div><h2>Rheinbote</h2><p>{words}</p></div>", fails=("no report on the page",), head="", lang=lang, title="Rheinbote")  # fmt: skip
html("about data of persons", f"<article>{H}<p>Die Armee hat personenbezogene Daten von 300 Gefangenen an eine fremde Firma gegeben, sagte ein Richter am Dienstag in Abuja.</p>{P}</article>", {"has": ["300 Gefangenen", *STORY]}, lang="de")  # fmt: skip
html("with its writer in its text", f"<article>{H}<p>By Ebi Tari and Ruth Atem</p>{P}</article>", {"has": STORY, "author": "Ebi Tari and Ruth Atem"})  # fmt: skip

# --- exports ------------------------------------------------------------------------------------------------------

WP = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"'


def item(kind: str, status: str, title: str, body: str, more: str = "") -> str:
    return f"<item><title>{title}</title><link>https://creek.example/{title[:6].lower().strip()}</link><pubDate>Tue, 10 Mar 2026 08:00:00 +0000</pubDate><dc:creator><![CDATA[ebi]]></dc:creator><content:encoded><![CDATA[{body}]]></content:encoded><wp:status><![CDATA[{status}]]></wp:status><wp:post_type><![CDATA[{kind}]]></wp:post_type>{more}</item>"  # fmt: skip


POST = f'<!-- wp:paragraph --><p>{A}</p><!-- /wp:paragraph -->[caption id="a1" width="600"]<img src="x.jpg"/> Forty died here in 2022[/caption]<p>{B}</p>[newsletter_form id="3"]<p>{C}</p>'
COMMENT = "<wp:comment><wp:comment_author>R</wp:comment_author><wp:comment_content><![CDATA[Ninety died, I was there.]]></wp:comment_content></wp:comment>"
WRITER = "<wp:author><wp:author_login><![CDATA[ebi]]></wp:author_login><wp:author_display_name><![CDATA[Ebi Tari]]></wp:author_display_name></wp:author>"
case("export of WordPress", ("w.xml", f'<?xml version="1.0"?><rss version="2.0" {WP}><channel><title>Creek Post</title>{WRITER}{item("post", "publish", T, POST, COMMENT)}{item("post", "draft", "Not yet", "<p>Two hundred died, we hear, and nobody has seen them.</p>")}{item("page", "publish", "About", "<p>We write of the creeks since the year of 2014.</p>")}{item("attachment", "inherit", "Picture", "<p>A picture of a burning station from above.</p>")}</channel></rss>'), [{"has": [A, B, C], "no": ["Forty died", "newsletter_form", "Ninety", "Two hundred", "2014"], "day": DAY, "author": "Ebi Tari", "outlet": "Creek Post"}], left=("draft post", ": page", ": attachment"))  # fmt: skip
case("feed of WordPress", ("w.xml", f'<?xml version="1.0"?><rss version="2.0" {WP}><channel><title>Creek Post</title><item><title>{T}</title><link>https://creek.example/a</link><pubDate>Tue, 10 Mar 2026 08:00:00 +0000</pubDate><content:encoded><![CDATA[<p>{A}</p><p>The station’s name is [Akassa] in the old maps, its foreman said.</p>]]></content:encoded></item></channel></rss>'), [{"has": [A, "[Akassa]"], "day": DAY}])  # fmt: skip
case("feed of many outlets", ("f.xml", f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Planet</title><id>x</id><updated>2026-03-20T00:00:00Z</updated><entry><title>{T}</title><id>1</id><link href="https://creek.example/a"/><published>{DAY}T08:00:00Z</published><updated>2026-03-20T00:00:00Z</updated><content type="html">&lt;p&gt;{A}&lt;/p&gt;</content><source><title>Creek Post</title><author><name>Ebi Tari</name></author></source></entry></feed>'), [{"has": [A], "outlet": "Creek Post", "author": "Ebi Tari", "day": DAY}])  # fmt: skip

TWEETS = [{"tweet": {"id_str": "1", "created_at": "Tue Mar 10 09:12:00 +0000 2026", "full_text": f"{A} The foreman &amp; his… https://t.co/abc"}}, {"tweet": {"id_str": "2", "created_at": "Tue Mar 10 10:00:00 +0000 2026", "full_text": "RT @navy: We sank three boats and lost no man."}}]  # fmt: skip
NOTES = [{"noteTweet": {"noteTweetId": "9", "core": {"text": f"{A} The foreman & his wife left by road. {B}"}}}]
OTHERS = [{"like": {"tweetId": "3", "fullText": "Eighty died at Akassa, says a friend of mine."}}]
OWNER = [{"account": {"username": "ebi_tari", "accountDisplayName": "Ebi Tari"}}]


def script(name: str, told: Any) -> str:
    return f"window.YTD.{name}.part0 = {json.dumps(told)}"


for place in ("", "twitter-2026/"):
    files = {f"{place}data/tweets.js": script("tweets", TWEETS), f"{place}data/note-tweet.js": script("note_tweet", NOTES), f"{place}data/like.js": script("like", OTHERS), f"{place}data/account.js": script("account", OWNER), f"{place}data/direct-messages.js": script("direct_messages", [{"dmConversation": {"messages": []}}]), f"{place}Your archive.html": "<html><body><p>This page needs JavaScript.</p></body></html>"}  # fmt: skip
    case(f"archive of X in {place or 'no folder'}", ("x.zip", zipped(**files)), [{"has": [A, "& his wife", B], "no": ["Eighty", "t.co"], "day": DAY, "author": "Ebi Tari", "outlet": "@ebi_tari"}], left=("like.js", "1 post of others"))  # fmt: skip

CSV = f'post_id,post_date,is_published,type,audience,title\n5.akassa,{DAY}T07:00:00.000Z,true,newsletter,everyone,"{T}"\n6.draft,,false,newsletter,everyone,Not yet\n'
case("archive of Substack", ("s.zip", zipped(**{"posts.csv": CSV, "posts/5.akassa.html": f"<p>{A}</p><p>{B}</p><p>{C}</p>", "posts/6.draft.html": "<p>Two hundred died, we hear, and nobody has seen them yet.</p>", "posts/5.akassa.opens.csv": "post_id,timestamp,email\n5,2026-03-10,reader@mail.example\n", "email_list.csv": "email,plan\nreader@mail.example,free\n"})), [{"has": [T, A, B, C], "no": ["Two hundred"], "day": DAY, "title": T}], left=("email_list.csv", "1 draft"))  # fmt: skip
case("a ZIP with a list of posts alone", ("s.zip", zipped(**{"posts.csv": f'date,title,text\n{DAY},{T},"{A}"\n'})), [{"has": [T, A], "day": DAY}])  # fmt: skip


def warc(*records: tuple[str, str, str, str]) -> bytes:
    out = b""
    for kind, uri, form, body in records:
        told = body.encode()
        head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2026-03-25T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{len(out):032x}>\r\nContent-Type: {form}\r\nContent-Length: {len(told)}\r\n\r\n"  # fmt: skip
        out += gzip.compress(head.encode() + told + b"\r\n\r\n")
    return out


PAGE = f"<!DOCTYPE html><html><head><title>{T}</title>{HEAD}</head><body><article>{H}{P}</article></body></html>"
case("archive with a page's words again", ("a.warc.gz", warc(("resource", "https://creek.example/a", "text/html", PAGE), ("resource", "urn:text:https://creek.example/a", "text/plain", " ".join(STORY)), ("resource", "urn:pageinfo:https://creek.example/a", "application/json", "{}"))), [{"has": STORY, "day": DAY}])  # fmt: skip

# --- tables -------------------------------------------------------------------------------------------------------

case("table whose text has a name of its own", ("t.csv", f'Date,Town,Account as received,Source,Conf.\n{DAY},Akassa,"{A}",Foreman,B\n{DAY},Brass,"{C}",Nurse,A\n'), [{"text": A, "day": DAY, "outlet": "Foreman"}, {"text": C, "day": DAY, "outlet": "Nurse"}])  # fmt: skip
case("table with two such columns", ("t.csv", f'Date,What we heard,What they say,Source\n{DAY},"{A}","{B}",Foreman\n{DAY},"{C}","{D}",Nurse\n'), [], fails=("without a column for text",))  # fmt: skip


def log(told: Any) -> None:
    sheet = told.active
    sheet.delete_rows(1, sheet.max_row)
    for row in (["WEEKLY LOG", None, None, None], [], [None, "Where", "What", None], ["Date", "Town", "Account", "Source"], [DAY, "Akassa", A, "Foreman"], [None, "Brass", C, "Nurse"]):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A5:A6")


case("workbook with heads below heads", ("w.xlsx", inputs.workbook(None, c0=log)), [{"text": A, "day": DAY, "outlet": "Foreman"}, {"text": C, "day": DAY, "outlet": "Nurse"}])  # fmt: skip

# --- PDF and documents --------------------------------------------------------------------------------------------

LEFT = ("Six villages east of Akassa stand empty", "after three raids by men in boats. They", "killed 14 people and burned the stores,", "survivors told our team on Saturday. No", "deminers have been there since the old")  # fmt: skip
RIGHT = ("line was laid. The commissioner said that", "the men had come without any orders, and", "denied that a policeman had been with", "them. The water of one of the four wells", "is foul, and some 610 people drink of it.")  # fmt: skip
COLUMNS = lines(*LEFT, x=60, y=700) + lines(*RIGHT, x=320, y=700)
case("PDF of two columns with notes at the foot of one", ("c.pdf", pdf(at(60, 760, T, 20) + COLUMNS + at(60, 610, "1 Of whom nine have been named.", 7) + at(60, 600, "2 Count of Saturday.", 7))), [{"has": ["since the old line was laid", "610 people"], "no": ["nine have been named"]}], left=("notes at the foot",))  # fmt: skip
HEADED = at(60, 815, "Creek Situation Report No. 11", 8)
case("PDF of two pages with a head", ("h.pdf", pdf(HEADED + lines("Akassa, 10 March 2026", "", *LEFT, "was burned; a pump had not come when this", y=780), HEADED + lines("report closed. The ministry did not answer,", "and the works were shut on Sunday at noon.", y=780))), [{"has": ["had not come when this report closed"], "day": DAY}])  # fmt: skip
case("PDF issued on a day and covering others", ("i.pdf", pdf(at(60, 790, T, 20) + at(60, 760, "Issued 10 March 2026 | covers 2 to 8 March") + lines(*LEFT, *RIGHT, y=720))), [{"has": ["14 people"], "day": DAY}])  # fmt: skip
case("PDF with its writer in its text", ("b.pdf", pdf(at(60, 790, T, 20) + at(60, 760, "By Ebi Tari") + lines(*LEFT, *RIGHT, y=720))), [{"author": "Ebi Tari"}])  # fmt: skip
case(
    "text with a line by somebody",
    ("a.txt", f"{T}\n\nAkassa, 10 March 2026. By Ebi Tari\n\n{A}\n"),
    [{"author": "Ebi Tari", "day": DAY}],
)
case("text that begins with by", ("a.txt", f"{T}\n\nBy Monday Night Akassa was empty.\n\n{A}\n"), [{"author": None}])
case("Markdown with fields in TOML", ("a.md", f'+++\ntitle = "Akassa: \\"no one came\\""\ndate = {DAY}T08:00:00Z\nauthors = ["Ebi Tari", "Ruth Atem"]\n+++\n\n{A}\n\n{B}\n'), [{"has": [A, B], "title": 'Akassa: "no one came"', "author": "Ebi Tari, Ruth Atem", "day": DAY}])  # fmt: skip
