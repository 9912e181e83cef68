"""A seventh round, after 62 files that somebody wrote who did not see the program: 25 of them were read rightly before what
they had shown was mended. The files here are of the same kinds, in words of their own."""

from __future__ import annotations

import io
import json
from typing import Any

from openpyxl import Workbook

import inputs
from drawn import at
from drawn import lines as drawn_lines
from drawn import pdf as drawn_pdf
from made import Cases
from made_sixth import docx
from standoff.ingest.capture import Options

cases = Cases()
case = cases.add

A = "Raiders on motorcycles shot five herders dead at the wells of Tamgak on Friday, a village elder said."
B = "The army said that it had followed the raiders for a night and had taken two of them alive."
C = "A nurse of the clinic counted eleven wounded and asked for blood from the town on the main road."
STORY = (A, B, C)
T = "Five herders shot at Tamgak"
DAY = "2026-05-12"
OTHER = "A mine tore apart a bus near Faya on Monday and killed six of its passengers, the police said."
MORE = "A driver who came behind said that the road had been swept only a week before."
OTHER_T = "Bus hits mine near Faya"
OTHER_DAY = "2026-05-11"


def named(**columns: str) -> Options:
    return Options(columns=columns)


# --- tables -------------------------------------------------------------------------------------------------------


def form(*heads: str) -> str:
    """What people answered to a form whose questions are its heads."""
    rows = (("2026/05/12 10:12:33 AM GMT+1", "a@x.example", f"{A} {B}", "5", ""), ("2026/05/13 9:02:01 PM GMT+1", "b@x.example", OTHER, "6", "Ali"))  # fmt: skip
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in (heads, *rows)) + "\n"


ANSWERS = [{"text": f"{A} {B}", "day": DAY}, {"text": OTHER, "day": "2026-05-13"}]
case("form of Google", ("f.csv", form("Timestamp", "Email Address", "What happened? Please describe in detail", "How many people were killed?", "Your name (optional)")), ANSWERS)  # fmt: skip
case("form with a column text", ("f.csv", form("Timestamp", "Mail", "text", "Were there any civilians among the dead?", "Name of the person who fills in this form")), ANSWERS)  # fmt: skip
case("form with a question of two lines", ("f.csv", form("Timestamp", "Mail", "What happened in the village that day?\n(as you saw it)", "How many people were killed?", "Name")), ANSWERS)  # fmt: skip
case("form whose column is named", ("f.csv", form("Timestamp", "Mail", "Tell us, in your own words, what was done.", "How many people were killed?", "Name")), ANSWERS, options=named(text="Tell us, in your own words, what was done."))  # fmt: skip
KOBO = f'"start";"grp_loc/place";"grp_inc/date_inc";"grp_inc/narrative";"_id";"_submission_time"\n"2026-05-13T09:01:22.000+02:00";"faya";"{DAY}";"{A}";"1";"2026-05-13T07:20:12"\n'  # fmt: skip
case("form of Kobo with groups", ("k.csv", KOBO), [{"text": A, "day": DAY}])
case("text that has commas", ("a.txt", f"Where were the guards, who sent them, what did they do?\nThe elder asked, the prefect answered, nobody wrote.\n{A}\n"), [{"has": ["Where were the guards", A]}])  # fmt: skip
NOTION = f'Name,Created,Tags,Notes,URL\n{T},"May 12, 2026 4:12 PM","wells, raid","{A}\n\n- two taken",https://t.me/x/1\n{OTHER_T},"May 11, 2026 9:00 AM",,"{OTHER}",\n'  # fmt: skip
case("table of Notion", ("n.csv", NOTION), [{"has": [A, "two taken"], "title": T, "day": DAY, "url": "https://t.me/x/1"}, {"has": [OTHER], "title": OTHER_T, "day": OTHER_DAY}])  # fmt: skip
TANGLE = f'Page Name,User Name,Post Created,Post Created Date,Likes,URL,Message,Link,Description\nWells Watch,wells,{DAY} 13:22:10 EDT,{DAY},6,https://www.facebook.com/wells/1,"{A}",,\nWells Watch,wells,{OTHER_DAY} 01:00:00 EDT,{OTHER_DAY},1,https://www.facebook.com/wells/2,,https://wells.example/a,"{OTHER}"\n'  # fmt: skip
case("table of CrowdTangle", ("c.csv", TANGLE), [{"text": A, "outlet": "Wells Watch", "day": DAY}, {"text": OTHER, "day": OTHER_DAY}])  # fmt: skip


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


TWO_COLUMNS = workbook(("When", "What we know"), (DAY, A), (OTHER_DAY, OTHER))
case("workbook whose columns are not known", ("w.xlsx", TWO_COLUMNS), [], fails=("without a table of reports",))
case("workbook whose columns are named", ("w.xlsx", TWO_COLUMNS), [{"text": A, "day": DAY}, {"text": OTHER, "day": OTHER_DAY}], options=named(text="What we know", published="When"))  # fmt: skip
case("workbook whose named column is not there", ("w.xlsx", TWO_COLUMNS), [], fails=("without a table",), options=named(text="nix"))  # fmt: skip
case("workbook of a matrix of incidents", ("w.xlsx", workbook(("Matrix",), ("Ref", "Incident", None, "Casualties"), (None, "Date of incident", "Description", "Source"), ("1", DAY, A, "Elder"), ("TOTAL", None, None, None))), [{"text": A, "day": DAY, "outlet": "Elder"}], fails=("neither a text nor an address",))  # fmt: skip
case("workbook of the Global Terrorism Database", ("g.xlsx", workbook(("eventid", "iyear", "imonth", "iday", "summary", "nkill"), (202605120001, 2026, 5, 12, A, 5), (202605000002, 2026, 5, 0, OTHER, 6))), [{"text": A, "day": DAY}, {"text": OTHER, "day": None}], left=("not certain: 2026-05-00",))  # fmt: skip


