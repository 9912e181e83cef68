"""A third round of mails and texts: 14 of the first 62 were read wrongly before what they had shown was mended."""

from __future__ import annotations

import base64
import email.message
import email.mime.application
import email.mime.image
import email.mime.message
import email.mime.multipart
import email.mime.text
import quopri

from made import Cases

cases = Cases()
case = cases.add

A = "Myanmar’s army said on Tuesday that its jets had struck a camp of the Arakan Army near Sittwe, killing 22 fighters."
B = "The Arakan Army said that the bombs had fallen on a school and that 17 villagers, six of them children, had died."
C = "A nurse at the clinic of the town, who asked not to be named, said that 31 wounded people had been carried in by noon."
D = "The United Nations called on all sides to spare civilians and to open the road to the port of the town."
S = (A, B, C, D)
P = "".join(f"<p>{t}</p>" for t in S)
T = "Jets strike near Sittwe"
X = "Peru’s president said that 300 people had been killed by an earthquake in Chile."
OLD = "Ethiopia’s army said that it had killed 90 rebels near Lalibela in January."
HEAD = "From: Field Desk <desk@example.org>\nTo: list@example.org\nSubject: Sittwe\nDate: Tue, 10 Mar 2026 18:00:00 +0000\nMIME-Version: 1.0\n"


def plain(body: str, subject: str = "Sittwe", extra: str = "") -> str:
    return HEAD.replace("Subject: Sittwe", f"Subject: {subject}") + extra + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + body  # fmt: skip


def whole(part: email.message.Message, subject: str = "Sittwe") -> bytes:
    for name, value in (("From", "Field Desk <desk@example.org>"), ("To", "list@example.org"), ("Subject", subject), ("Date", "Tue, 10 Mar 2026 18:00:00 +0000")):  # fmt: skip
        part[name] = value
    return part.as_bytes()


text = email.mime.text.MIMEText


def multi(kind: str, *parts: email.message.Message) -> email.mime.multipart.MIMEMultipart:
    out = email.mime.multipart.MIMEMultipart(kind)
    for part in parts:
        out.attach(part)
    return out


def picture(name: str = "map.png") -> email.message.Message:
    out = email.mime.image.MIMEImage(b"\x89PNG\r\n\x1a\n0000", "png")
    out["Content-ID"] = "<map>"
    out.add_header("Content-Disposition", "inline", filename=name)
    return out


def attached(data: bytes, name: str) -> email.message.Message:
    out = email.mime.application.MIMEApplication(data)
    out.add_header("Content-Disposition", "attachment", filename=name)
    return out


def inner(subject: str, words: str, day: str = "Sun, 08 Mar 2026 08:00:00 +0000") -> email.mime.message.MIMEMessage:
    one = text(words, "plain", "utf-8")
    for name, value in (("From", "Other Desk <other@example.org>"), ("Subject", subject), ("Date", day)):
        one[name] = value
    return email.mime.message.MIMEMessage(one)


DAY = "2026-03-10"

# --- mail ---------------------------------------------------------------------------------------------------------

