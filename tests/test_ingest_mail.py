"""Mail: every text part in order, what is quoted left out, mails in mails as reports of their own."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

import inputs
from drawn import lines, pdf
from standoff.ingest import reader
from standoff.ingest.capture import Capture, Failed, Options, now
from standoff.model import Document

HEAD = "From: Field Desk <desk@example.org>\r\nTo: list@example.net\r\nDate: Tue, 10 Mar 2026 11:00:00 +0000\r\n"
OWN = "Mali's army said on Monday that its drones had killed 14 rebels near Kidal."
OLD = "Niger's army said that 31 soldiers had been killed in Tillaberi on Sunday."
OLDER = "Burkina Faso's junta said 50 civilians were killed in Djibo on Friday."


def mail(body: str, subject: str = "Kidal", kind: str = "text/plain; charset=utf-8", head: str = HEAD) -> bytes:
    whole = f"{head}Subject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n{body}"
    return whole.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def parts(*told: str, kind: str = "mixed", subject: str = "Kidal") -> bytes:
    body = "".join(f"--B\r\n{part}\r\n" for part in told) + "--B--\r\n"
    return mail(body, subject, f'multipart/{kind}; boundary="B"')


def plain(words: str) -> str:
    return f"Content-Type: text/plain; charset=utf-8\r\n\r\n{words}"


def markup(words: str) -> str:
    return f"Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>{words}</p></body></html>"


def found(data: bytes) -> list[Document | Failed]:
    return [
        one
        for one in reader.read(Capture("m.eml", "m.eml", data, now()), Options())
        if isinstance(one, Document | Failed)
    ]


def read(data: bytes) -> list[Document]:
    documents = found(data)
    assert all(isinstance(one, Document) for one in documents), documents
    return [one for one in documents if isinstance(one, Document)]


def only(data: bytes) -> Document:
    (document,) = read(data)
    return document


def left(document: Document) -> tuple[str, ...]:
    assert document.provenance is not None
    return document.provenance.left


PICTURE = "Content-Type: image/jpeg; name=a.jpg\r\nContent-Disposition: attachment; filename=a.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n/9j/4AAQ"
IN_ORDER = [
    parts(plain(OWN), markup(OLD), plain(OLDER)),
    parts(markup(OWN), plain(OLD), markup(OLDER)),
    parts(plain(OWN), PICTURE, plain(OLD), plain(OLDER)),
    parts(plain(OWN), f'Content-Type: multipart/alternative; boundary="A"\r\n\r\n--A\r\n{plain(OLD)}\r\n--A\r\n{markup("not this")}\r\n--A--', plain(OLDER)),
    parts(f'Content-Type: multipart/related; boundary="R"\r\n\r\n--R\r\n{markup(OWN)}\r\n--R\r\n{PICTURE}\r\n--R--', plain(OLD), markup(OLDER)),
]  # fmt: skip


@pytest.mark.parametrize("data", IN_ORDER, ids=range(len(IN_ORDER)))
def test_every_text_part_is_read_in_its_order(data: bytes) -> None:
    assert only(data).text == f"Kidal\n\n{OWN}\n\n{OLD}\n\n{OLDER}"


def test_of_two_forms_of_one_text_one_is_read() -> None:
    assert only(parts(plain(OWN), markup(OWN), kind="alternative")).text == f"Kidal\n\n{OWN}"


def test_a_plain_part_that_only_points_to_the_other_is_passed_over() -> None:
    data = parts(plain("Your program shows no HTML. View in your browser."), markup(f"{OWN}</p><p>{OLD}</p><p>{OLDER}"), kind="alternative")  # fmt: skip
    assert OWN in only(data).text
    assert "browser" not in only(data).text


REPLIES = {
    "quoted lines": f"{OWN}\n\nOn Mon, 2 Feb 2026 at 10:00, B <b@example.org> wrote:\n> {OLD}\n>\n> On Sun, 4 Jan 2026, A wrote:\n>> {OLDER}\n",
    "a line over two": f"{OWN}\n\nOn Mon, 2 Feb 2026 at 10:00, Some Very Long Name Of Somebody <b@example.org>\nwrote:\n\n> {OLD}\n> {OLDER}\n",
    "Outlook": f"{OWN}\n\n-----Original Message-----\nFrom: B <b@example.org>\nSent: Monday, February 2, 2026 10:00 AM\nTo: A\nSubject: Niger\n\n{OLD}\n{OLDER}\n",
    "Outlook without a rule": f"{OWN}\n\nFrom: B <b@example.org>\nSent: Monday, February 2, 2026 10:00 AM\nTo: A\nSubject: Niger\n\n{OLD}\n{OLDER}\n",
    "Apple": f"{OWN}\n\n> On 2 Feb 2026, at 10:00, B <b@example.org> wrote:\n> \n> {OLD}\n> {OLDER}\n",
    "German": f"{OWN}\n\nAm Mo., 2. Feb. 2026 um 10:00 Uhr schrieb B <b@example.org>:\n\n> {OLD}\n> {OLDER}\n",
    "French": f"{OWN}\n\nLe lun. 2 févr. 2026 à 10:00, B <b@example.org> a écrit :\n\n> {OLD}\n> {OLDER}\n",
    "answers between": f"> {OLD}\n\n{OWN}\n\n> {OLDER}\n",
    "a signature": f"{OWN}\n\n-- \nB, Example Institute\nIsrael office\n",
}


@pytest.mark.parametrize("kind", REPLIES)
def test_what_a_mail_quotes_is_not_its_own(kind: str) -> None:
    document = only(mail(REPLIES[kind], "Re: Kidal"))
    assert document.text == f"Re: Kidal\n\n{OWN}"
    assert left(document)


def test_what_a_mail_in_html_quotes_is_not_its_own() -> None:
    body = (
        f'<html><body><div>{OWN}</div><br><div class="gmail_quote"><div class="gmail_attr">On Mon, 2 Feb 2026 at 10:00, '
        f'B &lt;b@example.org&gt; wrote:<br></div><blockquote class="gmail_quote"><div>{OLD}</div></blockquote></div></body></html>'
    )
    document = only(mail(body, "Re: Kidal", "text/html; charset=utf-8"))
    assert document.text == f"Re: Kidal\n\n{OWN}"
    assert left(document) == ("a quoted mail of 2026-02-02 left out",)


FORWARDS = {
    "Gmail": f"For you.\n\n---------- Forwarded message ---------\nFrom: Niamey Desk <b@example.org>\nDate: Mon, Feb 2, 2026 at 10:00 AM\nSubject: Tillaberi\nTo: <a@example.org>\n\n{OLD}\n",
    "Apple": f"For you.\n\nBegin forwarded message:\n\n> From: Niamey Desk <b@example.org>\n> Subject: Tillaberi\n> Date: 2 February 2026 at 10:00:00 GMT\n> To: a@example.org\n> \n> {OLD}\n",
    "Outlook": f"For you.\n\n-----Original Message-----\nFrom: Niamey Desk <b@example.org>\nSent: Monday, February 2, 2026 10:00 AM\nTo: A\nSubject: Tillaberi\n\n{OLD}\n",
    "nothing of its own": f"---------- Forwarded message ---------\nFrom: Niamey Desk <b@example.org>\nDate: Mon, Feb 2, 2026 at 10:00 AM\nSubject: Tillaberi\nTo: <a@example.org>\n\n{OLD}\n",
}


@pytest.mark.parametrize("kind", FORWARDS)
def test_a_mail_that_is_passed_on_is_a_report_of_its_own_day(kind: str) -> None:
    documents = read(mail(FORWARDS[kind], "Fwd: Tillaberi"))
    passed_on = documents[-1]
    assert passed_on.text == f"Tillaberi\n\n{OLD}"
    assert (passed_on.published, passed_on.outlet) == (date(2026, 2, 2), "Niamey Desk")
    assert all(OLD not in document.text for document in documents[:-1])


INNER = mail(
    OLD, "Tillaberi", head="From: Niamey Desk <b@example.org>\r\nDate: Mon, 02 Feb 2026 10:00:00 +0000\r\n"
).decode()
OTHER = mail(
    OLDER, "Djibo", head="From: Ouaga Desk <c@example.org>\r\nDate: Sun, 04 Jan 2026 10:00:00 +0000\r\n"
).decode()
SEVERAL = {
    "attached mails": parts(plain(OWN), f"Content-Type: message/rfc822\r\n\r\n{INNER}", f"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n{OTHER}"),
    "a digest": parts(plain(OWN), f'Content-Type: multipart/digest; boundary="D"\r\n\r\n--D\r\n\r\n{INNER}\r\n--D\r\n\r\n{OTHER}\r\n--D--'),
    "an attachment called a mail": parts(plain(OWN), f"Content-Type: application/octet-stream; name=a.eml\r\nContent-Disposition: attachment; filename=a.eml\r\n\r\n{INNER}", f"Content-Type: message/rfc822\r\n\r\n{OTHER}"),
    "a mailbox": b"".join(b"From x@example.org Mon Feb  2 10:00:00 2026\n" + one.replace(b"\r\n", b"\n") + b"\n\n" for one in (mail(OWN), INNER.encode(), OTHER.encode())),
}  # fmt: skip


@pytest.mark.parametrize("kind", SEVERAL)
def test_mails_in_a_mail_are_reports_of_their_own(kind: str) -> None:
    documents = read(SEVERAL[kind])
    assert [(d.text.rpartition("\n\n")[2], d.published, d.outlet) for d in documents] == [
        (OWN, date(2026, 3, 10), "Field Desk"),
        (OLD, date(2026, 2, 2), "Niamey Desk"),
        (OLDER, date(2026, 1, 4), "Ouaga Desk"),
    ]


def test_a_digest_in_plain_text_is_as_many_reports() -> None:
    rule = "-" * 30
    body = (
        f"Today's topics:\n\n   1. Tillaberi (B)\n   2. Djibo (C)\n\n{'-' * 70}\n\n"
        f"Date: Mon, 02 Feb 2026 10:00:00 +0000\nFrom: Niamey Desk <b@example.org>\nSubject: Tillaberi\n\n{OLD}\n\n{rule}\n\n"
        f"Date: Sun, 04 Jan 2026 10:00:00 +0000\nFrom: Ouaga Desk <c@example.org>\nSubject: Djibo\n\n{OLDER}\n\n{rule}\n\nEnd of Digest\n"
    )
    documents = read(mail(body, "Sahel Digest, Vol 3"))
    assert [(d.title, d.published) for d in documents] == [("Tillaberi", date(2026, 2, 2)), ("Djibo", date(2026, 1, 4))]
    assert all("topics" not in d.text and "End of" not in d.text for d in documents)


RICH = [
    ("application/rtf", "RTF"),
    ("text/rtf", "RTF"),
    ("application/ms-tnef", "TNEF"),
    ("application/pkcs7-mime", "an encrypted form"),
]


@pytest.mark.parametrize(("kind", "named"), RICH)
def test_a_body_in_another_form_is_refused_by_its_name(kind: str, named: str) -> None:
    body = f'Content-Type: {kind}; name="body"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\ne1xydGYxXGFuc2kgVGhhaX0='
    data = b"Status: RO\r\n" + parts(body)
    (failed,) = found(data)
    assert isinstance(failed, Failed)
    assert f"an e-mail whose body is in {named}" in str(failed.error)
    beside = only(b"Status: RO\r\n" + parts(plain(OWN), body))
    assert OWN in beside.text
    assert any(named in one for one in left(beside))


@pytest.mark.parametrize("first", ["Status: RO", "X-Mozilla-Status: 0001", "Envelope-to: a@example.org", "References: <a@b>", "Sender: a@example.org"])  # fmt: skip
def test_a_mail_may_begin_with_any_field(first: str) -> None:
    assert only(first.encode() + b"\r\n" + mail(OWN)).text == f"Kidal\n\n{OWN}"


def test_what_is_attached_is_read_or_told() -> None:
    import base64

    attached = base64.encodebytes(pdf(lines(OLD))).decode()
    report = f"Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=statement.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n{attached}"
    calendar = "Content-Type: text/calendar; name=a.ics\r\nContent-Disposition: attachment; filename=a.ics\r\n\r\nBEGIN:VCALENDAR"
    first, second = read(parts(plain(OWN), report, PICTURE, calendar))
    assert left(first) == ("2 attachments left out: a.jpg, a.ics",)
    assert second.text == OLD


FLOWED = [
    ("Mali's army said that its drones had killed 14 rebels near \nKidal. The rebels put it at two.", "near Kidal. The"),
    ("Mali's army said that its drones \nhad killed 14 rebels \nnear Kidal.\n\nThe rebels denied it.", "drones had killed 14 rebels near Kidal.\n\nThe"),
    (" From Kidal the army \nreported two dead.", "From Kidal the army reported two dead."),
    ("> quoted words that \n> go on here\n\nThe army said it had lost \ntwo men.", "lost two men."),
]  # fmt: skip


@pytest.mark.parametrize(("body", "wanted"), FLOWED, ids=range(len(FLOWED)))
def test_flowed_lines_go_on(body: str, wanted: str) -> None:
    text = only(mail(body, kind="text/plain; charset=utf-8; format=flowed")).text
    assert wanted in text
    assert "quoted" not in text


@pytest.mark.parametrize(
    ("charset", "declared"), [("cp1252", "iso-8859-1"), ("cp1252", "utf-8"), ("cp1252", ""), ("koi8-r", "koi8-r")]
)
def test_encodings_of_mail(charset: str, declared: str) -> None:
    words = (
        "The army’s spokesman said Peña had fallen." if charset == "cp1252" else "The army said Киев had not fallen."
    )
    kind = f"text/plain; charset={declared}" if declared else "text/plain"
    head, _, _ = mail("x", kind=kind).rpartition(b"x")
    document = only(head + words.encode(charset))
    assert words in document.text
    assert document.provenance is not None
    assert document.provenance.encoding == charset


def saved(head: str) -> bytes:
    page = inputs.page().decode()
    return (
        f"{head}MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"M\"\r\n\r\n--M\r\n"
        f"Content-Type: text/html; charset=utf-8\r\nContent-Location: {inputs.URL}\r\n\r\n{page}\r\n--M\r\n"
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://www.example.org/a.png\r\n\r\niVBORw0K\r\n--M--\r\n"
    ).encode()  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {inputs.URL}\r\nSubject: x\r\nDate: Tue, 10 Mar 2026 11:00:00 +0000\r\n",
        "From: <Saved by WebKit>\r\nSubject: x\r\nDate: Tue, 10 Mar 2026 11:00:00 +0000\r\n",
        'From: "Saved by Windows Internet Explorer 11"\r\nSubject: x\r\nDate: Tue, 10 Mar 2026 11:00:00 +0000\r\n',
        "",
    ],
    ids=["Chrome", "WebKit", "Internet Explorer", "no head"],
)
def test_a_page_saved_as_one_file_is_the_page_of_its_own_day(head: str) -> None:
    document = only(saved(head))
    assert (document.title, str(document.published), document.url) == (inputs.TITLE, inputs.DAY, inputs.URL)
    assert document.text == inputs.WHOLE


def office(kind: str, body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if kind == "docx":
            archive.writestr(
                "[Content_Types].xml",
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            )
            archive.writestr(
                "_rels/.rels",
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
            )
            archive.writestr(
                "word/document.xml",
                f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
            )
            archive.writestr(
                "docProps/core.xml",
                '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/"><dc:creator>Ministry of Defence</dc:creator><t:created>2026-03-10T08:00:00Z</t:created></c:coreProperties>',
            )
        else:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr(
                "META-INF/manifest.xml",
                '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/><m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
            )
            archive.writestr(
                "content.xml",
                f'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>{body}</office:text></office:body></office:document-content>',
            )
            archive.writestr(
                "meta.xml",
                '<o:document-meta xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:m="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><o:meta><m:initial-creator>Ministry of Defence</m:initial-creator><m:creation-date>2026-03-10T08:00:00</m:creation-date></o:meta></o:document-meta>',
            )
    return out.getvalue()  # fmt: skip


def w(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def t(words: str) -> str:
    return f"<text:p>{words}</text:p>"


ROW = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
OFFICE = {
    "docx": ("docx", w(OWN) + w(OLD), [OWN, OLD], ()),
    "inserted and struck out": ("docx", '<w:p><w:r><w:t>The army killed </w:t></w:r><w:del w:id="1"><w:r><w:delText>40</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>14</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> rebels near Kidal.</w:t></w:r></w:p>', ["The army killed 14 rebels near Kidal."], ("tracked changes: read as if all were accepted, without what they delete",)),
    "a table": ("docx", w(OWN) + "<w:tbl>" + ROW.format(w("Place"), w("Killed")) + ROW.format(w("Nyala"), w("14")) + "</w:tbl>", [OWN], ("a table of 2 rows left out: Place, Killed",)),
    "odt": ("odt", t(OWN) + t(OLD), [OWN, OLD], ()),
    "odt with a table": ("odt", t(OWN) + f"<table:table><table:table-row><table:table-cell>{t('Place')}</table:table-cell><table:table-cell>{t('Killed')}</table:table-cell></table:table-row><table:table-row><table:table-cell>{t('Nyala')}</table:table-cell><table:table-cell>{t('14')}</table:table-cell></table:table-row></table:table>", [OWN], ("a table of 2 rows left out: Place, Killed",)),
    "odt with a note": ("odt", t('The army killed 14<text:note text:note-class="footnote"><text:note-citation>3</text:note-citation><text:note-body><text:p>900 in Chad.</text:p></text:note-body></text:note> rebels.'), ["The army killed 14 rebels."], ("1 note left out",)),
    "odt with spaces": ("odt", t('The army<text:s/>killed<text:tab/>14 <text:span>rebels</text:span>.'), ["The army killed 14 rebels."], ()),
}  # fmt: skip


@pytest.mark.parametrize("name", OFFICE)
def test_documents_of_word_processors(name: str) -> None:
    kind, body, wanted, told = OFFICE[name]
    document = only(office(kind, body))
    assert document.text == "\n\n".join(wanted)
    assert (document.author, document.published) == ("Ministry of Defence", date(2026, 3, 10))
    # A file may be made long before its report, or after it: a guess, and marked as one.
    assert document.provenance is not None
    assert document.provenance.date_method == "file made"
    assert left(document) == (
        *told,
        "its day of publication, which it does not name: the file was made on 10 March 2026",
    )


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_broken_document_is_named(kind: str) -> None:
    (failed,) = found(office(kind, "<broken"))
    assert isinstance(failed, Failed)
    assert f"a broken {kind.upper()}" in str(failed.error)