def mangled(words: str) -> str:
    """As Facebook writes it: each byte as a letter."""
    return words.encode().decode("latin-1")


ARABIC = "غارة على مدينة النهود أدت إلى مقتل 15 شخصا بينهم نساء"
FACEBOOK = json.dumps([{"timestamp": 1778580000, "data": [{"post": mangled(ARABIC)}, {"update_timestamp": 1}], "title": "Wells updated their status."}, {"timestamp": 1778490000, "data": [{"post": mangled("Café looted – two hurt at the wells.")}]}])  # fmt: skip
POSTS = [{"text": ARABIC, "day": DAY}, {"text": "Café looted – two hurt at the wells.", "day": OTHER_DAY}]
case("posts of Facebook", ("f.json", FACEBOOK), POSTS)
case("posts of Facebook, the column named", ("f.json", FACEBOOK), POSTS, options=named(text="data.post"))
case(
    "posts of Facebook, their last name named",
    ("f.json", FACEBOOK),
    [{"has": [ARABIC], "day": DAY}, {"has": [POSTS[1]["text"]]}],
    options=named(text="post"),
)


def listing(*children: Any) -> Any:
    return {"kind": "Listing", "data": {"children": [{"kind": "t1" if "body" in one else "t3", "data": one} for one in children]}}  # fmt: skip


ANSWER = {"author": "faya", "body": OTHER, "created_utc": 1778490000.0, "replies": ""}
POST = {"subreddit": "Wells", "title": T, "selftext": f"{A} &gt; {B}", "author": "elder", "created_utc": 1778580000.0, "permalink": "/r/Wells/1/"}  # fmt: skip
THREAD = [listing(POST), listing({"author": "x", "body": C, "created_utc": 1778580000, "replies": listing(ANSWER)}, {"author": "[deleted]", "body": "[removed]", "created_utc": 1778580000})]  # fmt: skip
TOLD = [{"has": [T, A, ">", B], "title": T, "day": DAY, "author": "elder", "outlet": "Wells", "url": "https://www.reddit.com/r/Wells/1/"}, {"text": C, "author": "x"}, {"text": OTHER, "day": OTHER_DAY}]  # fmt: skip
case("thread of Reddit", ("r.json", json.dumps(THREAD)), TOLD, left=("1 message without text",))
case("posts of Reddit one a line", ("r.jsonl", "\n".join(json.dumps(one) for one in (POST, {**POST, "selftext": OTHER}))), [{"has": [A]}, {"has": [OTHER]}])  # fmt: skip
case("records in records, the column named", ("d.json", json.dumps({"meta": {"n": 2}, "feed": {"parts": [{"day": 1, "cards": [{"words": A, "date": DAY}, {"words": OTHER, "date": OTHER_DAY}]}]}})), [{"text": A, "day": DAY}, {"text": OTHER, "day": OTHER_DAY}], options=named(text="feed.parts[].cards[].words"))  # fmt: skip
case("records with an assessment", ("a.json", json.dumps({"results": [{"code": "1", "incident_date": DAY, "headline": T, "assessment": A, "permalink": "https://wells.example/1"}]})), [{"text": f"{T} {A}", "day": DAY, "title": T, "url": "https://wells.example/1"}])  # fmt: skip
case("records that have no text", ("a.json", json.dumps([{"code": "1", "lines": A}])), [], fails=("neither a text nor an address",))  # fmt: skip

# --- several reports in one text ----------------------------------------------------------------------------------


def headed(title: str, day: str, outlet: str, *told: str) -> str:
    """A report below a head of its own."""
    text = "\n\n".join(told)
    return f"Source: {outlet}\nDate: {day}\nTitle: {title}\n\n{text}\n"


ONE = headed(T, "12 May 2026", "Desert Post", A, B)
TWO = headed(OTHER_T, "11 May 2026", "The Faya Mail", OTHER, MORE)
APART = [{"text": f"{T} {A} {B}", "title": T, "day": DAY, "outlet": "Desert Post"}, {"text": f"{OTHER_T} {OTHER} {MORE}", "title": OTHER_T, "day": OTHER_DAY, "outlet": "The Faya Mail"}]  # fmt: skip
for what, rule in {"dashes": "-" * 60, "equals": "=" * 20, "stars": "* * *", "form feeds": "\f", "a line of dashes alone": "---"}.items():  # fmt: skip
    case(f"texts divided by {what}", ("a.txt", f"{ONE}\n{rule}\n\n{TWO}"), APART)
