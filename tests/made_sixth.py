"""A sixth round, after 53 files that somebody wrote who did not see the program: 40 of them were read wrongly, or less of them
than there was, before what they had shown was mended. The files here are of the same kinds, in words of their own."""

from __future__ import annotations

import json
import plistlib
from typing import Any

import inputs
from made import Cases

cases = Cases()
case = cases.add

A = "Raiders on motorcycles shot five herders dead at the wells of Tamgak on Friday, a village elder said."
B = "The army said that it had followed the raiders for a night and had taken two of them alive."
C = "A nurse of the clinic counted eleven wounded and asked for blood from the town on the main road."
D = "The prefect denied that the wells had been left without guards and promised a new post by summer."
STORY = (A, B, C, D)
P = "".join(f"<p>{one}</p>" for one in STORY)
T = "Five herders shot at Tamgak"
DAY = "2026-05-12"
OTHER = "A mine tore apart a bus near Faya on Monday and killed six of its passengers, the police said."
MORE = "A driver who came behind said that the road had been swept only a week before."
OTHER_T = "Bus hits mine near Faya"
OTHER_DAY = "2026-05-11"
ONE = {"has": [A, B, C], "day": DAY, "title": T, "outlet": "Desert Post"}
TWO = {"has": [OTHER, MORE], "day": OTHER_DAY, "title": OTHER_T, "outlet": "The Faya Mail"}

# --- press databases ----------------------------------------------------------------------------------------------

LEXIS = """                               1 of 2 DOCUMENTS


                                  Desert Post

                              May 12, 2026 Tuesday
                                 First Edition

{T}

BYLINE: Ali Dirko

SECTION: NEWS; Pg. 2

LENGTH: 61 words

DATELINE: TAMGAK


{A}

Location: the wells of Tamgak.

{B}

{C}

SUBJECT: SHOOTINGS (90%); CATTLE (72%);
ARMIES (70%)

LOAD-DATE: May 14, 2026

LANGUAGE: ENGLISH


                           Copyright 2026 Desert Post
                              All Rights Reserved

\f                               2 of 2 DOCUMENTS


                                 The Faya Mail

                              May 11, 2026 Monday

{OTHER_T}

LENGTH: 40 words

{OTHER}

{MORE}

LOAD-DATE: May 11, 2026
""".format(**globals())
case("LexisNexis as text", ("l.txt", LEXIS), [ONE | {"no": ["LENGTH", "SUBJECT", "LOAD-DATE", "TAMGAK", OTHER], "author": "Ali Dirko"}, TWO | {"no": ["DOCUMENTS", "LOAD-DATE"]}])  # fmt: skip
case("LexisNexis with a report without its day", ("l.txt", LEXIS.replace("May 11, 2026 Monday", "")), [ONE], fails=("head is not known",))  # fmt: skip
FACTIVA = """{T}

By Ali Dirko
61 words
12 May 2026
08:15 GMT
Desert Post
DESPO
English
Copyright 2026. Desert Post.

{A}

{B}

{C}

Document DESPO00020260512em5c00001

{OTHER_T}

40 words
11 May 2026
The Faya Mail
FAYAM
3
English
(c) 2026 The Faya Mail

{OTHER}

{MORE}

Document FAYAM00020260511em5b00002

Search Summary
Text: shot and wells
© 2026 Factiva, Inc. All rights reserved.
""".format(**globals())
case("Factiva as text", ("f.txt", FACTIVA), [ONE | {"no": ["words", "Document", OTHER]}, TWO | {"no": ["Factiva", "Search"]}])  # fmt: skip


def factiva(title: str, words: int, day: str, source: str, code: str, *told: str) -> str:
    text = "".join(f'<p class="articleParagraph enarticleParagraph">{one}</p>' for one in told)
    return f'<div class="article enArticle"><div id="hd"><span class="enHeadline">{title}</span></div><div>{words} words</div><div>{day}</div><div>{source}</div><div>{code[:5]}</div><div>English</div><div>Copyright 2026. {source}.</div>{text}<p>Document {code}</p></div>'  # fmt: skip