case(
    "mail related alternative with inline picture",
    (
        "a.eml",
        whole(
            multi(
                "mixed",
                multi(
                    "related",
                    multi(
                        "alternative",
                        text("\n\n".join(S), "plain", "utf-8"),
                        text(f"<html><body>{P}<img src='cid:map'></body></html>", "html", "utf-8"),
                    ),
                    picture(),
                ),
                attached(b"\x00\x01binary", "annex.xls"),
            )
        ),
    ),
    [{"has": S, "day": DAY}],
    left=["annex.xls"],
)
case(
    "mail related html first",
    ("a.eml", whole(multi("related", text(f"<html><body>{P}</body></html>", "html", "utf-8"), picture()))),
    [{"has": S, "day": DAY, "no": ["cid:"]}],
)
case(
    "mail digest in digest",
    (
        "a.eml",
        whole(
            multi(
                "mixed",
                text("Today's mails of the list are below.", "plain", "utf-8"),
                multi(
                    "digest",
                    inner("One", A),
                    inner("Two", B, "Mon, 09 Mar 2026 08:00:00 +0000"),
                    email.mime.message.MIMEMessage(
                        multi("digest", inner("Three", C, "Sat, 07 Mar 2026 08:00:00 +0000"))
                    ),
                ),
            )
        ),
    ),
    [
        {"has": [A], "day": "2026-03-08", "title": "One", "no": [B]},
        {"has": [B], "day": "2026-03-09", "title": "Two"},
        {"has": [C], "day": "2026-03-07", "title": "Three"},
    ],
)
case(
    "mbox from quoted",
    (
        "a.mbox",
        "From desk@example.org Tue Mar 10 18:00:00 2026\n"
        + plain(f"{A}\n\n>From the town a second report came: {B}\n")
        + "\nFrom other@example.org Wed Mar 11 18:00:00 2026\n"
        + plain(f"{C}\n\n>>From Sittwe, by phone.\n", "Second").replace("10 Mar", "11 Mar").replace("Tue,", "Wed,")
        + "\n",
    ),
    [
        {"has": [A, "From the town a second report came:", B], "no": [">From"], "day": DAY},
        {"has": [C], "day": "2026-03-11", "title": "Second"},
    ],
)
case(
    "mbox a line of prose that begins with From",
    (
        "a.mbox",
        "From desk@example.org Tue Mar 10 18:00:00 2026\n"
        + plain(f"{A}\n\nFrom early 2026 on the army has bombed the port. {B}\n")
        + "\nFrom other@example.org Wed Mar 11 18:00:00 2026\n"
        + plain(C + "\n", "Second")
        + "\n",
    ),
    [{"has": [A, "From early 2026 on the army has bombed the port.", B]}, {"has": [C]}],
)
_QUOTED = {
    "de gmail": f"Am Mo., 9. März 2026 um 10:02 Uhr schrieb Other Desk <other@example.org>:\n\n> {OLD}\n",
    "de thunderbird": f"Am 09.03.26 um 10:02 schrieb Other Desk:\n> {OLD}\n",
    "de apple": f"> Am 09.03.2026 um 10:02 schrieb Other Desk <other@example.org>:\n> \n> {OLD}\n",
    "fr thunderbird": f"Le 09/03/2026 à 10:02, Other Desk a écrit :\n> {OLD}\n",
    "fr apple": f"> Le 9 mars 2026 à 10:02, Other Desk <other@example.org> a écrit :\n> \n> {OLD}\n",
    "es thunderbird": f"El 9/3/26 a las 10:02, Other Desk escribió:\n> {OLD}\n",
    "it thunderbird": f"Il 09/03/26 10:02, Other Desk ha scritto:\n> {OLD}\n",
    "pt gmail": f"Em seg., 9 de mar. de 2026 às 10:02, Other Desk <other@example.org> escreveu:\n\n> {OLD}\n",
    "nl gmail": f"Op ma 9 mrt 2026 om 10:02 schreef Other Desk <other@example.org>:\n\n> {OLD}\n",
    "pl gmail": f"pon., 9 mar 2026 o 10:02 Other Desk <other@example.org> napisał(a):\n\n> {OLD}\n",
    "sv thunderbird": f"Den 2026-03-09 kl. 10:02, skrev Other Desk:\n> {OLD}\n",
    "tr gmail": f"Other Desk <other@example.org>, 9 Mar 2026 Pzt, 10:02 tarihinde şunu yazdı:\n\n> {OLD}\n",
    "uk gmail": f"пн, 9 бер. 2026 р. о 10:02 Other Desk <other@example.org> пише:\n\n> {OLD}\n",
    "zh gmail": f"Other Desk <other@example.org> 于2026年3月9日周一 10:02写道：\n\n> {OLD}\n",
    "ar thunderbird": f"في 9/3/2026 10:02 ص، كتب Other Desk:\n> {OLD}\n",
    "mutt": f"On Mon, Mar 09, 2026 at 10:02:11AM +0000, Other Desk wrote:\n> {OLD}\n> \n> On Sun, Mar 08, 2026, X wrote:\n> > {X}\n",
    "emacs gnus": f"Other Desk <other@example.org> writes:\n\n> {OLD}\n",
    "emacs supercite": f">>>>> \"OD\" == Other Desk <other@example.org> writes:\n\n    OD> {OLD}\n",
    "pine": f"On Mon, 9 Mar 2026, Other Desk wrote:\n\n> {OLD}\n",
    "outlook en": f"-----Original Message-----\nFrom: Other Desk [mailto:other@example.org]\nSent: Monday, March 9, 2026 10:02 AM\nTo: Field Desk\nSubject: Lalibela\n\n{OLD}\n",
    "outlook en 2016": f"From: Other Desk <other@example.org>\nSent: Monday, March 9, 2026 10:02\nTo: Field Desk <desk@example.org>\nSubject: Re: Lalibela\n\n{OLD}\n",
    "outlook de": f"-----Ursprüngliche Nachricht-----\nVon: Other Desk [mailto:other@example.org]\nGesendet: Montag, 9. März 2026 10:02\nAn: Field Desk\nBetreff: Lalibela\n\n{OLD}\n",
    "outlook de bare names": f"Von: Other Desk\nGesendet: Montag, 9. März 2026 10:02\nAn: Field Desk\nBetreff: Lalibela\n\n{OLD}\n",
    "outlook fr bare names": f"De : Other Desk\nEnvoyé : lundi 9 mars 2026 10:02\nÀ : Field Desk\nObjet : Lalibela\n\n{OLD}\n",
    "outlook uk": f"Від: Other Desk <other@example.org>\nНадіслано: понеділок, 9 березня 2026 р. 10:02\nКому: Field Desk <desk@example.org>\nТема: Lalibela\n\n{OLD}\n",
    "outlook ru bare names": f"От: Other Desk\nОтправлено: 9 марта 2026 г. 10:02\nКому: Field Desk\nТема: Lalibela\n\n{OLD}\n",
    "outlook line in stars": f"________________________________\n*From:* Other Desk <other@example.org>\n*Sent:* Monday, March 9, 2026 10:02 AM\n*To:* Field Desk <desk@example.org>\n*Subject:* Lalibela\n\n{OLD}\n",
    "lotus notes": f"From:\tOther Desk/HQ/ORG\nTo:\tField Desk/HQ/ORG@ORG\nDate:\t03/09/2026 10:02 AM\nSubject:\tLalibela\n\n\n{OLD}\n",
    "bar quotes": f"Other Desk <other@example.org> wrote on 9 March 2026:\n| {OLD}\n",
}  # fmt: skip
for _name, _quote in _QUOTED.items():
    case(
        f"mail quoted {_name}",
        ("a.eml", plain(f"{A}\n\n{B}\n\n{_quote}", "Re: Lalibela")),
        [{"has": [A, B], "no": [OLD, X, "Other Desk", "schrieb", "wrote", "OD>"], "day": DAY}],
        left=["quoted"],
    )