case("texts with heads and no line between", ("a.txt", f"{ONE}\n\n{TWO}"), APART)
case("texts whose lines stand close", ("a.txt", f"{ONE}=====\n{TWO}====="), APART)
case("texts below the name of the whole", ("a.txt", f"Clippings of the week\n\n-----\n\n{ONE}\n-----\n\n{TWO}"), APART, left=("Clippings of the week",))  # fmt: skip
case("texts with titles above their heads", ("a.txt", f"{T}\nBy Ali Dirko\nSource: Desert Post\nDate: 12/05/2026\n\n{A}\n\n---\n\n{OTHER_T}\nSource: The Faya Mail\nDate: 25/05/2026\n\n{OTHER}\n"), [{"has": [T, A], "title": T, "author": "Ali Dirko", "outlet": "Desert Post", "day": DAY}, {"has": [OTHER_T, OTHER], "day": "2026-05-25"}])  # fmt: skip
case("texts in Markdown", ("a.md", f"## {T}\n**Source:** Desert Post\n**Date:** 12 May 2026\n\n{A}\n\n---\n\n## {OTHER_T}\n**Source:** The Faya Mail\n**Date:** 11 May 2026\n\n{OTHER}\n"), [{"text": f"{T} {A}", "title": T, "outlet": "Desert Post", "day": DAY}, {"text": f"{OTHER_T} {OTHER}", "outlet": "The Faya Mail"}])  # fmt: skip
case("texts in a document", ("a.docx", docx(T, "Source: Desert Post", "Date: 12 May 2026", A, B, OTHER_T, "Source: The Faya Mail", "Date: 11 May 2026", OTHER, MORE)), [{"has": [A, B], "title": T, "outlet": "Desert Post", "day": DAY}, {"has": [OTHER, MORE], "title": OTHER_T, "day": OTHER_DAY}])  # fmt: skip
case("text with a line above its foot", ("a.txt", f"{T}\n\n12 May 2026\n\n{A}\n\n{B}\n\n-----\n\nSource: Desert Post\nDate: 12 May 2026\n"), [{"has": [T, A, B], "day": DAY}])  # fmt: skip
case("text with a line above a foot of sentences", ("a.txt", f"{ONE}\n-----\n\nThis bulletin goes out every morning to those who asked for it.\n"), [{"has": [A, B], "title": T, "day": DAY, "outlet": "Desert Post"}])  # fmt: skip
case("text with lines between its parts", ("a.txt", f"{T}\n\n{A}\n\n-----\n\n{B}\n\n-----\n\n{C}\n"), [{"has": [A, B, C], "title": T}])  # fmt: skip
case("text with a head", ("a.txt", ONE), [{"has": [T, A, B], "no": ["Source", "12 May", "Title:"], "title": T, "outlet": "Desert Post", "day": DAY}])  # fmt: skip


def bulletin(headline: str, agency: str, town: str, *told: str) -> str:
    text = "\n".join(f"    {one}" for one in (f"{town}, May 12 ({agency}) - {told[0]}", *told[1:]))
    return f"ZCZC WEL0417 {agency}\n^BC-WELLS-RAID/ (URGENT)\n^{headline}\n{text}\nMORE\n (Reporting by A. Dirko)\n((desk@wells.example; +235 22 55 01))\nKeywords: WELLS RAID/\nTuesday, 12 May 2026 11:02:33\nENDS\nNNNN\n"  # fmt: skip


WIRED = {"has": [T, A, B], "no": ["ZCZC", "^", "MORE", "ENDS", "Keywords", "desk@"], "title": T, "day": DAY, "outlet": "Reuters"}  # fmt: skip
case("bulletin of a wire", ("w.txt", bulletin(T, "Reuters", "TAMGAK", A, B)), [WIRED], left=("the wire's own lines",))
case("bulletins of a wire", ("w.txt", bulletin(T, "Reuters", "TAMGAK", A, B) + bulletin(OTHER_T, "AFP", "FAYA", OTHER, MORE)), [WIRED, {"has": [OTHER_T, OTHER, MORE], "outlet": "AFP", "title": OTHER_T}])  # fmt: skip
case("bulletin of a wire without marks", ("w.txt", f"ZCZC\nu i WEL 05-12 0340\nbc-wells-raid 1st ld\n{T}\n   TAMGAK, May 12 (AP) -- {A}\n{B}\nNNNN\n"), [{"has": [T, A, B], "title": T, "outlet": "AP"}])  # fmt: skip
case("text that ends in more", ("w.txt", f"{T}\n\n{A}\n\n{B}\n\nMore\n"), [{"has": [A, B]}])

# --- mail ---------------------------------------------------------------------------------------------------------


def eml(subject: str, body: str, sender: str = "Ali Dirko <ali@desk.example>", kind: str = 'text/plain; charset="utf-8"') -> str:  # fmt: skip
    return f"From: {sender}\r\nTo: desk@desk.example\r\nSubject: {subject}\r\nDate: Wed, 13 May 2026 09:00:00 +0100\r\nMessage-ID: <1@desk.example>\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n{body}\r\n"  # fmt: skip


def passed_on(*told: str) -> str:
    text = "\n\n".join(told)
    return f"---------- Forwarded message ---------\nFrom: Desert Post <news@desert.example>\nDate: Tue, May 12, 2026 at 4:12 PM\nSubject: {T}\nTo: ali@desk.example\n\n{text}\n"  # fmt: skip