PAGE = f"<html><head><title>Factiva</title></head><body>{factiva(T, 61, '12 May 2026', 'Desert Post', 'DESPO00020260512em5c00001', A, B, C)}{factiva(OTHER_T, 40, '11 May 2026', 'The Faya Mail', 'FAYAM00020260511em5b00002', OTHER, MORE)}<div>Search Summary</div></body></html>"  # fmt: skip
case("Factiva as a page", ("f.html", PAGE), [ONE | {"no": ["words", OTHER]}, TWO | {"no": ["Search"]}])
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(*told: str) -> bytes:
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{one}</w:t></w:r></w:p>' for one in told)
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return inputs.packed(
        {
            "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
            "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>',
        }
    )


NEXIS = ("Job Number: 4711", "Documents (2)", f"1. {T}", f"2. {OTHER_T}", T, "Desert Post", "May 12, 2026 Tuesday", "Copyright 2026 Desert Post All Rights Reserved", "Section: NEWS; Pg. 2", "Length: 61 words", "Byline: Ali Dirko", "Body", A, B, C, "Classification", "Language: ENGLISH", "Load-Date: May 14, 2026", "End of Document", OTHER_T, "The Faya Mail", "May 11, 2026 Monday", "Length: 40 words", "Body", OTHER, MORE, "Load-Date: May 11, 2026", "End of Document")  # fmt: skip
case("Nexis Uni as DOCX", ("n.docx", docx(*NEXIS)), [ONE | {"no": ["Length", "Load-Date", OTHER], "author": "Ali Dirko"}, TWO | {"no": ["End of"]}])  # fmt: skip


def proquest(number: int, title: str, source: str, day: str, text: str, abstract: str = "") -> str:
    return f"{'_' * 60}\n\nDocument {number} of 2\n\n{title}\n\nAuthor: Dirko, Ali\n\nPublication info: {source} ; Faya [Faya]. {day}.\n\nAbstract: {abstract}\n\nFull text: {text}\n\nSubject: Shootings; Wells\n\nPublication title: {source}\n\nPublication date: {day}\n\nLast updated: 2026-05-20\n\n"  # fmt: skip


case("ProQuest as text", ("p.txt", proquest(1, T, "Desert Post", "May 12, 2026", f"{A} {B}\n\n{C}", A) + proquest(2, OTHER_T, "The Faya Mail", "May 11, 2026", "Not available", f"{OTHER} {MORE}") + f"{'_' * 60}\n\nContact ProQuest\n"), [ONE | {"text": f"{T}\n\n{A} {B}\n\n{C}"}, TWO | {"no": ["Abstract", "Subject"]}], left=("only an abstract",))  # fmt: skip
case("text that counts words", ("a.txt", f"{T}\n\n61 words\n\n{A}\n\n{B}\n"), [{"has": [T, A, B]}])

# --- chats and subtitles ------------------------------------------------------------------------------------------