case(
    "mail table in bars below a time stays",
    ("a.eml", plain(f"{A}\n\nLosses as of 10/03/2026 18:00:\n| killed | 22 |\n| wounded | 31 |\n\n{B}\n")),
    [{"has": [A, "Losses as of 10/03/2026 18:00:", "| killed | 22 |", "| wounded | 31 |", B], "day": DAY}],
)
case(
    "mail quoted below a line without a name leaves the text above",
    ("a.eml", plain(f"{A}\nThe rebels' answer in full:\n\n> {OLD}\n\n{B}\n", "Re: Lalibela")),
    [{"has": [A, "The rebels' answer in full:", B], "no": [OLD], "day": DAY}],
    left=["quoted"],
)
case(
    "mail html quoted gmail de",
    (
        "a.eml",
        whole(
            text(
                f'<div dir="ltr"><div>{A}</div><div>{B}</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Am Mo., 9. März 2026 um 10:02 Uhr schrieb Other Desk &lt;<a href="mailto:other@example.org">other@example.org</a>&gt;:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex"><div>{OLD}</div></blockquote></div>',
                "html",
                "utf-8",
            ),
            "Re: Lalibela",
        ),
    ),
    [{"has": [A, B], "no": [OLD, "Other Desk", "schrieb"], "day": DAY}],
    left=["quoted"],
)
case(
    "mail html quoted outlook de",
    (
        "a.eml",
        whole(
            text(
                f"<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><div class=WordSection1><p class=MsoNormal>{A}</p><p class=MsoNormal>{B}</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>Von:</b> Other Desk &lt;other@example.org&gt;<br><b>Gesendet:</b> Montag, 9. März 2026 10:02<br><b>An:</b> Field Desk &lt;desk@example.org&gt;<br><b>Betreff:</b> Lalibela</p></div></div><p class=MsoNormal>{OLD}</p></div></body></html>",
                "html",
                "utf-8",
            ),
            "AW: Lalibela",
        ),
    ),
    [{"has": [A, B], "no": [OLD, "Gesendet"], "day": DAY}],
    left=["quoted"],
)
case(
    "mail html blockquote of a source stays",
    (
        "a.eml",
        whole(
            text(
                f"<html><body><p>{A}</p><p>The statement of the rebels in full:</p><blockquote><p>{B}</p></blockquote><p>{C}</p></body></html>",
                "html",
                "utf-8",
            )
        ),
    ),
    [{"has": [A, B, C], "day": DAY}],
)
case(
    "mail flowed delsp",
    (
        "a.eml",
        HEAD
        + "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\nContent-Transfer-Encoding: 8bit\n\n"
        + "Myanmar’s army said on Tuesday that its jets had str \nuck a camp of the Arakan Army near Sittwe,  \nkilling 22 fighters.\n\nThe Arakan Army said that 17 vill \nagers had died.\n",
    ),
    [{"has": [A, "The Arakan Army said that 17 villagers had died."], "day": DAY}],
)
case(
    "mail flowed with quote",
    (
        "a.eml",
        HEAD.replace("Subject: Sittwe", "Subject: Re: Sittwe")
        + "Content-Type: text/plain; charset=utf-8; format=flowed\nContent-Transfer-Encoding: 8bit\n\n"
        + f"Myanmar’s army said on Tuesday that its jets had \nstruck a camp of the Arakan Army near Sittwe, \nkilling 22 fighters.\n\nOn 09/03/2026 10:02, Other Desk wrote:\n> Ethiopia’s army said that it had killed \n> 90 rebels near Lalibela in January.\n\n{B}\n",
    ),
    [{"has": [A, B], "no": ["Lalibela in", "90 rebels", "wrote"], "day": DAY}],
    left=["quoted"],
)
for _declared, _real in (("us-ascii", "utf-8"), ("iso-8859-1", "cp1252"), ("utf-8", "cp1252"), ("utf-8", "cp1251"), ("windows-1252", "utf-8"), ("iso-8859-1", "utf-8")):  # fmt: skip
    _words = A if _real != "cp1251" else "Российская армия заявила во вторник, что её самолёты нанесли удар по лагерю под Суджей и убили 22 бойца."  # fmt: skip
    case(
        f"mail says {_declared}, is {_real}",
        (
            "a.eml",
            HEAD.encode()
            + f"Content-Type: text/plain; charset={_declared}\nContent-Transfer-Encoding: 8bit\n\n".encode()
            + (_words + "\n").encode(_real),
        ),
        [{"has": [_words], "day": DAY}],
    )