FORWARDED = {"has": [A, B], "title": T, "day": DAY, "outlet": "Desert Post"}
for what, note in {"FYI": "FYI, from the office in Faya.", "a word of thanks": "Thanks!", "a line in French": "Pour info, voir ci-dessous.", "a greeting": "Dear all,\n\nPlease log this one – the source is good.\n\nRegards,\nZara"}.items():  # fmt: skip
    case(f"mail passed on below {what}", ("m.eml", eml(f"Fwd: {T}", f"{note}\n\n{passed_on(A, B)}")), [FORWARDED], left=("a covering note",))  # fmt: skip
case("mail passed on twice", ("m.eml", eml(f"Fwd: Fwd: {T}", f"See below.\n\n---------- Forwarded message ---------\nFrom: Zara <z@x.example>\nDate: Tue, May 12, 2026 at 8:12 PM\nSubject: Fwd: {T}\nTo: ali@desk.example\n\nPlease look.\n\n{passed_on(A, B)}")), [FORWARDED])  # fmt: skip
case("mail passed on below a report", ("m.eml", eml(f"Fwd: {T}", f"{OTHER}\n\n{passed_on(A, B)}")), [{"has": [OTHER], "day": "2026-05-13"}, FORWARDED])  # fmt: skip
BOUNCE = f"--b\r\nContent-Type: text/plain\r\n\r\nThis is the mail system. Your message could not be delivered.\r\n\r\n<old@paper.example>: 550 5.1.1 User unknown\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\nAction: failed\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: press@desert.example\r\nSubject: {T}\r\nDate: Tue, 12 May 2026 08:00:00 +0100\r\n\r\n{A}\r\n--b--"  # fmt: skip
case("notice of a mail server", ("m.eml", eml("Undelivered Mail Returned to Sender", BOUNCE, "Mail Delivery System <MAILER-DAEMON@mx.example>", 'multipart/report; report-type="delivery-status"; boundary="b"')), [], fails=("a mail was not delivered",))  # fmt: skip
case("notice of a mail server in plain text", ("m.eml", eml("failure notice", f"Hi. This is the program at mx.example. I was not able to deliver your message.\n\n--- Below is a copy of the message.\n\n{A}", "MAILER-DAEMON@mx.example")), [], fails=("a mail was not delivered",))  # fmt: skip
case("receipt of a mail", ("m.eml", eml("Read: Report", "--b\r\nContent-Type: text/plain\r\n\r\nYour message was read on Tuesday.\r\n--b--", kind='multipart/report; report-type=disposition-notification; boundary="b"')), [], fails=("a receipt",))  # fmt: skip
case("report on a mail server", ("m.eml", eml("Delivery failure", f"{A}\n\n{B}")), [{"has": [A, B]}])
case("letter of Substack", ("m.eml", eml(T, f"View this post on the web at https://wells.substack.com/p/1\n\n{A}\n\n{B}\n\nSubscribe now: https://wells.substack.com/subscribe\n\nUnsubscribe https://wells.substack.com/x\n")), [{"text": f"{T} {A} {B}"}])  # fmt: skip
case("letter of Substack in HTML", ("m.eml", eml(T, f"<html><body><div><h1>{T}</h1><div><a>READ IN APP</a></div><p>{A}</p><p>Wells is a reader-supported publication. To receive new posts, consider becoming a free or paid subscriber.</p><p>{B}</p><p>{C}</p></div></body></html>", kind='text/html; charset="utf-8"')), [{"has": [A, B, C], "no": ["READ IN APP", "reader-supported"]}])  # fmt: skip
case("letter that one asked for", ("m.eml", eml(T, f"{A}\n\n{B}\n\nYou are receiving this email because you opted in.\nUnsubscribe https://desert.example/u\n")), [{"text": f"{T} {A} {B}"}])  # fmt: skip

# --- chats --------------------------------------------------------------------------------------------------------

ROSTER = [{"id": "U1", "name": "ali", "profile": {"display_name": "ali", "real_name": "Ali Dirko"}}]
JOIN = {"type": "message", "subtype": "channel_join", "user": "U1", "text": "<@U1> has joined the channel", "ts": "1778560000.000100"}  # fmt: skip
SAID = {"type": "message", "user": "U1", "text": f"{A} &amp; <@U1> saw it <https://t.me/x/1|here>", "ts": "1778580000.000200"}  # fmt: skip
POSTED = {"type": "message", "subtype": "bot_message", "username": "Wells Bot", "text": "", "attachments": [{"text": OTHER}], "ts": "1778490000.000200"}  # fmt: skip
SLACK = {"users.json": json.dumps(ROSTER), "channels.json": json.dumps([{"id": "C1", "name": "wells"}]), "integration_logs.json": "[]", "wells/2026-05-11.json": json.dumps([POSTED]), "wells/2026-05-12.json": json.dumps([JOIN, SAID])}  # fmt: skip
SAYS = {"text": f"{A} & @Ali Dirko saw it here", "day": DAY, "author": "Ali Dirko"}
case("workspace of Slack", ("s.zip", inputs.packed(SLACK)), [{"text": OTHER, "day": OTHER_DAY, "author": "Wells Bot"}, SAYS], left=("1 message without text",))  # fmt: skip
case("workspace of Slack in a folder of the ZIP", ("s.zip", inputs.packed({f"export/{name}": told for name, told in SLACK.items()})), [{"text": OTHER}, SAYS])  # fmt: skip
case("channel of Slack, unpacked", ("a.json", json.dumps([JOIN, {**SAID, "user_profile": {"real_name": "Ali Dirko"}}])), [{"has": [A], "day": DAY, "author": "Ali Dirko"}], left=("1 message without text",))  # fmt: skip
case("ZIP of JSON that is no workspace", ("s.zip", inputs.packed({"users.json": "[]", "a/b.json": json.dumps([{"text": A}])})), [{"text": A}], fails=("no words|empty|neither",))  # fmt: skip