CHAT = f"""[12/05/2026, 08:04:11] Wells Watch: \u200eMessages and calls are end-to-end encrypted.
[12/05/2026, 08:09:45] Dr Zara: {A}
{B}
\u200e[12/05/2026, 08:11:02] Dr Zara: \u200eimage omitted
[13/05/2026, 07:00:19] Ali 2: {C} \u200e<This message was edited>
[13/05/2026, 07:02:40] Ali 2: \u200eThis message was deleted.
"""
case("chat of WhatsApp, day first", ("_chat.txt", CHAT.replace("\n", "\r\n")), [{"text": f"{A} {B}", "day": DAY, "outlet": "Dr Zara"}, {"text": C, "day": "2026-05-13", "author": "Ali 2"}], left=("3 messages without text",))  # fmt: skip
case("chat of WhatsApp, month first", ("c.txt", f"5/12/26, 7:16 AM - Zara: {A}\n5/12/26, 7:17 AM - Zara: <Media omitted>\n5/14/26, 11:02\u202fPM - Ali: {B}\n"), [{"text": A, "day": DAY}, {"text": B, "day": "2026-05-14"}])  # fmt: skip
case("chat of WhatsApp whose days are not certain", ("c.txt", f"05/06/2026, 07:16 - Zara: {A}\n06/06/2026, 07:17 - Ali: {B}\n"), [{"day": None}, {"day": "2026-06-06"}], left=("not certain: 05/06/2026",))  # fmt: skip
case("chat of WhatsApp in German", ("c.txt", f"12.05.26, 07:16 - Zara: {A}\n12.05.26, 07:17 - Ali: <Medien ausgeschlossen>\n"), [{"text": A, "day": DAY}])  # fmt: skip
case("text with an hour at its head", ("a.txt", f"12.05.2026, 07:16 - Tamgak: {A}\n\n{B}\n"), [{"has": [A, B]}])
FIRST, LAST = A[:45], A[45:].strip()
case("subtitles, SRT", ("s.srt", f"1\r\n00:00:01,000 --> 00:00:04,000\r\n<i>{FIRST}</i>\r\n\r\n2\r\n00:00:04,100 --> 00:00:06,000\r\n{LAST}\r\n\r\n3\r\n00:00:06,100 --> 00:00:08,000\r\n{LAST}\r\n{B}\r\n"), [{"text": f"{A} {B}"}])  # fmt: skip
case("subtitles, WebVTT", ("s.vtt", f"WEBVTT\nLanguage: en\n\nNOTE by hand\n\n00:01.000 --> 00:04.000 align:start\n<v Ali>{FIRST}\n\n00:04.000 --> 00:06.000\n<v Ali>{LAST}\n\n00:06.000 --> 00:08.000\n<v Zara>{B}\n"), [{"text": f"Ali: {A}\n\nZara: {B}"}])  # fmt: skip

# --- pages --------------------------------------------------------------------------------------------------------


def html(name: str, body: str, *docs: dict[str, Any], head: str = "", title: str = T, fails: tuple[str, ...] = (), left: tuple[str, ...] = (), lang: str = "en") -> None:  # fmt: skip
    page = f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'  # fmt: skip
    case(f"page {name}", ("p.html", page), docs, fails=fails, left=left)


