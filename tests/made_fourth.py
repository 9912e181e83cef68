"""A fourth round, after files that somebody wrote who did not see the program: of these 202 files 90 were read wrongly before
what they had shown was mended. The files here are of the same kinds, in words of their own."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

import inputs
from drawn import at, lines, pdf
from made import Cases

cases = Cases()
case = cases.add

A = "Mali’s army said on Friday that its soldiers had killed 14 fighters near Ménaka after an ambush on a convoy."
B = "A mayor of the region said that nine herders had died and that the soldiers had burnt two camps on their way back."
C = "The rebels of the north denied that they had lost a man and said that they held the road to the border."
D = "Some 260 families fled to the town by evening, the governor’s office said, and asked for water and for tents."
STORY = (A, B, C, D)
P = "".join(f"<p>{one}</p>" for one in STORY)
T = "Fighting near Ménaka"
DAY = "2026-03-10"
HEAD = f'<meta property="article:published_time" content="{DAY}T08:00:00Z">'


def page(body: str, head: str = HEAD, lang: str = "en", title: str = T) -> str:
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def html(name: str, body: str, *docs: dict[str, Any], head: str = HEAD, fails: tuple[str, ...] = (), left: tuple[str, ...] = (), lang: str = "en", title: str = T) -> None:  # fmt: skip
    case(f"page {name}", ("p.html", page(body, head, lang, title)), docs, fails=fails, left=left)


# --- pages --------------------------------------------------------------------------------------------------------

H = f"<h1>{T}</h1>"
html("template and hidden words", f"<article>{H}<template><p>Some 70 people died.</p></template><div style='display: none'>An older headline told of sixty dead in all.</div>{P}<noscript><p>Allow scripts: 33 are held back.</p></noscript></article>", {"has": STORY, "no": ["70 people", "sixty", "33 are"], "day": DAY}, left=("hides",))  # fmt: skip
html("struck out", f"<article>{H}<p>The army killed <s>40</s> <ins>14</ins> men near Ménaka on Friday, its spokesman said by telephone.</p><p>{B}</p><p>{C}</p></article>", {"has": ["killed 14 men"], "no": ["40"]}, left=("struck out: “40”",))  # fmt: skip
html("raised notes", f"<article>{H}<p>The army killed 14<sup>3</sup> men near Ménaka and burnt 22<sup class='ref'><a href='#n4'>[4]</a></sup> huts over 9 km<sup>2</sup>, it said on Friday.</p><p>{B}</p><p>{C}</p><ol class='footnotes'><li id='n3'>The chief of the place says 80.</li><li id='n4'>Seen from the air.</li></ol></article>", {"has": ["14 men", "22 huts", "9 km2"], "no": ["80"]}, left=("2 raised figures",))  # fmt: skip
html("scraps of plain paragraphs", f"<div>{H}<p>{A}</p><p>Follow us on WhatsApp and X for more news</p><p>{B}</p><p>Share this: Click to share on X (Opens in new window)</p><p>{C}</p><p>{D}</p><p>Tags: Mali, Sahel, mutiny in Gao</p><p>Read 2,310 times</p></div>", {"has": STORY, "no": ["Follow us", "Click", "mutiny", "2,310"]}, left=("4 lines that are no text",))  # fmt: skip
html("a check of browsers", "<h1>example.org</h1><p>Checking your browser before you go on. Enable JavaScript and cookies to continue.</p>", fails=("no report on the page",), head="", title="One moment")  # fmt: skip
html("a wall of consent", "<div class='cmp'><h2>Your choice</h2><p>We and our 700 partners store and/or access information on a device, such as cookies, and process what it tells of you.</p><p>You may manage your consent at any time.</p></div>", fails=("no report on the page",), head="")  # fmt: skip
html("words in a script alone", "<div id='root'>Loading…</div><script type='application/json'>{\"body\": \"Twelve men died.\"}</script>", fails=("no report on the page",), head="")  # fmt: skip
html("no such page", "<h1>404 – Page not found</h1><p>Try our story of the week: 90 killed in Gao.</p>", fails=("no report on the page",), head="")  # fmt: skip
html("a front of stories", "<h1>Sahel</h1>" + "".join(f"<div class='item'><h3><a href='/{n}'>{what}</a></h3><p>{what} on Friday, a governor said in short.</p></div>" for n, what in enumerate(("Bridge falls at Ayorou", "Nine nurses freed near Gao", "Court frees a colonel", "Drone seen over Kidal", "Market shut in Tessit"))), fails=("a list of stories",), head="")  # fmt: skip
html("another article below", f"<article>{H}{P}</article><article data-url='/b'><h1>Talks fail in Algiers</h1><p>{C.replace('rebels', 'envoys')}</p></article>", {"has": STORY, "no": ["envoys"]}, left=("another article of the page: “Talks fail",))  # fmt: skip
html("what it says of another", f"<article>{H}<p>10 March 2026</p>{P}</article>", {"has": STORY, "day": DAY, "title": T}, head='<script type="application/ld+json">' + json.dumps([{"@type": "NewsArticle", "headline": "An older fight at Gao", "datePublished": "2024-01-02"}, {"@type": "NewsArticle", "headline": T, "datePublished": DAY}]) + "</script>")  # fmt: skip
html("heads by country", f"<h1>Week in short</h1><p>10 March 2026</p><h2>Mali: a convoy burns</h2><p>{A}</p><h2>Niger: a bridge falls</h2><p>Gunmen blew up a bridge near Ayorou on Thursday, the prefect said by telephone.</p>", {"has": ["Mali: a convoy burns", A, "Niger: a bridge falls", "Gunmen"], "day": DAY}, head="")  # fmt: skip
html("a short page", f"<article>{H}<time datetime='{DAY}'>10 March 2026</time><p>{A}</p><p>{B}</p></article>", {"text": f"{T}\n\n{A}\n\n{B}", "day": DAY}, head="")  # fmt: skip
html("published behind updated", "<article><h1>Bomba en Cauca</h1><p>Actualizado: 12/03/2026 – 19:10 | Publicado: 10/03/2026 – 08:00</p><p>La guerrilla mató a cinco soldados en el Cauca el lunes, dijo el ejército en un comunicado.</p><p>El gobernador habló de dos heridos más y pidió ayuda.</p></article>", {"day": DAY}, head="", lang="es")  # fmt: skip
html("a day in Russian", "<article><h1>Обстрел Белгорода</h1><p>10 марта 2026</p><p>При обстреле Белгорода во вторник погибли двое человек, ещё 14 ранены, сообщил губернатор области.</p><p>По словам врачей, трое раненых находятся в тяжёлом состоянии.</p></article>", {"day": DAY}, head="", lang="ru")  # fmt: skip
html("a day of two calendars", "<article><h1>قصف على الأبيض</h1><p>١٠ مارس ٢٠٢٦ م – ٢١ رمضان ١٤٤٧ هـ</p><p>قُتل ١٤ شخصا وأصيب ٣٠ آخرون في قصف على مدينة الأبيض يوم الأحد، بحسب وزارة الصحة.</p><p>ونفت قوات الدعم السريع أنها قصفت المدينة.</p></article>", {"day": DAY}, head="", lang="ar")  # fmt: skip
html("withdrawn as a whole", f"<article>{H}<p>Retraction (12 March 2026): This report has been withdrawn; the film that it told of was of 2019.</p>{P}</article>", {"has": STORY, "no": ["2019"]}, left=("Retraction",))  # fmt: skip
html("printed", f"<div>{H}<p>Printed on 3 April 2026 at 14:22 from https://www.example.org/a</p><p>Bamako, 10 March 2026, Awa Diallo</p>{P}</div>", {"has": STORY, "no": ["Printed"], "day": DAY}, head="")  # fmt: skip

html("a short report of access denied", f"<article>{H}<p>The governor of the region said on Friday that access had been denied to two convoys of aid and that a road was temporarily unavailable to all.</p></article>", {"has": ["two convoys of aid"]})  # fmt: skip
html("names of classes that mean nothing", f"<div class='commentary share-story related-topic'><h1 class='popular-title'>{T}</h1><div class='comment-text'>{P}</div></div>", {"has": STORY})  # fmt: skip
html("a day within a sentence", f"<article>{H}<p>On <time datetime='2016-03-05'>5 March 2016</time> shells killed 61 people in the town, and on Tuesday their families met, the mayor said.</p><p>{B}</p><p>Published by Gao Radio on 10 March 2026.</p></article>", {"has": ["On 5 March 2016 shells"], "day": DAY}, head="")  # fmt: skip
html("one page of three", f"<article>{H}{P}<p>Page 1 of 3 <a href='?p=2'>2</a> <a href='?p=3'>3</a> <a href='?p=2'>Next</a></p></article>", {"has": STORY, "no": ["Page 1"]}, left=("its other pages, which were not read: this is page 1 of 3",))  # fmt: skip
html("measures that are raised", f"<article><h1>Depot of the 10<sup>th</sup> Brigade burns</h1><p>Some 500 m<sup>3</sup> of fuel burnt near Gao on 3<sup>rd</sup> March, the army said on Friday in a statement.</p><p>{B}</p></article>", {"has": ["500 m3 of fuel", "3rd March"]})  # fmt: skip
html("a list at its end", f"<h1>Week in short</h1><p>10 March 2026</p><p>{A}</p><p>{B}</p><h2>In brief</h2><ul><li>Benin: two rangers are missing in the park.</li></ul>", {"has": [A, B, "two rangers are missing"]}, head="")  # fmt: skip

# --- plain text and tables of texts from pages --------------------------------------------------------------------

case("text with scraps", ("a.txt", f"Home | World | Africa\n{T}\n10 March 2026\n{A}\nRead also: Court frees a colonel\n{B}\nTags: Mali, Sahel\nFacebook Twitter WhatsApp\n"), [{"has": [T, A, B], "no": ["Home", "colonel", "Tags", "Facebook"], "day": DAY, "title": T}], left=("4 lines that are no text",))  # fmt: skip
case("text without scraps", ("a.txt", f"{T}\n\nShare of the dead by place: none is known.\n\n{A}\n\nKilled: 14 | Hurt: 9 | Missing: 2\n"), [{"has": [T, "Share of the dead", A, "Killed: 14"]}])  # fmt: skip
case("table of run-together texts", ("t.csv", f'title,date,text\n{T},{DAY},"10.03.2026 Get short URL 6319 {A} {B} ... 24 Related Court Frees a Colonel Envoys Leave Algiers Tags Mali Sahel"\n'), [{"has": [A, B], "no": ["Related", "Colonel", "short URL"]}], left=("no text of it",))  # fmt: skip
case("table of texts with one foot", ("t.jsonl", "[" + ",".join(json.dumps({"title": f"Day {n}", "date": DAY, "text": f"{one}\nOur man in Bamako writes\n"}) for n, one in enumerate(STORY)) + "]"), [{"has": [one], "no": ["Our man"]} for one in STORY])  # fmt: skip

case("lines of texts with one foot", ("t.jsonl", "".join(json.dumps({"title": f"Day {n}", "date": DAY, "body": f"{one}\nOur man in Bamako writes\n"}) + "\n" for n, one in enumerate(STORY))), [{"has": [one], "no": ["Our man"]} for one in STORY])  # fmt: skip
case("texts of which two are reprints", ("t.jsonl", "".join(json.dumps({"title": f"Day {n}", "date": DAY, "body": f"The view of the mayor\n{A}"}) + "\n" for n in range(4))), [{"has": ["The view of the mayor", A]}] * 4)  # fmt: skip

# --- tables -------------------------------------------------------------------------------------------------------

case("table below a title", ("t.csv", f"Incidents of the week;;\nPrinted: 30.03.2026;;\n;;\nDate;Title;Text\n10.03.2026;{T};{A}\n"), [{"has": [T, A], "no": ["Printed"], "day": DAY}], left=("2 lines above the table",))  # fmt: skip
case(
    "table with blank columns",
    ("t.csv", f";;Date;;Text;;\n;;;;;;\n;;{DAY};;{A};;\n;;;;;;\n"),
    [{"text": A, "day": DAY}],
)
case("table with its head again", ("t.csv", f'date,text\n{DAY},"{A}"\ndate,text\n{DAY},"{B}"\n'), [{"text": A}, {"text": B}])  # fmt: skip
case("table with tags of HXL", ("t.csv", f'Date,Title,Description\n#date,#meta+title,#description\n{DAY},{T},"{A}"\n'), [{"has": [T, A], "day": DAY}])  # fmt: skip
case("table with too many cells", ("t.csv", f'date,text,source\n{DAY},Nine men died at Gao, two of them boys, the mayor said,Wire\n{DAY},"{B}",Wire\n'), [{"text": B}], fails=["5 cells"])  # fmt: skip
case("table with a day in three columns", ("t.csv", f"year;month;day;text\n2026;3;10;{A}\n"), [{"text": A, "day": DAY}])
case("table with several days", ("t.csv", f'event_date,report_date,entered_on,text\n2026-03-09,{DAY},2026-04-30,"{A}"\n'), [{"text": A, "day": DAY}])  # fmt: skip
case("table with a day of no known name", ("t.csv", f'entered_date,text\n2026-04-30,"{A}"\n'), [{"text": A, "day": None}], left=["its day, which is not certain: entered_date 2026-04-30"])  # fmt: skip
case("table with a text beside its text", ("t.csv", f'date,text,text_other\n{DAY},"{A}","{B}"\n'), [{"text": A}], left=["the column “text_other”"])  # fmt: skip
case("table of passed-on posts", ("t.csv", 'id,created_at,full_text,screen_name,name\n1,Tue Mar 10 09:12:00 +0000 2026,"RT @kidal_army: We lost no man &amp; hold the road.",desk,Desk\n'), [{"text": "We lost no man & hold the road.", "outlet": "@kidal_army", "day": DAY}])  # fmt: skip
case("table with a link for a title", ("t.csv", f'title;date;text\n"=HYPERLINK(""https://www.example.org/a"",""{T}"")";{DAY};{A}\n'), [{"has": [T, A], "title": T, "url": "https://www.example.org/a"}])  # fmt: skip
case("json list of paragraphs", ("t.json", json.dumps({"title": T, "date": DAY, "text": [A, B]}, indent=1)), [{"text": f"{T}\n\n{A}\n\n{B}"}])  # fmt: skip
case("json of Fundus", ("t.json", json.dumps([{"title": T, "plaintext": A, "publishing_date": f"{DAY} 09:00:00", "html": {"crawl_date": "2026-04-19", "source_info": {"publisher": "Example Wire"}}}])), [{"has": [T, A], "day": DAY, "outlet": "Example Wire"}])  # fmt: skip
case("json of another program", ("t.json", f"[{{'title': 'x', 'text': \"{A}\", 'date': datetime.date(2026, 3, 10)}}]"), [], fails=["not JSON"])  # fmt: skip
case("json cut off", ("t.json", json.dumps([{"title": T, "text": A}, {"title": T, "text": B}], indent=1)[:-80]), [], fails=["cut off"])  # fmt: skip


def book(*changes: Callable[[Any], None], rows: list[list[object]] | None = None) -> bytes:
    return inputs.workbook(rows, **{f"c{n}": change for n, change in enumerate(changes)})


def hide(told: Any) -> None:
    told.create_sheet("old").append(["text"])
    told["old"].sheet_state = "hidden"
    told.active.append([DAY, T, "Ninety men died, an old rumour said.", "Wire"])
    told.active.row_dimensions[3].hidden = True


def read_me(told: Any) -> None:
    told.create_sheet("Read me", 0).append(["This list was made by hand."])


def merge(told: Any) -> None:
    told.active.append([None, "Second", B, None])
    told.active.merge_cells("A2:A3")
    told.active.merge_cells("D2:D3")


ROWS: list[list[object]] = [["date", "title", "text", "source"], [DAY, T, A, "Example Wire"]]
case("workbook", ("t.xlsx", book(rows=ROWS)), [{"has": [T, A], "day": DAY, "outlet": "Example Wire"}])
case("workbook with what is hidden", ("t.xlsx", book(hide, rows=ROWS)), [{"has": [A]}], left=["a hidden sheet, “old”", "1 hidden row"])  # fmt: skip
case("workbook with a read-me", ("t.xlsx", book(read_me, rows=ROWS)), [{"has": [A]}], left=["the sheet “Read me”"])
case("workbook with merged cells", ("t.xlsx", book(merge, rows=ROWS)), [{"has": [A], "day": DAY}, {"has": [B], "day": DAY, "outlet": "Example Wire"}])  # fmt: skip
case("workbook with formulas", ("t.xlsx", book(rows=[ROWS[0], [DAY, f'=HYPERLINK("https://www.example.org/a","{T}")', A, "x"], [DAY, "x", '=A1&" died"', "x"]])), [{"title": T, "has": [A]}], fails=["neither a text nor an address"], left=["formulas without a value"])  # fmt: skip
case("workbook of no reports", ("t.xlsx", book(rows=[["place", "dead"], ["Gao", 4]])), [], fails=["without a table of reports"])  # fmt: skip

# --- packed -------------------------------------------------------------------------------------------------------


ONE = {"a/one.txt": f"{T}\n\n10 March 2026\n\n{A}\n"}
TWO = {"two.html": page(f"<article>{H}{P}</article>")}
case("zip of two", ("z.zip", inputs.packed({**ONE, "__MACOSX/._one.txt": b"\0\5", "photo.jpg": b"\xff\xd8\xff\xe0", **TWO})), [{"has": [A], "day": DAY}, {"has": STORY, "day": DAY}], left=["2 files of it, which are no reports"])  # fmt: skip
case("zip in zip", ("z.zip", inputs.packed({"in.zip": inputs.packed(ONE), "notes.rtf": b"{\\rtf1 x}"})), [{"has": [A]}], fails=["RTF"])  # fmt: skip
case("zip with names that lead out", ("z.zip", inputs.packed({"../../etc/one.txt": ONE["a/one.txt"]})), [{"has": [A]}])
UNDATED = f"{T}\n\n{A}\n"
case("zip of files called by a day", ("2026-01-01.zip", inputs.packed({"2026-03-05-fight.txt": UNDATED, "2026/03/06/two.html": page(f"<article>{H}{P}</article>", head=""), "three.txt": f"{B} {C}\n"})), [{"day": "2026-03-05"}, {"day": "2026-03-06"}, {"day": None}])  # fmt: skip
case("zip in zip called by a day", ("z.zip", inputs.packed({"2026-03-07/in.zip": inputs.packed({"2026-03-05.txt": UNDATED, "b.txt": f"{B} {C}\n"})})), [{"day": "2026-03-05"}, {"day": None}])  # fmt: skip
case(
    "zip of a table called by a day",
    ("z.zip", inputs.packed({"2026-03-05.csv": f'title,text\n{T},"{A}"\n'})),
    [{"day": None}],
)
case("zip of a file that is called by another day", ("z.zip", inputs.packed({"2026-03-05.txt": ONE["a/one.txt"]})), [{"day": DAY}], left=["another than its own: 5 March 2026"])  # fmt: skip
case(
    "text packed alone and called by a day",
    ("2026-03-05.txt.gz", gzip.compress(UNDATED.encode())),
    [{"day": "2026-03-05"}],
)
case("tar", ("t.tar", inputs.tars()[0]), [{"title": inputs.TITLE}, {"title": inputs.TITLE}])
case("tar packed", ("t.tar.xz", inputs.tars()[3]), [{"title": inputs.TITLE}, {"title": inputs.TITLE}])
case("tar cut off", ("t.tar.gz", inputs.tars()[1][:-40]), [{"title": inputs.TITLE}], fails=["cut off"])
case("page packed alone", ("p.html.gz", inputs.tars()[4]), [{"title": inputs.TITLE}])
case("folder with files of a system", {"2026-03-10/one.txt": f"{T}\n\n{A}\n", "2026-03-10/desktop.ini": "[.ShellClassInfo]\nInfoTip=40 killed\n", "2026-03-10/~$one.docx": b"\x05desk\0\0"}, [{"has": [A], "day": DAY}], path="2026-03-10")  # fmt: skip
case("named by another day", ("2026-03-05_fight.txt", f"{T}\n\n10 March 2026\n\n{A}\n"), [{"day": DAY}], left=["the day that it is called by, which is another than its own: 5 March 2026"])  # fmt: skip

# --- feeds --------------------------------------------------------------------------------------------------------


def feed(items: str, front: str = "", end: str = "</channel></rss>") -> str:
    return f'<?xml version="1.0"?>{front}<rss version="2.0"><channel><title>Wire</title><link>https://www.example.org/</link>{items}{end}'


def item(description: str, title: str = T, link: str = "https://www.example.org/a", day: str = "Tue, 10 Mar 2026 09:00:00 GMT") -> str:  # fmt: skip
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{day}</pubDate><description>{description}</description></item>"


case("feed that names its form", ("f.xml", feed(item(A), '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://www.example.org/rss-0.91.dtd">')), [{"has": [A], "day": DAY}])  # fmt: skip
case("feed of the first second", ("f.xml", feed(item(A, day="Thu, 01 Jan 1970 00:00:00 GMT"))), [{"has": [A], "day": None}])  # fmt: skip
case("feed cut off", ("f.xml", feed(item(A) + "<item><title>Second</title><link>https://www.example.org/b</link><description>Raiders killed 12", end="")), [{"has": [A]}], fails=["cut off: the feed ends within it"])  # fmt: skip
case("feed cut in a number", ("f.xml", feed(item("A mayor near Gao spoke of 12 dead men on Friday and of 1..."))), [{"has": ["12 dead men"], "no": ["1..", "of 1…"]}], left=["the rest of it"])  # fmt: skip
case("feed of headlines of others", ("f.xml", feed(item("&lt;ol&gt;&lt;li&gt;&lt;a href='x'&gt;Fighting near Ménaka&lt;/a&gt; Wire&lt;/li&gt;&lt;li&gt;&lt;a href='y'&gt;Drone kills 60 near Gao&lt;/a&gt; Post&lt;/li&gt;&lt;/ol&gt;"))), [], fails=["offline"])  # fmt: skip
case("feed with a pointer", ("f.xml", feed(item(f"{A}&lt;br/&gt;&lt;br/&gt;READ MORE: &lt;a href='x'&gt;Jail break leaves 90 dead&lt;/a&gt;"))), [{"has": [A], "no": ["90"]}])  # fmt: skip
case(
    "feed with numbers of no letters",
    ("f.xml", feed(item(f"{A}&#x1F; He is 17."))),
    [{"has": ["convoy.", "He is 17."]}],
)
case("feed with links of its own site", ("f.xml", feed(item(A, link="/2026/a"))), [{"has": [A], "url": "https://www.example.org/2026/a"}])  # fmt: skip

case("feed that corrects a toll", ("f.xml", feed(item(f"&lt;p&gt;(Corrects toll in paragraph 1 to 14 from 40; adds a comment)&lt;/p&gt;&lt;p&gt;{A}&lt;/p&gt;"))), [{"has": [A], "no": ["40"]}], left=["a correction, apart from the text: “.Corrects toll"])  # fmt: skip

# --- PDF ----------------------------------------------------------------------------------------------------------


def turned(words: str, x: float, y: float, turn: str) -> str:
    return f"BT /F1 11 Tf {turn} {x} {y} Tm ({words}) Tj ET\n"


BODY = ("The army said that 14 men had been killed", "in Gao on Friday, and that it had taken the", "road to the north. It gave no names.")  # fmt: skip
SAID = " ".join(BODY)
case("pdf with a stamp across", ("a.pdf", pdf(lines(*BODY) + turned("RECEIVED 3 APR", 100, 740, "0.9 0.4 -0.4 0.9"))), [{"text": SAID}], left=["words across the page: “RECEIVED 3 APR”"])  # fmt: skip
case("pdf with white words", ("a.pdf", pdf(lines(*BODY) + "1 1 1 rg " + at(60, 600, "massacre 400 dead Gao") + "0 g ")), [{"text": SAID}], left=["words in white"])  # fmt: skip
case("pdf with white words on a bar", ("a.pdf", pdf("0 0 0.6 rg 50 790 300 25 re f 1 1 1 rg " + at(60, 800, "Juba, 10 March 2026") + "0 g " + lines(*BODY, y=760))), [{"has": [SAID], "day": DAY}])  # fmt: skip
case("pdf turned", ("a.pdf", pdf("".join(turned(line, 100 + 14 * n, 60, "0 1 -1 0") for n, line in enumerate(BODY)))), [{"text": SAID}])  # fmt: skip
case("pdf with a box beside", ("a.pdf", pdf(lines("Fighting went on in the south of the state on", "Friday, and the army said that it had taken the", "town of Gao. The rebels denied it and said that", "nine soldiers had given themselves up. Rains have", "closed the road to the north for weeks.") + lines("1.2M", "people displaced", "4,100", "crossed the border", x=420))), [{"has": ["denied it and said that nine soldiers", "1.2M", "4,100"]}])  # fmt: skip
case("pdf with its day above", ("a.pdf", pdf(lines("Clashes in the hills", "10 March 2026", *BODY))), [{"text": f"Clashes in the hills\n\n10 March 2026\n\n{SAID}", "day": DAY, "title": "Clashes in the hills"}])  # fmt: skip
case("pdf with its day on every page", ("a.pdf", pdf(*(lines("Situation report No. 7 - 10 March 2026", "", f"On day {n} the army fired on the town of Gao, its mayor said by telephone.") for n in range(1, 5)))), [{"day": DAY, "no": ["report No. 7"]}])  # fmt: skip
case("pdf of two reports", ("a.pdf", pdf(lines("Mine near Gao", "Juba, 10 March 2026", *BODY), lines("Boat lost", "Tunis, 3 April 2026", "A boat with 47 people is lost, the coast guard said."))), [{"day": DAY}], left=["several reports, of 10 March 2026 and 3 April 2026"])  # fmt: skip
case("pdf made on another day", ("a.pdf", inputs.pdf(("The army fired on Gao on Friday, its mayor said.",))), [{"day": None}], left=["the file was made on 26 November 2018"])  # fmt: skip

# --- Markdown -----------------------------------------------------------------------------------------------------

case("md with TOML in front", ("a.md", f'+++\ntitle = "{T}"\ndate = 2026-03-10T08:00:00Z\n+++\n\n{A}\n\n{{{{< film 7 >}}}}\n'), [{"text": f"{T}\n\n{A}", "day": DAY}])  # fmt: skip
case("md with notes and strokes", ("a.md", f"# {T}\n\nThe army killed ~~180~~ 80 men.[^1]\n\n{A}\n\n[^1]: The others say 300.\n"), [{"has": ["killed 80 men."], "no": ["180", "300", "[^"]}], left=["1 note", "struck out: “180”"])  # fmt: skip
case("md underlined", ("a.md", f"{T}, 10 March 2026\n======================\n\n{A}\n"), [{"no": ["==="], "has": [A]}])