def posted(kind: str, words: str, when: str, **more: Any) -> dict[str, Any]:
    return {"id": "1", "type": kind, "timestamp": when, "content": words, "author": {"id": "5", "name": "wells", "nickname": "Wells Watch"}, "embeds": [], **more}  # fmt: skip


DISCORD = {"guild": {"name": "G"}, "channel": {"name": "wells"}, "messages": [posted("Default", A, f"{DAY}T18:00:00.123+00:00"), posted("GuildMemberJoin", "Joined the server.", f"{DAY}T19:00:00+00:00"), posted("Default", "", f"{OTHER_DAY}T07:00:00+00:00", embeds=[{"title": OTHER_T, "description": OTHER}])]}  # fmt: skip
SAID_THERE = [{"text": A, "day": DAY, "author": "Wells Watch"}, {"text": OTHER, "day": OTHER_DAY, "author": "Wells Watch"}]  # fmt: skip
case("channel of Discord", ("d.json", json.dumps(DISCORD)), SAID_THERE, left=("1 message without text",))
RULED = f"{'=' * 30}\nGuild: G\nChannel: feeds / wells\n{'=' * 30}\n\n"
case("channel of Discord as text", ("d.txt", f"{RULED}[12-May-26 06:00 PM] Wells Watch\n{A}\n\n{{Attachments}}\nhttps://cdn.example/1.jpg\n\n[12-May-26 06:10 PM] newbie\nJoined the server.\n\n[11-May-26 07:00 AM] Wells Watch\n{OTHER}\n\n{'=' * 30}\nExported 2 message(s)\n"), [{"text": A, "day": DAY, "author": "Wells Watch", "no": ["cdn"]}, {"text": OTHER, "day": OTHER_DAY}], left=("1 message without text",))  # fmt: skip
case("channel of Discord with days in numbers", ("d.txt", f"[5/12/2026 6:00 PM] wells\n{A}\n\n[5/25/2026 7:00 AM] wells\n{OTHER}\n"), [{"text": A, "day": DAY}, {"text": OTHER, "day": "2026-05-25"}])  # fmt: skip
SIGNAL = f"Conversation: Wells\n\nFrom: Maya (+962790000001)\nType: incoming\nSent: Tue, 12 May 2026 14:22:10 +0300\nReceived: Tue, 12 May 2026 14:22:12 +0300\n\n{A}\n\nFrom: You\nType: outgoing\nSent: Tue, 12 May 2026 14:25:00 +0300\nAttachment: IMG_1.jpg (image/jpeg, 1 bytes)\n\n\nFrom: Maya (+962790000001)\nType: incoming\nSent: Mon, 11 May 2026 09:00:00 +0300\n\n{OTHER}\n"  # fmt: skip
case("chat of Signal", ("s.txt", SIGNAL), [{"text": A, "day": DAY, "author": "Maya"}, {"text": OTHER, "day": OTHER_DAY, "author": "Maya"}], left=("1 message without text",))  # fmt: skip
case("chat of Signal, one message", ("s.txt", SIGNAL.split("From: You")[0]), [{"text": A, "day": DAY, "author": "Maya"}])  # fmt: skip
case("text with a letter's head", ("a.txt", f"From: the prefect\nTo: the wells\n\n{A}\n\n{B}\n"), [{"has": [A, B]}])

# --- what other programs answer -----------------------------------------------------------------------------------

PIECES = [A[:40], A[40:], "[Music]", "♪", OTHER]
HEARD = [{"text": f"{A[:40].strip()} {A[40:].strip()} {OTHER}", "no": ["Music"]}]
case("transcript of YouTube", ("t.json", json.dumps([{"text": one, "start": n * 2.0, "duration": 2.0} for n, one in enumerate(PIECES)])), HEARD)  # fmt: skip
case("transcript of YouTube over many lines", ("t.json", json.dumps({"video_id": "x", "snippets": [{"text": one, "start": n * 2.0, "duration": 2.0} for n, one in enumerate(PIECES)]}, indent=1)), HEARD)  # fmt: skip
case("transcript of YouTube in its own form", ("t.json", json.dumps({"wireMagic": "pb3", "events": [{"tStartMs": 0}, {"tStartMs": 1, "segs": [{"utf8": A[:40]}, {"utf8": A[40:]}]}, {"tStartMs": 2, "segs": [{"utf8": "\n"}]}, {"tStartMs": 3, "segs": [{"utf8": OTHER}]}]})), HEARD)  # fmt: skip
case("transcript of a program that hears", ("t.json", json.dumps({"text": f"{A} {OTHER}", "segments": [{"id": n, "start": n, "end": n + 1, "text": one} for n, one in enumerate((A, OTHER))], "language": "en"})), [{"text": f"{A} {OTHER}"}])  # fmt: skip
case("records that begin somewhere", ("t.json", json.dumps([{"text": A, "start": DAY, "title": T}, {"text": OTHER, "start": DAY, "title": OTHER_T}])), [{"has": [A]}, {"has": [OTHER]}])  # fmt: skip