H = f"<h1>{T}</h1>"
WHERE = "https://www.desert.example/tamgak"
html("out of the Wayback Machine", f'<div id="wm-ipp-base"><a>27 captures</a><div>12 May 2026 - 01 Jun 2026</div></div><main>{H}<p class="date">12 May 2026</p>{P}</main>', {"has": STORY, "no": ["captures"], "day": DAY, "url": WHERE}, head=f'<link rel="canonical" href="https://web.archive.org/web/20260601120000/{WHERE}">')  # fmt: skip
html("out of archive.today", f"<div>{H}<div>Published May 12, 2026</div>{P}</div>", {"has": STORY, "day": DAY, "url": WHERE, "outlet": None}, head=f'<link rel="canonical" href="https://archive.ph/2026.06.01-120000/{WHERE}"><meta property="og:site_name" content="archive.ph"><meta property="article:published_time" content="2026-06-01T12:00:00Z">')  # fmt: skip
html("of a document of Google with comments", f'<p class="title">{T}</p><p>{A}<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><p>{B[:-1]}<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>.</p><p>{C}</p><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a> By phone on 13 May.</p></div><div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>The radio said fifty.</p><p>Please ask again.</p></div>', {"has": [A, B, C], "no": ["[a]", "[1]", "phone", "fifty", "ask again"]}, left=("notes below",))  # fmt: skip
html("of Word with notes", f'{H}<p>{A}<a href="#_ftn1" name="_ftnref1">[1]</a></p><p>{B}</p><p>{C}</p><div><div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> The radio said fifty.</p></div></div>', {"has": [A, B, C], "no": ["fifty"]})  # fmt: skip
html("for subscribers", f'<article>{H}<p>{A}</p><p>{B}</p><div class="wall"><p>Get unlimited access from £1 a week. Cancel any time.</p><p>Already a subscriber? Sign in</p></div></article>', {"has": [A, B], "no": ["£1", "Sign in"]}, left=("for subscribers",))  # fmt: skip
html("marked as for subscribers", f"<article>{H}{P}</article>", {"has": STORY}, head=f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{T}", "datePublished": "{DAY}", "isAccessibleForFree": "False"}}</script>', left=("keeps for subscribers",))  # fmt: skip
html("on access for aid", f"<article>{H}<p>{A}</p><p>The agencies called for unlimited access to the wells.</p><p>{B}</p></article>", {"has": [A, "unlimited access to the wells", B]})  # fmt: skip
html("below a layer of consent", f'<div class="x1"><div role="dialog"><h2>Cenimy twoją prywatność</h2><p>My i nasi partnerzy przechowujemy informacje na urządzeniu, takie jak pliki cookie, i przetwarzamy dane osobowe.</p><button>Zgoda</button></div></div><div><h1>{T}</h1><div>12.05.2026 18:45</div>{P}</div>', {"has": STORY, "no": ["partnerzy"], "day": DAY})  # fmt: skip
html("that is a dialog itself", f'<div role="dialog"><article>{H}{P}</article></div>', {"has": STORY})
html("with a line of credit", f"<article>{H}{P}<p><em>Additional reporting by Zara Oumar.</em></p></article>", {"has": STORY, "no": ["Zara"]})  # fmt: skip
html("of a printed copy", f"<h2>{T}</h2><p>12 May 2026</p>{P}<p>Source URL: {WHERE}</p>", {"has": STORY, "no": ["Source URL"]})  # fmt: skip
html("that is an index", f'<ul><li><a href="a.html">{T}</a></li><li><a href="b.html">{OTHER_T}</a></li></ul>', title="Index", fails=("a list of stories",))  # fmt: skip
html("of a live blog with buttons", f'<main><h1>Tamgak live</h1><div><article><time datetime="2026-05-12T10:00:00Z">10.00</time><p>{B}</p><footer><div>Share</div></footer></article><article><time datetime="2026-05-12T09:00:00Z">9.00</time><p>{A}</p><footer><div>Share</div></footer></article></div></main>', {"has": [B, A], "no": ["Share"]}, title="Tamgak live")  # fmt: skip


def post(number: int, writer: str, when: str, words: str, quoted: str = "") -> str:
    return f'<div class="timeline-item"><div class="tweet-body"><a class="fullname">{writer}</a><span class="tweet-date"><a href="/w/status/{number}#m" title="{when} · 6:12 PM UTC">1h</a></span><div class="tweet-content media-body">{words}</div>{quoted}<div class="tweet-stats">340</div></div></div>'  # fmt: skip


QUOTE = f'<div class="quote quote-big"><a class="fullname">Faya Mail</a><span class="tweet-date"><a href="/f/status/9#m" title="May 11, 2026 · 1:00 PM UTC">1d</a></span><div class="quote-text">{OTHER}</div></div>'  # fmt: skip
html("of Nitter", f"<nav>nitter</nav>{post(1, 'Wells Watch', 'May 12, 2026', A, QUOTE)}{post(2, 'Ali', 'May 13, 2026', B)}", {"text": A, "day": DAY, "outlet": "Wells Watch", "url": "https://x.com/w/status/1"}, {"text": B, "day": "2026-05-13", "outlet": "Ali"}, {"text": OTHER, "day": OTHER_DAY, "outlet": "Faya Mail"}, title="Wells Watch | nitter")  # fmt: skip
NOTES = f"<![CDATA[<p>{A}</p><p>{B}</p><p>Learn more about your ad choices. Visit megaphone.fm/adchoices</p>]]>"
case("feed of a podcast", ("f.xml", f'<?xml version="1.0"?><rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Wells</title><item><title>Episode 9</title><description>{NOTES}</description><itunes:summary>{A}</itunes:summary><pubDate>Tue, 12 May 2026 06:00:00 -0000</pubDate></item></channel></rss>'), [{"text": f"Episode 9 {A} {B}", "day": DAY}])  # fmt: skip
case("press release with a label above its title", ("a.txt", f"PRESS RELEASE\n\nFOR IMMEDIATE RELEASE\n\n{T}\n\nTAMGAK, 12 May 2026 – {A}\n\n{B}\n"), [{"title": T, "day": DAY}])  # fmt: skip

# --- mail ---------------------------------------------------------------------------------------------------------


def eml(body: str, kind: str = "text/plain", sender: str = "Ali Dirko <ali@desk.example>", subject: str = T) -> str:
    return f'From: {sender}\r\nTo: desk@desk.example\r\nSubject: {subject}\r\nDate: Tue, 12 May 2026 09:00:00 +0100\r\nMessage-ID: <1@desk.example>\r\nMIME-Version: 1.0\r\nContent-Type: {kind}; charset="utf-8"\r\n\r\n{body}\r\n'  # fmt: skip


ROUND = ("This email originated from outside of your organisation. Do not click links.", "This e-mail and any attachments are confidential. If you have received it in error please delete it.")  # fmt: skip
case("mail with a banner, a greeting and a disclaimer", ("m.eml", eml(f"{ROUND[0]}\n\n{A}\n\n{B}\n\nKind regards,\n\nAli Dirko\nSenior analyst\n+235 22 55 01\n\n{ROUND[1]}\n")), [{"text": f"{T} {A} {B}"}], left=("a signature",))  # fmt: skip
case("mail in HTML with the same", ("m.eml", eml(f"<html><body><div><p>{ROUND[0]}</p></div><div><p>{A}</p><p>{B}</p><p>{C}</p><p>Kind regards,<br>Ali Dirko<br>Senior analyst</p><p>{ROUND[1]}</p></div></body></html>", "text/html")), [{"text": f"{T} {A} {B} {C}"}], left=("a signature",))  # fmt: skip
case(
    "mail with a report below a word of thanks", ("m.eml", eml(f"Hello,\n\nThanks\n\n{A}\n\n{B}\n")), [{"has": [A, B]}]
)
case("mail that ends in a sentence below thanks", ("m.eml", eml(f"{A}\n\nThanks,\n\n{B}\n")), [{"has": [A, B]}])
case("letter by somebody from somewhere", ("m.eml", eml(f"{A}\n\n{B}\n", sender="Zara Oumar from Wells Weekly <wells@substack.com>")), [{"outlet": "Wells Weekly", "author": "Zara Oumar"}])  # fmt: skip
case("mail from an office", ("m.eml", eml(A, sender="News from Faya <n@faya.example>")), [{"outlet": "News from Faya"}])  # fmt: skip
STORY_OF = '<tr itemscope itemtype="http://schema.org/Article"><td><a href="https://www.google.com/url?rct=j&amp;url={url}&amp;ct=ga"><span itemprop="name">{title}</span></a><div itemprop="publisher"><span itemprop="name">Desert Post</span></div><div itemprop="description">{words}&nbsp;...</div></td></tr>'  # fmt: skip
ALERT = f"<html><body><table><tr><td>NEWS</td></tr>{STORY_OF.format(url='https://desert.example/1', title=T, words=A[:60])}{STORY_OF.format(url='https://faya.example/2', title=OTHER_T, words=OTHER[:60])}<tr><td>Unsubscribe</td></tr></table></body></html>"  # fmt: skip
case("mail of Google Alerts", ("m.eml", eml(ALERT, "text/html", "Google Alerts <googlealerts-noreply@google.com>")), [], fails=("desert.example/1.*offline.*faya.example/2.*offline",))  # fmt: skip
BOTH = f'From: Google Alerts <googlealerts-noreply@google.com>\r\nSubject: Google Alert\r\nDate: Tue, 12 May 2026 09:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n=== News - 2 new results ===\r\n\r\n{T}\r\nDesert Post\r\n{A} {B} {C}\r\n--b\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n{ALERT}\r\n--b--\r\n'  # fmt: skip
case("mail of Google Alerts in two forms", ("m.eml", BOTH), [], fails=("desert.example/1.*offline",))
LETTER = f'<html><body><div itemscope itemtype="http://schema.org/Article"><h1>{T}</h1>{P}<p><a href="https://desert.example/1">Read on the web</a></p></div></body></html>'  # fmt: skip
case("letter marked as an article", ("m.eml", eml(LETTER, "text/html")), [{"has": STORY}])


def posted(number: int, subject: str, day: str, *told: str) -> str:
    text = "\n\n".join(told)
    return f"Message: {number}\nDate: {day}\nFrom: Ali Dirko <ali@desk.example>\nSubject: [Wells] {subject}\nMessage-ID: <{number}@x>\n\n{text}\n\n------------------------------\n\n"  # fmt: skip


DIGEST = f"Today's Topics:\n\n   1. {T}\n   2. {OTHER_T}\n\n\n{'-' * 70}\n\n{posted(1, T, 'Tue, 12 May 2026 08:00:00 +0100', A, B)}{posted(2, OTHER_T, 'Mon, 11 May 2026 08:00:00 +0100', OTHER, MORE)}Subject: Digest Footer\n\n{'_' * 47}\nWells mailing list\n\n\n------------------------------\n\nEnd of Wells Digest, Vol 1, Issue 2\n***********************************\n"  # fmt: skip
case("digest whose list puts its name before subjects", ("m.eml", eml(DIGEST, subject="Wells Digest, Vol 1, Issue 2")), [{"has": [A, B], "title": T, "day": DAY}, {"has": [OTHER, MORE], "title": OTHER_T, "day": OTHER_DAY}])  # fmt: skip

# --- texts, tables and lists --------------------------------------------------------------------------------------

NOTED = f"Wells Valley Campaign Assessment, May 12, 2026\n\n{A} [1] {B}[2][3]\n\n{C} [4]\n\n[1] https://t.me/wells/1; https://t.me/wells/2\n[2] https://army.example/881\n[3] https://x.example/177\n[4] https://clinic.example/a\n"  # fmt: skip
case("text with notes below", ("a.txt", NOTED), [{"has": [A, B, C], "no": ["[", "https"], "day": DAY}], left=("4 notes below",))  # fmt: skip
html("with notes below", f"<article>{H}<p>{A} [1] {B}[2]</p><p>{C}</p><p>{D}</p><p>[1] https://t.me/wells/1</p><p>[2] https://army.example/881</p></article>", {"has": [A, B, C, D], "no": ["[1]", "[2]"]}, left=("2 notes below",))  # fmt: skip
case("text with figures in brackets and no notes", ("a.txt", f"{T}\n\n{A} [1]\n\n[1] {B}\n\nLater {C}\n"), [{"has": ["[1]", B, C]}])  # fmt: skip
BROKEN = "The prefect said on Saturday that the men of the gar-\nrison had been told of it a day before by the pro-\ngovernment militia, and that nobody could have held\nthe road against so many riders.\n"  # fmt: skip
case("text whose words are broken at the ends of its lines", ("a.txt", f"{T}\nBy Ali Dirko\n12 May 2026\n\n{BROKEN}".replace("\n", "\r")), [{"has": ["men of the garrison had been told of it a day before by the pro-government militia"], "title": T, "author": "Ali Dirko", "day": DAY}])  # fmt: skip
ARABIC = "قتل تسعة تجار في هجوم شنه مسلحون على سوق الملح يوم الأحد. وقال رئيس المنطقة إن المهاجمين فروا نحو النهر بعد وصول الجيش."
case("text in Arabic of Windows", ("a.txt", ARABIC.encode("cp1256")), [], fails=("not UTF-8",))
RIS = f"TY  - NEWS\r\nTI  - {T}\r\nAU  - Dirko, Ali\r\nAU  - Oumar, Zara\r\nT2  - Desert Post\r\nPY  - 2026\r\nDA  - 2026/05/12/\r\nAB  - {A}\r\n{B}\r\nY2  - 2026/06/01/\r\nER  - \r\n\r\nTY  - NEWS\r\nTI  - {OTHER_T}\r\nDA  - 2026/05/11\r\nUR  - https://faya.example/2\r\nER  - \r\n"  # fmt: skip
case("list of references, RIS", ("r.ris", RIS), [{"text": f"{T} {A} {B}", "day": DAY, "outlet": "Desert Post", "author": "Dirko, Ali, Oumar, Zara"}], fails=("not fetched: this run is offline",), left=("only what its list says",))  # fmt: skip
case("list of references, BibTeX", ("r.bib", f"% by hand\n@article{{dirko2026,\n  title = {{{T}}},\n  abstract = {{{A}}},\n}}\n"), [], fails=("BibTeX",))  # fmt: skip
case("calendar", ("c.ics", f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDESCRIPTION:{A}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"), [], fails=("a calendar",))  # fmt: skip
case("card", ("c.vcf", f"BEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:{A}\r\nEND:VCARD\r\n"), [], fails=("a card",))
case("notes of Evernote", ("n.enex", f'<?xml version="1.0"?><!DOCTYPE en-export SYSTEM "x.dtd"><en-export><note><title>{T}</title><content><![CDATA[<en-note>{P}</en-note>]]></content></note></en-export>'), [], fails=("<en-export>",))  # fmt: skip
case("web archive of Safari", ("w.webarchive", plistlib.dumps({"WebMainResource": {"WebResourceData": P.encode()}}, fmt=plistlib.FMT_BINARY)), [], fails=("Safari",))  # fmt: skip
case("Markdown with lists in front", ("a.md", f'---\ntitle: "{T}"\ndate: {DAY}\nauthor: ["Ali Dirko", \'Zara Oumar\']\ntags:\n  - wells\n---\n\n{A}\n'), [{"text": f"{T} {A}", "author": "Ali Dirko, Zara Oumar", "day": DAY}])  # fmt: skip
case("Markdown with its writers one a line in front", ("a.md", f"---\ntitle: {T}\nauthors:\n  - Ali Dirko\n  - Zara Oumar\ndate: {DAY}\n---\n\n{A}\n"), [{"author": "Ali Dirko, Zara Oumar", "day": DAY}])  # fmt: skip
case("table whose heads are of two words", ("t.csv", f'No.,Date published,Source,Headline,Full text,Link\n1,{DAY},Desert Post,{T},"{A} {B}",https://desert.example/1\n'), [{"has": [A, B], "day": DAY, "title": T, "outlet": "Desert Post", "url": "https://desert.example/1"}])  # fmt: skip
case("list whose days are told by another", ("l.json", json.dumps([{"title": [f"\n  {T} "], "date": ["12/05/2026"], "content": ["\n\t", A, "", B]}, {"title": OTHER_T, "date": "25/05/2026", "content": [OTHER, MORE]}])), [{"text": f"{T}\n\n{A}\n\n{B}", "raw": [f"{A}\n\n{B}"], "day": DAY}, {"day": "2026-05-25"}])  # fmt: skip
case("lines whose days are told by another", ("l.jsonl", "\n".join(json.dumps(one) for one in ({"text": A, "date": "05/12/2026"}, {"text": OTHER, "date": "05/25/2026"}))), [{"day": DAY}, {"day": "2026-05-25"}])  # fmt: skip
case("list whose days tell of two orders", ("l.json", json.dumps([{"text": A, "date": "12/05/2026"}, {"text": B, "date": "25/05/2026"}, {"text": C, "date": "05/25/2026"}])), [{"day": None}, {"day": "2026-05-25"}, {"day": "2026-05-25"}])  # fmt: skip
case("what Trafilatura writes", ("t.json", json.dumps({"title": T, "author": "Ali Dirko", "hostname": "desert.example", "date": DAY, "fingerprint": "ab12", "comments": "Fifty died!", "raw_text": f"{A} {B}", "text": f"{A}\n{B}", "filedate": "2026-06-01", "source": "https://desert.example/1", "source-hostname": "Desert Post", "excerpt": "The wells."})), [{"text": f"{T} {A} {B}", "day": DAY, "outlet": "Desert Post", "url": "https://desert.example/1", "author": "Ali Dirko"}])  # fmt: skip
OLD = {"name": "Wells Watch", "type": "public_channel", "messages": [{"id": 1, "type": "service", "date": "2019-05-01T10:00:00", "action": "create_channel", "text": ""}, {"id": 2, "type": "message", "date": "2026-05-12T18:00:00", "from": "Wells Watch", "text": [{"type": "bold", "text": A[:20]}, A[20:]]}, {"id": 3, "type": "message", "date": "2026-05-12T19:00:00", "from": "Wells Watch", "forwarded_from": "Prefecture", "text": D}, {"id": 4, "type": "message", "date": "2026-05-12T19:01:00", "from": "Wells Watch", "photo": "(not included)", "text": ""}]}  # fmt: skip
case("chat of Telegram in its old form", ("result.json", json.dumps(OLD)), [{"text": A, "day": DAY, "outlet": "Wells Watch"}, {"text": D, "outlet": "Prefecture"}], left=("2 messages without text",))  # fmt: skip