case(
    "mail quoted-printable soft breaks in html",
    (
        "a.eml",
        HEAD.encode()
        + b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        + quopri.encodestring(f"<html><body>{P}</body></html>".encode()),
    ),
    [{"has": S, "day": DAY}],
)
case(
    "mail subject encoded words folded",
    (
        "a.eml",
        HEAD.replace(
            "Subject: Sittwe",
            "Subject: =?utf-8?B?"
            + base64.b64encode("Myanmar’s jets strike".encode()).decode()
            + "?=\n =?utf-8?Q?_near_Sittwe_=E2=80=93_22_dead?=",
        )
        + f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{A}\n",
    ),
    [{"has": [A], "title": "Myanmar’s jets strike near Sittwe – 22 dead", "day": DAY}],
)
case(
    "mail date header folded with comment and resent",
    (
        "a.eml",
        HEAD.replace(
            "Date: Tue, 10 Mar 2026 18:00:00 +0000",
            "Date: Tue, 10 Mar 2026\n 23:30:00 -0800 (PST)\nResent-Date: Fri, 13 Mar 2026 10:00:00 +0000",
        )
        + f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{A}\n",
    ),
    [{"has": [A], "day": DAY}],
)
case(
    "mail forwarded inline gmail in html",
    (
        "a.eml",
        whole(
            text(
                f'<div dir="ltr">For the file.<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <strong class="gmail_sendername" dir="auto">Other Desk</strong> <span dir="auto">&lt;<a href="mailto:other@example.org">other@example.org</a>&gt;</span><br>Date: Sun, Mar 8, 2026 at 8:00 AM<br>Subject: Sittwe shelled<br>To: Field Desk &lt;<a href="mailto:desk@example.org">desk@example.org</a>&gt;<br></div><br><br><div><p>{A}</p><p>{B}</p></div></div></div>',
                "html",
                "utf-8",
            ),
            "Fwd: Sittwe shelled",
        ),
    ),
    [{"has": [A, B], "day": "2026-03-08", "title": "Sittwe shelled"}],
)
case(
    "mail winmail only tnef kind",
    (
        "a.eml",
        HEAD
        + 'Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n\neJ8+IgAAAA==\n',
    ),
    fails=["TNEF"],
)
case(
    "mail text attached as octet stream",
    (
        "a.eml",
        whole(
            multi(
                "mixed",
                text("See the statement.", "plain", "utf-8"),
                attached("\n\n".join(S).encode(), "statement.txt"),
            )
        ),
    ),
    [{"has": S}],
)
case(
    "mail attached html page and zip",
    (
        "a.eml",
        whole(
            multi(
                "mixed",
                text("The page is attached, the pictures are in the archive.", "plain", "utf-8"),
                attached(
                    f"<!DOCTYPE html><html><head><title>{T}</title></head><body><article><h1>{T}</h1>{P}</article></body></html>".encode(),
                    "page.html",
                ),
                attached(b"PK\x03\x04pictures", "pictures.zip"),
            )
        ),
    ),
    [{"has": S}],
    left=["pictures.zip", "a covering note: “The page is attached"],
)