def news(content: str | None, **more: Any) -> dict[str, Any]:
    return {"source": {"id": None, "name": "Desert Post"}, "author": "Ali Dirko", "title": T, "description": "Five herders died.", "url": "https://desert.example/1", "publishedAt": f"{DAY}T10:00:00Z", "content": content, **more}  # fmt: skip


REMOVED = news("[Removed]", title="[Removed]", description="[Removed]", source={"id": None, "name": "[Removed]"}, url="https://removed.com")  # fmt: skip
BEGUN = {"text": f"{T} {A} The army…", "day": DAY, "outlet": "Desert Post", "author": "Ali Dirko"}
case("answer of NewsAPI", ("n.json", json.dumps({"status": "ok", "articles": [news(f"{A} The army… [+3120 chars]"), REMOVED]})), [BEGUN], fails=("taken back",), left=("3120 characters of it are missing",))  # fmt: skip
case("answer of NewsAPI without descriptions", ("n.json", json.dumps({"articles": [news(f"{A} The army… [+3120 chars]", description=None)]})), [BEGUN])  # fmt: skip
case("answer of NewsAPI with the longer description", ("n.json", json.dumps({"articles": [news("Five… [+9 chars]", description=f"{A} {B}")]})), [{"text": f"{T} {A} {B}"}], left=("only what its list says",))  # fmt: skip
REGISTRY = {"articles": {"page": 1, "results": [{"uri": "1", "lang": "eng", "date": DAY, "dateTimePub": f"{DAY}T03:55:00Z", "url": "https://desert.example/1", "title": T, "body": f"{A}\n\n{B}", "source": {"uri": "desert.example", "title": "Desert Post"}, "authors": [{"uri": "a@d", "name": "Ali Dirko"}]}, {"uri": "2", "date": OTHER_DAY, "url": "https://faya.example/2", "title": OTHER_T, "body": OTHER, "source": {"uri": "faya.example", "title": "The Faya Mail"}, "authors": []}]}}  # fmt: skip
case("answer of Event Registry", ("e.json", json.dumps(REGISTRY)), [{"has": [A, B], "title": T, "day": DAY, "outlet": "Desert Post", "author": "Ali Dirko"}, {"has": [OTHER], "outlet": "The Faya Mail", "author": None}])  # fmt: skip

# --- pages --------------------------------------------------------------------------------------------------------


def page(body: str, title: str = T, head: str = "") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'  # fmt: skip


PAID = "<p>We and our 90 partners store and access information on a device, such as cookies.</p><p>Pure subscription for 3 € a month: without tracking and ads.</p><button>Accept and continue</button>"  # fmt: skip
case("page with a wall of paying or consenting", ("w.html", page(f"<div><h1>Desert Post with advertising or pure subscription</h1>{PAID}</div>", "Consent required")), [], fails=("only what its site says",))  # fmt: skip
case("page with a wall of paying and nothing beside", ("w.html", page("<h1>Choose</h1><p>Accept or pay: read on without ads and tracking for 4 € a month.</p><p>Privacy policy | Imprint</p>", "Choose")), [], fails=("only what its site says",))  # fmt: skip
case("page that asks for a log-in", ("f.html", page('<div><h1>Log into Facebook</h1><form><input name="email"><input name="pass"></form><a href="/r">Forgotten account?</a><a href="/n">Create new account</a></div>', "Log into Facebook")), [], fails=("no report|only what its site says|no article",))  # fmt: skip
case("page on those who pay or consent", ("a.html", page(f"<article><h1>{T}</h1><p>{A}</p><p>{B}</p><p>{C}</p><p>Publishers that let readers pay or consent were fined on Monday.</p></article>")), [{"has": [A, B, C, "fined on Monday"]}])  # fmt: skip


def update(title: str, when: str, words: str) -> dict[str, str]:
    return {"@type": "BlogPosting", "headline": title, "datePublished": when, "articleBody": words}


def entry(title: str, words: str) -> str:
    return f'<div class="card"><div class="ago">9m ago</div><h2>{title}</h2><p>{words}</p><button>Share</button></div>'


BLOG = json.dumps({"@type": "LiveBlogPosting", "headline": "Wells live", "datePublished": f"{DAY}T05:00:00Z", "liveBlogUpdate": [update(T, f"{DAY}T14:30:00Z", A), update("Two taken", f"{DAY}T05:10:00Z", B)]})  # fmt: skip
LIVE = f'<script type="application/ld+json">{BLOG}</script>'
case("live blog that shows more than it describes", ("l.html", page(f'<main><h1>Wells live</h1><div>{entry(T, A)}{entry(OTHER_T, OTHER)}{entry("Two taken", B)}</div><aside><h3>Most read</h3><ul><li>Quake kills 5</li></ul></aside></main>', "Wells live", LIVE)), [{"has": [A, OTHER_T, OTHER, B], "no": ["Quake", "Share"], "day": DAY}])  # fmt: skip
case("live blog that describes more than it shows", ("l.html", page(f'<main><h1>Wells live</h1><div>{entry(T, A)}</div></main>', "Wells live", LIVE)), [{"has": [A, B], "day": DAY}])  # fmt: skip


def event(number: int, title: str, place: str) -> str:
    return f'<div data-id="{number}" class="event cat1"><div class="time top-info"><span class="date_add">4 hour ago</span><a class="comment-link" href="#">{place}</a></div><div class="title">{title}</div><a class="tweet">Tweet</a></div>'  # fmt: skip


case("page of a map of events", ("m.html", page(f'<ul><li>Languages</li><li>Pricing</li></ul><div id="feedler">{event(1, A, "Tamgak")}{event(2, OTHER, "Faya")}</div><div>Upgrade to Pro</div>', "Map")), [{"text": f"{A} Tamgak", "day": None}, {"text": f"{OTHER} Faya"}], left=("when each event happened",))  # fmt: skip
SKIP = "<p>Desert Post is not responsible for the content of external sites. Skip twitter post by Ali. Allow Twitter content?</p>"  # fmt: skip
case("page whose posts ask to be allowed", ("t.html", page(f"<article><h1>{T}</h1><div data-component=\"byline-block\">Ali Dirko, Sahel correspondent</div><p>{A}</p>{SKIP}<p>{B}</p><p>{C}</p></article>")), [{"has": [A, B, C], "no": ["Allow Twitter", "correspondent"], "author": "Ali Dirko"}])  # fmt: skip
case("page with a title after a name in its text", ("t.html", page(f"<article><h1>{T}</h1><p>{A}</p><p>{B}</p><p>{C}</p><p>Zara Oumar, Sahel editor</p></article>")), [{"has": [A, B, C], "author": None}])  # fmt: skip

# --- notes and feeds ----------------------------------------------------------------------------------------------

OBSIDIAN = f'---\ntitle: "{T}"\ndate: {DAY}\nsource: "[[Desert Post]]"\nauthor: Ali Dirko\n---\n# {T}\n\n> [!warning] Not confirmed\n> {C}\n\n{A} See [[Tamgak, the wells|Tamgak]] and [[Faya]]. ![[IMG_1.jpg]] ^b1\n\n- [x] checked\n\n%% private: call Zara %%\n\n```dataview\nTABLE date FROM #raid\n```\n'  # fmt: skip
case("note of Obsidian", ("o.md", OBSIDIAN), [{"has": [C, A, "See Tamgak and Faya", "checked"], "no": ["[[", "]]", "[!", "[x]", "IMG_1", "private", "TABLE", "^b1"], "outlet": "Desert Post", "author": "Ali Dirko", "day": DAY}], left=("1 query left out.*1 comment left out.*1 note or picture",))  # fmt: skip
case("note of Obsidian with fields in its text", ("o.md", f"# {T}\n\nsource:: [[Desert Post]]\ndate:: {DAY}\n\n{A}\n"), [{"text": f"{T} {A}", "outlet": "Desert Post", "day": DAY}])  # fmt: skip
case("note of percentages", ("o.md", f"# {T}\n\nUp to 5%% and 6%% of it. {A}\n"), [{"has": ["5%% and 6%% of it", A]}])
NOTION_PAGE = f"# {T}\n\nCreated: May 13, 2026 10:11 AM\nDate: May 12, 2026\nSource: Desert Post\nStatus: Verified\nURL: https://desert.example/1\n\n{A}\n\n<aside>\n💡 Second source needed\n\n</aside>\n\n[Witness](Witness%20aa.md)\n"  # fmt: skip
case("page of Notion", ("n.md", NOTION_PAGE), [{"has": [T, A], "no": ["aside", "%20", "Status", "URL"], "day": DAY, "outlet": "Desert Post", "url": "https://desert.example/1"}], left=("properties of the page: Created.*Status",))  # fmt: skip
case("page of Notion with two properties", ("n.md", f"# {T}\n\nDate: May 12, 2026\nTags: raid\n\n{A}\n"), [{"text": f"{T} {A}", "day": DAY}])  # fmt: skip
case("Markdown with a colon in its first lines", ("n.md", f"# {T}\n\nUpdate: {A}\nElders: {B}\n"), [{"has": [T, A, B]}])
ATOM = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wells Notes</title><id>x</id><updated>{DAY}T12:00:00Z</updated><author><name>Team of the Wells</name></author><entry><title>{T}</title><id>1</id><published>{DAY}T08:00:00Z</published><author><name>Ali Dirko</name></author><content type="html">&lt;p&gt;{A}&lt;/p&gt;</content></entry><entry><title>{OTHER_T}</title><id>2</id><updated>{OTHER_DAY}T00:00:00Z</updated><summary>{OTHER}</summary></entry></feed>'  # fmt: skip
case("feed in Atom with an author of its own", ("f.xml", ATOM), [{"has": [A], "author": "Ali Dirko"}, {"has": [OTHER], "author": "Team of the Wells"}])  # fmt: skip
case("feed in Atom whose author is its title", ("f.xml", ATOM.replace("Team of the Wells", "Wells Notes")), [{"author": "Ali Dirko"}, {"author": None}])  # fmt: skip

# --- printed documents and their days -----------------------------------------------------------------------------