# --- text ---------------------------------------------------------------------------------------------------------


def wrap(words: str, width: int, first: str = "", rest: str = "") -> str:
    import textwrap

    return textwrap.fill(words, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=True)


case("wrap ragged 72 no blank between paragraphs", ("a.txt", "\n".join(wrap(t, 72, "   ") for t in S)), [{"has": S}])
case(
    "wrap markdown-free mail text with dashes", ("a.txt", "\n\n".join(wrap(t, 64, "- ", "  ") for t in S)), [{"has": S}]
)
case(
    "wrap place and day in front",
    (
        "a.txt",
        wrap(f"YANGON, March 10, 2026 (Example Wire) — {A}", 68) + "\n\n" + "\n\n".join(wrap(t, 68) for t in S[1:]),
    ),
    [{"has": [A, B, C, D], "day": DAY}],
)
case("wrap justified with double spaces", ("a.txt", "\n\n".join(wrap(t, 60).replace(" said ", "  said  ") for t in S)), [{"has": ["The Arakan Army said that the bombs had fallen on a school and that 17 villagers"]}])  # fmt: skip
case(
    "list of casualties, one a line, stays",
    (
        "a.txt",
        "Killed in Sittwe on 10 March 2026:\nMaung Aye, 34, farmer\nDaw Khin, 61, teacher\nKo Lin, 19, student\nMa Thida, 8, pupil\n",
    ),
    [{"raw": ["Maung Aye, 34, farmer\nDaw Khin, 61, teacher\n"]}],
)
case(
    "chronology, one a line, stays",
    (
        "a.txt",
        "9 March 2026: The army shelled Sittwe and killed four people.\n10 March 2026: Jets struck a camp; 22 fighters died.\n11 March 2026: The rebels denied it.\n",
    ),
    [{"raw": ["four people.\n10 March 2026: Jets struck a camp; 22 fighters died.\n11 March"]}],
)
case("text utf-16 with mark", ("a.txt", "\n\n".join(S).encode("utf-16")), [{"has": S}])
case(
    "text utf-8 marked twice",
    ("a.txt", b"\xef\xbb\xbf\xef\xbb\xbf" + "\n\n".join(S).encode()),
    [{"has": S, "no": ["\ufeff"]}],
)
case("text old mac line ends", ("a.txt", "\r\r".join(S).encode()), [{"has": S}])
case("text in cp1252 is named", ("a.txt", "\n\n".join(S).encode("cp1252")), fails=["UTF-8"])