FIRST = ("Raiders on motorcycles shot five herders dead at the wells of Tamgak on", "Friday, a village elder said. The army said that it had followed them for", "a night and had taken two of them alive.")  # fmt: skip
PAPER = at(60, 800, "THE WELLS MONITOR", 14) + at(420, 800, "Tuesday, May 12, 2026", 10) + at(60, 765, T, 18)
case("paper with its day beside its name", ("p.pdf", drawn_pdf(PAPER + drawn_lines("By Ali Dirko", "", *FIRST, y=740))), [{"has": [A], "title": T, "day": DAY, "outlet": "The Wells Monitor", "author": "Ali Dirko"}])  # fmt: skip
LETTER = at(60, 800, "MINISTRY OF WATER") + at(60, 770, "Ref. No. MW/7/2026 Vol. III") + at(420, 770, "12th May, 2026") + at(60, 740, "RE: RAID AT THE WELLS OF TAMGAK")  # fmt: skip
case("letter with its day beside its number", ("p.pdf", drawn_pdf(LETTER + drawn_lines(*FIRST, y=710))), [{"has": [A], "title": "RAID AT THE WELLS OF TAMGAK", "day": DAY}])  # fmt: skip
BULLETS = ("- More than 800 people fled the wells of Tamgak on Friday.", "- At least 46 herders and companions were reportedly killed at the", "Clinic of the Wells on 12 May, the nurse said.", "- Five volunteers were killed near Faya on 11 May.", "- A mine tore apart a bus near Faya on 11 May, the police said.")  # fmt: skip
FIGURES = ("KEY FIGURES", "8.8K", "people displaced", "26K", "people still there")
BOXED = at(60, 800, "CHAD", 14) + at(60, 775, "Flash Update No. 7 - Raid at the wells", 14) + at(60, 755, "As of 12 May 2026") + at(60, 735, "This report is produced by OCHA in collaboration with others.")  # fmt: skip
case("update with a box of key figures", ("p.pdf", drawn_pdf(BOXED + drawn_lines(*BULLETS, y=700, size=10) + drawn_lines(*FIGURES, x=440, y=700, size=10))), [{"has": ["reportedly killed at the Clinic of the Wells on 12 May", "KEY FIGURES", "26K"], "day": DAY, "title": "Flash Update No. 7 - Raid at the wells", "outlet": "OCHA"}])  # fmt: skip
ROWS = "".join(at(60, 700 - 14 * n, f"Shelling near the wells {n}") + at(300, 700 - 14 * n, "a herder") + at(420, 700 - 14 * n, f"{n + 3} May 2026") for n in range(2))  # fmt: skip
case("document with rows that have days", ("p.pdf", drawn_pdf(at(60, 800, T, 16) + drawn_lines(*FIRST, y=770) + ROWS)), [{"has": [A, "Shelling near the wells 1 a herder 4 May 2026"], "title": T}])  # fmt: skip
case("text in capitals with a day below", ("a.txt", f"FIVE HERDERS SHOT\n\n12 May 2026\n\n{A}\n\n{B}\n"), [{"title": "FIVE HERDERS SHOT", "day": DAY}])  # fmt: skip
URDU = "بلوچستان کے ضلع ژوب میں مسلح افراد نے مسافر بس سے نو افراد کو اتار کر قتل کر دیا، حکام نے جمعے کو بتایا۔"
for what, line in {"in Urdu": "12 مئی 2026", "in Urdu with a comma": "12 مئی، 2026", "in Arabic figures": "١٢ مايو ٢٠٢٦"}.items():  # fmt: skip
    case(f"day {what}", ("a.txt", f"کوئٹہ: بس پر حملہ\n\n{line}\n\n{URDU}\n"), [{"day": DAY}])
ONCE = "Once personas murieron en enfrentamientos en la zona rural de Calamar, dijo el alcalde."
for what, line in {"a town of several words": "San José del Guaviare, 12 de mayo de 2026", "a town and its state": "Khartoum, Sudan, 12 May 2026", "a town in Arabic": "الخرطوم، 12 مايو 2026", "a port": "Puerto de la Cruz, 12 de mayo de 2026"}.items():  # fmt: skip
    case(f"day below the name of {what}", ("a.txt", f"Comunicado\n\n{line}\n\n{ONCE}\n"), [{"day": DAY}])
case("day in a headline", ("a.txt", f"What came of the attack in Faya, on 12 May 2026\n\n{A}\n"), [{"day": None}])
case("list of links with notes on them", ("l.csv", f"Title,Date,Notes,URL\n{T},{DAY},check again,https://desert.example/1\n{OTHER_T},{OTHER_DAY},paywall,https://faya.example/2\n"), [], fails=("desert.example/1.*offline.*faya.example/2.*offline",))  # fmt: skip
case("text with a foot like a head", ("a.txt", f"{ONE}\nSource: The Faya Mail\nTelephone: 22 55 01\n\n{C}\n"), [{"has": [A, B, C], "outlet": "Desert Post"}])  # fmt: skip
case("mail passed on below a figure of its own", ("m.eml", eml(f"Fwd: {T}", f"Please note that the clinic in Faya told us this morning of 12 wounded, not 11.\n\n{passed_on(A, B)}")), [{"has": ["12 wounded"]}, FORWARDED])  # fmt: skip
case("form without a text and with a question of two lines", ("f.csv", form("Timestamp", "Mail", "How\nmany?", "How many people were killed?", "Name").replace(A, "5").replace(B, "").replace(OTHER, "6")), [], fails=("without a column for text",))  # fmt: skip
