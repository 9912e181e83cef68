"""Mails as programs write them, each with what a careful reader gets of it."""

from __future__ import annotations

import base64

from made import Cases

cases = Cases()
case = cases.add

A = "The army of Sudan said on Monday that its drones had killed 14 fighters near El Fasher."
B = "The Rapid Support Forces denied the claim and said that nine civilians had died in the strike."
C = "A doctor at the town's hospital said that 23 wounded people had been brought in since dawn."
O1 = "Mali's army said that 31 soldiers had been killed in an ambush near Kidal on Friday."
O2 = "Niger's junta said that 50 villagers were killed in Tillaberi last week."


def eml(
    body,
    kind='text/plain; charset="utf-8"',
    subj="Update from Darfur",
    date="Tue, 10 Mar 2026 11:02:33 +0100",
    extra="",
    enc="8bit",
    frm="Field Desk <desk@example.org>",
):
    d = f"Date: {date}\n" if date else ""
    h = f"Return-Path: <desk@example.org>\nReceived: from mx.example.org (mx.example.org [203.0.113.5])\n\tby mail.example.net with ESMTPS id abc123\n\tfor <me@example.net>; Tue, 10 Mar 2026 10:02:40 +0000 (UTC)\nMIME-Version: 1.0\n{extra}From: {frm}\n{d}Message-ID: <CA+x123@mail.example.org>\nSubject: {subj}\nTo: list <list@example.net>\nContent-Type: {kind}\nContent-Transfer-Encoding: {enc}\n\n{body}"
    return h.replace("\n", "\r\n").encode()


H = 'text/html; charset="utf-8"'
W = f"Update from Darfur {A} {B}"
R = f"RE: Update from Darfur {A} {B}"
# --- Outlook desktop reply in HTML
ol = f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15 (filtered medium)"><style><!--
p.MsoNormal, li.MsoNormal {{margin:0in;font-size:11.0pt;}}
--></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026" /></xml><![endif]--></head><body lang=EN-US link="#0563C1" vlink="#954F72"><div class=WordSection1><p class=MsoNormal>{A}<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>{B}<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'><p class=MsoNormal><b>From:</b> John Smith &lt;j@example.com&gt; <br><b>Sent:</b> Friday, March 6, 2026 4:12 PM<br><b>To:</b> Field Desk &lt;desk@example.org&gt;<br><b>Subject:</b> Update from Mali<o:p></o:p></p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>{O1}<o:p></o:p></p><p class=MsoNormal>{O2}</p></div></body></html>"""
case(
    "mail outlook desktop html reply",
    ("m.eml", eml(ol, H, "RE: Update from Darfur")),
    [{"text": R, "day": "2026-03-10"}],
    left=["quoted"],
)
owa = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style type="text/css" style="display:none;"> P {{margin-top:0;margin-bottom:0;}} </style></head><body dir="ltr"><div class="elementToProof" style="font-family: Aptos">{A}</div><div class="elementToProof"><br></div><div class="elementToProof">{B}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000"><b>From:</b> John Smith &lt;j@example.com&gt;<br><b>Sent:</b> Friday, March 6, 2026 16:12<br><b>To:</b> Field Desk &lt;desk@example.org&gt;<br><b>Subject:</b> Update from Mali</font><div>&nbsp;</div></div><div>{O1}</div><div>{O2}</div></body></html>"""
case(
    "mail outlook web html reply",
    ("m.eml", eml(owa, H, "Re: Update from Darfur")),
    [{"has": [A, B], "no": [O1, O2]}],
    left=["quoted"],
)
case(
    "mail outlook web html forward",
    ("m.eml", eml(owa, H, "Fw: Update from Mali")),
    [
        {"has": [A, B], "no": [O1, O2], "day": "2026-03-10"},
        {"has": [O1, O2], "no": [A], "day": "2026-03-06", "outlet": "John Smith"},
    ],
)
case(
    "mail gmail plain reply wrapped head",
    (
        "m.eml",
        eml(
            f"{A}\n\n{B}\n\nOn Fri, Mar 6, 2026 at 4:12 PM Johnathan Maximilian Smith-Featherstone <\njohnathan.maximilian@example.com> wrote:\n\n> {O1}\n>\n> {O2}\n",
            subj="Re: Update from Darfur",
        ),
    ),
    [{"text": f"Re: Update from Darfur {A} {B}"}],
    left=["quoted"],
)
case(
    "mail gmail nnbsp time",
    (
        "m.eml",
        eml(
            f"{A}\n\n{B}\n\nOn Fri, Mar 6, 2026 at 4:12\u202fPM J Smith <j@example.com> wrote:\n\n> {O1}\n> {O2}\n",
            subj="Re: Update from Darfur",
        ),
    ),
    [{"text": f"Re: Update from Darfur {A} {B}"}],
    left=["quoted"],
)
case(
    "mail gmail forward plain",
    (
        "m.eml",
        eml(
            f"FYI\n\n---------- Forwarded message ---------\nFrom: J Smith <j@example.com>\nDate: Fri, Mar 6, 2026 at 4:12\u202fPM\nSubject: Update from Mali\nTo: Field Desk <desk@example.org>\n\n\n{O1}\n\n{O2}\n",
            subj="Fwd: Update from Mali",
        ),
    ),
    [{"has": [O1, O2], "day": "2026-03-06", "outlet": "J Smith"}],
    left=["a covering note: “FYI”"],
)
tb = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body><p>{A}</p><p>{B}<br></p><div class="moz-cite-prefix">On 3/6/26 16:12, J Smith wrote:<br></div><blockquote type="cite" cite="mid:abc@example.com"><p>{O1}</p><p>{O2}</p></blockquote><p>{C}</p><div class="moz-signature">-- <br>Field Desk<br>Syria bureau</div></body></html>"""
case(
    "mail thunderbird html reply interleaved",
    ("m.eml", eml(tb, H, "Re: Update from Darfur")),
    [{"has": [A, B, C], "no": [O1, O2, "wrote", "Syria"]}],
    left=["quoted"],
)
case(
    "mail thunderbird plain reply",
    (
        "m.eml",
        eml(
            f"{A}\n{B}\n\nOn 06/03/2026 16:12, J Smith wrote:\n> {O1}\n> {O2}\n\n-- \nField Desk\nSyria bureau\n",
            subj="Re: Update from Darfur",
            kind="text/plain; charset=UTF-8; format=flowed",
        ),
    ),
    [{"has": [A, B], "no": [O1, O2, "wrote", "Syria"]}],
)
case(
    "mail thunderbird forward plain",
    (
        "m.eml",
        eml(
            f"\n\n\n-------- Forwarded Message --------\nSubject: \tUpdate from Mali\nDate: \tFri, 6 Mar 2026 16:12:00 +0100\nFrom: \tJ Smith <j@example.com>\nTo: \tdesk@example.org\n\n\n\n{O1}\n\n{O2}\n",
            subj="Fwd: Update from Mali",
        ),
    ),
    [{"has": [O1, O2], "day": "2026-03-06", "outlet": "J Smith"}],
)
ap = f"""<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space;"><div>{A}</div><div><br></div><div>{B}</div><div><br><blockquote type="cite"><div>On 6 Mar 2026, at 16:12, J Smith &lt;j@example.com&gt; wrote:</div><br class="Apple-interchange-newline"><div><div>{O1}</div><div>{O2}</div></div></blockquote></div><br></body></html>"""
case(
    "mail apple html reply",
    ("m.eml", eml(ap, H, "Re: Update from Darfur")),
    [{"has": [A, B], "no": [O1, O2, "wrote"]}],
    left=["quoted"],
)
case(
    "mail apple forward",
    (
        "m.eml",
        eml(
            f"{A}\n\n> Begin forwarded message:\n> \n> From: J Smith <j@example.com>\n> Subject: Update from Mali\n> Date: 6 March 2026 at 16:12:00 CET\n> To: desk@example.org\n> \n> {O1}\n> \n> {O2}\n",
            subj="Fwd: Update from Mali",
        ),
    ),
    [{"has": [A], "no": [O1]}, {"has": [O1, O2], "day": "2026-03-06"}],
)
ya = f"""<html><body><div class="ydp1a yahoo-style-wrap" style="font-family:Helvetica"><div dir="ltr">{A}</div><div dir="ltr"><br></div><div dir="ltr">{B}</div></div><div id="ydp77yahoo_quoted_55" class="ydp77yahoo_quoted"><div style="font-family:'Helvetica'"><div> On Friday, March 6, 2026 at 04:12:00 PM GMT+1, J Smith &lt;j@example.com&gt; wrote: </div><div><br></div><div><div>{O1}</div><div>{O2}</div></div></div></div></body></html>"""
case(
    "mail yahoo html reply",
    ("m.eml", eml(ya, H, "Re: Update from Darfur")),
    [{"has": [A, B], "no": [O1, O2, "wrote"]}],
    left=["quoted"],
)
pr = f"""<div style="font-family: Arial">{A}</div><div style="font-family: Arial"><br></div><div>{B}</div><div class="protonmail_quote"> On Friday, March 6th, 2026 at 4:12 PM, J Smith &lt;j@example.com&gt; wrote:<br> <blockquote class="protonmail_quote" type="cite"><div>{O1}</div><div>{O2}</div></blockquote><br></div>"""
case(
    "mail proton html reply",
    ("m.eml", eml(pr, H, "Re: Update from Darfur")),
    [{"has": [A, B], "no": [O1, O2, "wrote"]}],
    left=["quoted"],
)
case(
    "mail proton plain reply",
    (
        "m.eml",
        eml(
            f"{A}\n\n{B}\n\n------- Original Message -------\nOn Friday, March 6th, 2026 at 4:12 PM, J Smith <j@example.com> wrote:\n\n\n> {O1}\n> {O2}\n",
            subj="Re: Update from Darfur",
        ),
    ),
    [{"has": [A, B], "no": [O1, O2, "wrote"]}],
    left=["quoted"],
)
for lang, head in {
    "es": "De: J Smith <j@example.com>\nEnviado el: viernes, 6 de marzo de 2026 16:12\nPara: Field Desk <desk@example.org>\nAsunto: Mali",
    "fr": "De : J Smith <j@example.com>\nEnvoyé : vendredi 6 mars 2026 16:12\nÀ : Field Desk <desk@example.org>\nObjet : Mali",
    "de": "Von: J Smith <j@example.com>\nGesendet: Freitag, 6. März 2026 16:12\nAn: Field Desk <desk@example.org>\nBetreff: Mali",
    "ru": "От: J Smith <j@example.com>\nОтправлено: 6 марта 2026 г. 16:12\nКому: Field Desk <desk@example.org>\nТема: Mali",
    "it": "Da: J Smith <j@example.com>\nInviato: venerdì 6 marzo 2026 16:12\nA: Field Desk <desk@example.org>\nOggetto: Mali",
    "pt": "De: J Smith <j@example.com>\nEnviada em: sexta-feira, 6 de março de 2026 16:12\nPara: Field Desk <desk@example.org>\nAssunto: Mali",
}.items():
    case(
        f"mail outlook plain quoted {lang}",
        ("m.eml", eml(f"{A}\n\n{B}\n\n{head}\n\n{O1}\n\n{O2}\n", subj="Re: Update from Darfur")),
        [{"has": [A, B], "no": [O1, O2]}],
        left=["quoted"],
    )
case(
    "mail gmail es",
    (
        "m.eml",
        eml(
            f"{A}\n\nEl vie, 6 mar 2026 a las 16:12, J Smith (<j@example.com>) escribió:\n\n> {O1}\n> {O2}\n",
            subj="Re: Update from Darfur",
        ),
    ),
    [{"has": [A], "no": [O1, "escribi"]}],
    left=["quoted"],
)
case(
    "mail gmail ru",
    (
        "m.eml",
        eml(
            f"{A}\n\nпт, 6 мар. 2026 г. в 16:12, J Smith <j@example.com>:\n\n> {O1}\n> {O2}\n",
            subj="Re: Update from Darfur",
        ),
    ),
    [{"has": [A], "no": [O1, "j@example.com"]}],
    left=["quoted"],
)
case(
    "mail gmail ar",
    (
        "m.eml",
        eml(
            f"{A}\n\nفي الجمعة، 6 مارس 2026 في 4:12 م تمت كتابة ما يلي بواسطة J Smith <j@example.com>:\n\n> {O1}\n> {O2}\n",
            subj="Re: Update from Darfur",
        ),
    ),
    [{"has": [A], "no": [O1, "j@example.com"]}],
    left=["quoted"],
)
case(
    "mail top posting without any mark",
    (
        "m.eml",
        eml(
            f"{A}\n\n{B}\n\n________________________________\nFrom: J Smith <j@example.com>\nSent: Friday, March 6, 2026 4:12 PM\nTo: Field Desk\nSubject: Mali\n\n{O1}\n",
            subj="Re: Update from Darfur",
        ),
    ),
    [{"has": [A, B], "no": [O1]}],
    left=["quoted"],
)
# digests
dig = f"""Send Sahel-watch mailing list submissions to
	sahel-watch@lists.example.org

To subscribe or unsubscribe via the World Wide Web, visit
	https://lists.example.org/mailman/listinfo/sahel-watch
or, via email, send a message with subject or body 'help' to
	sahel-watch-request@lists.example.org

You can reach the person managing the list at
	sahel-watch-owner@lists.example.org

When replying, please edit your Subject line so it is more specific
than "Re: Contents of Sahel-watch digest..."


Today's Topics:

   1. Kidal ambush (J Smith)
   2. Tillaberi (M Diallo)


----------------------------------------------------------------------

Message: 1
Date: Fri, 6 Mar 2026 16:12:00 +0100
From: J Smith <j@example.com>
To: sahel-watch@lists.example.org
Subject: [Sahel-watch] Kidal ambush
Message-ID: <1@example.com>
Content-Type: text/plain; charset="utf-8"

{O1}

------------------------------

Message: 2
Date: Sat, 7 Mar 2026 09:00:00 +0100
From: M Diallo <m@example.com>
To: sahel-watch@lists.example.org
Subject: Re: [Sahel-watch] Tillaberi
Message-ID: <2@example.com>
Content-Type: text/plain; charset=utf-8

{O2}

> {O1}

-------------- next part --------------
An HTML attachment was scrubbed...
URL: <https://lists.example.org/pipermail/sahel-watch/attachments/20260307/a.htm>

------------------------------

Subject: Digest Footer

_______________________________________________
Sahel-watch mailing list
Sahel-watch@lists.example.org
https://lists.example.org/mailman/listinfo/sahel-watch


------------------------------

End of Sahel-watch Digest, Vol 12, Issue 3
******************************************
"""
case(
    "mail mailman plain digest",
    ("m.eml", eml(dig, subj="Sahel-watch Digest, Vol 12, Issue 3")),
    [
        {"has": [O1], "no": ["Topics", O2, "Digest"], "day": "2026-03-06", "outlet": "J Smith"},
        {"has": [O2], "no": [O1, "scrubbed", "End of", "mailing list"], "day": "2026-03-07", "outlet": "M Diallo"},
    ],
)
mime = f"""This is a multi-part message in MIME format.
--===1==
Content-Type: text/plain; charset="us-ascii"
Content-Description: Sahel-watch Digest, Vol 12, Issue 3

Send Sahel-watch mailing list submissions to
	sahel-watch@lists.example.org

--===1==
Content-Type: text/plain; charset="us-ascii"
Content-Description: Today's Topics (2 messages)

Today's Topics:

   1. Kidal ambush (J Smith)
   2. Tillaberi (M Diallo)

--===1==
Content-Type: multipart/digest; boundary="===2=="

--===2==

From: J Smith <j@example.com>
Date: Fri, 6 Mar 2026 16:12:00 +0100
Subject: [Sahel-watch] Kidal ambush
Message-ID: <1@example.com>
Content-Type: text/plain; charset="utf-8"

{O1}

--===2==

From: M Diallo <m@example.com>
Date: Sat, 7 Mar 2026 09:00:00 +0100
Subject: Re: [Sahel-watch] Tillaberi
Message-ID: <2@example.com>
Content-Type: text/plain; charset="utf-8"

{O2}

--===2==--

--===1==
Content-Type: text/plain; charset="us-ascii"
Content-Description: Digest Footer

_______________________________________________
Sahel-watch mailing list
--===1==--
"""
case(
    "mail mailman mime digest",
    ("m.eml", eml(mime, 'multipart/mixed; boundary="===1=="', "Sahel-watch Digest, Vol 12, Issue 3", enc="7bit")),
    [{"has": [O1], "day": "2026-03-06", "outlet": "J Smith"}, {"has": [O2], "day": "2026-03-07", "outlet": "M Diallo"}],
)
case(
    "mail mailman footer",
    (
        "m.eml",
        eml(
            f"{A}\n\n{B}\n_______________________________________________\nsahel-watch mailing list -- sahel-watch@lists.example.org\nTo unsubscribe send an email to sahel-watch-leave@lists.example.org\n"
        ),
    ),
    [{"text": W}],
)
case(
    "mail google groups footer",
    (
        "m.eml",
        eml(
            f'{A}\n\n{B}\n\n-- \nYou received this message because you are subscribed to the Google Groups "sahel" group.\nTo unsubscribe from this group and stop receiving emails from it, send an email to sahel+unsubscribe@googlegroups.com.\n'
        ),
    ),
    [{"text": W}],
)
case("mail phone signature", ("m.eml", eml(f"{A}\n\n{B}\n\nSent from my iPhone\n")), [{"text": W}])
qp = f"{A[:60]}=\n{A[60:]}\n\n{B[:50]}=\n{B[50:]} =E2=80=9CNo=E2=80=9D\n"
case("mail quoted printable", ("m.eml", eml(qp, enc="quoted-printable")), [{"has": [A, B, "“No”"]}])
case(
    "mail base64 cp1251",
    (
        "m.eml",
        eml(
            base64.encodebytes(
                "Армия сообщила, что в понедельник погибли 14 военных под Покровском.".encode("cp1251")
            ).decode(),
            'text/plain; charset="windows-1251"',
            subj="=?windows-1251?B?" + base64.b64encode("Сводка".encode("cp1251")).decode() + "?=",
            enc="base64",
        ),
    ),
    [{"text": "Сводка Армия сообщила, что в понедельник погибли 14 военных под Покровском."}],
)
case(
    "mail koi8",
    (
        "m.eml",
        eml("", kind="text/plain; charset=koi8-r", subj="x") + "Армия сообщила о гибели 14 военных.".encode("koi8-r"),
    ),
    [{"has": ["Армия сообщила о гибели 14 военных."]}],
)
case(
    "mail pgp clearsigned",
    (
        "m.eml",
        eml(
            f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{A}\n\n- -- dashes\n{B}\n-----BEGIN PGP SIGNATURE-----\n\niQIzBAEBCgAdFiEE\n=abcd\n-----END PGP SIGNATURE-----\n"
        ),
    ),
    [{"has": [A, B], "no": ["PGP", "SHA512", "iQIz"]}],
)
case(
    "mail pgp inline encrypted",
    (
        "m.eml",
        eml(
            "-----BEGIN PGP MESSAGE-----\n\nhQIMA0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP\nqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ\n=abcd\n-----END PGP MESSAGE-----\n"
        ),
    ),
    [],
    fails=["encrypted"],
)
sg = f'--S\nContent-Type: multipart/alternative; boundary="A"\n\n--A\nContent-Type: text/plain; charset=utf-8\n\n{A}\n\n{B}\n--A\nContent-Type: text/html; charset=utf-8\n\n<p>{A}</p><p>{B}</p>\n--A--\n--S\nContent-Type: application/pkcs7-signature; name="smime.p7s"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="smime.p7s"\n\nMIIGqQYJKoZIhvcNAQcCoIIGmjCC\n--S--\n'
case(
    "mail smime signed",
    ("m.eml", eml(sg, 'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary="S"')),
    [{"text": W}],
)
tn = f'--S\nContent-Type: text/plain; charset="iso-8859-1"\n\n{A}\n\n{B}\n--S\nContent-Type: application/ms-tnef; name="winmail.dat"\nContent-Disposition: attachment; filename="winmail.dat"\nContent-Transfer-Encoding: base64\n\neJ8+IgEFAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA\n--S--\n'
case("mail tnef beside text", ("m.eml", eml(tn, 'multipart/mixed; boundary="S"')), [{"text": W}], left=["TNEF"])
case(
    "mail tnef alone octet-stream",
    (
        "m.eml",
        eml(
            '--S\nContent-Type: text/plain\n\n\n--S\nContent-Type: application/octet-stream; name="winmail.dat"\nContent-Disposition: attachment; filename="winmail.dat"\nContent-Transfer-Encoding: base64\n\neJ8+IgEFAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA\n--S--\n',
            'multipart/mixed; boundary="S"',
        ),
    ),
    [],
    fails=["TNEF|winmail"],
)
rtf = "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0 The army said 14 were killed.\\par}"
case(
    "mail rtf attached to text",
    (
        "m.eml",
        eml(
            f'--S\nContent-Type: text/plain\n\n{A}\n\n{B}\n--S\nContent-Type: application/octet-stream; name="statement.rtf"\nContent-Disposition: attachment; filename="statement.rtf"\n\n{rtf}\n--S--\n',
            'multipart/mixed; boundary="S"',
        ),
    ),
    [{"text": W}],
    left=["statement.rtf"],
)
case("rtf file", ("s.rtf", rtf), [], fails=["RTF"])
mc = f"""<!doctype html><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Daily brief</title><style>a{{}}</style></head><body><div style="display:none;max-height:0px;overflow:hidden;">Turkey says 300 killed in a storm&#847; &zwnj;</div><table width="100%"><tr><td><table class="mcnTextContentContainer"><tr><td class="mcnTextContent"><a href="https://example.org/*|ARCHIVE|*">View this email in your browser</a></td></tr></table><table><tr><td class="mcnTextContent"><h1>Update from Darfur</h1><p>{A}</p><p>{B}</p></td></tr></table><table><tr><td class="mcnTextContent"><em>Copyright © 2026 Example Desk, All rights reserved.</em><br><strong>Our mailing address is:</strong><br>Example Desk, Geneva, Switzerland<br>Want to change how you receive these emails?<br>You can <a href="#">update your preferences</a> or <a href="#">unsubscribe from this list</a>.</td></tr></table></td></tr></table></body></html>"""
case(
    "mail mailchimp newsletter",
    ("m.eml", eml(mc, H)),
    [{"has": [A, B], "no": ["Turkey", "View this email", "unsubscribe"], "day": "2026-03-10"}],
)
case(
    "mail calendar",
    (
        "m.eml",
        eml(
            f"--S\nContent-Type: text/plain\n\n{A}\n--S\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n--S--\n",
            'multipart/mixed; boundary="S"',
        ),
    ),
    [{"has": [A], "no": ["VCAL"]}],
    left=["calendar"],
)
case(
    "mail ooo msg file",
    ("m.msg", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000 + "__substg1.0_1000001F".encode("utf-16le")),
    [],
    fails=["Outlook|Word|Office|msg"],
)
case(
    "mail status first",
    ("m.eml", b"Status: RO\r\nX-Mozilla-Status: 0001\r\n" + eml(f"{A}\n")),
    [{"has": [A], "no": ["Status"]}],
)
case(
    "mail x-account first",
    (
        "m.eml",
        b"X-Account-Key: account1\r\nX-UIDL: 1\r\nX-Mozilla-Status: 0001\r\nX-Mozilla-Keys:                 \r\n"
        + eml(f"{A}\n"),
    ),
    [{"has": [A], "no": ["Status"]}],
)
mb = b"".join(
    b"From MAILER-DAEMON Tue Mar 10 09:00:0%d 2026\n" % i
    + eml(f"{t}\n\n>From the hospital came no word.\n", date=f"{9 + i} Mar 2026 11:00:00 +0000").replace(b"\r\n", b"\n")
    + b"\n"
    for i, t in enumerate((A, B, C))
)
case(
    "mbox three",
    ("m.mbox", mb),
    [
        {"has": [A, "From the hospital"], "no": [">From"], "day": "2026-03-09"},
        {"has": [B], "day": "2026-03-10"},
        {"has": [C], "day": "2026-03-11"},
    ],
)
case(
    "mbox gmail takeout",
    (
        "All mail.mbox",
        b"From 1234567890123456789@xxx Tue Mar 10 09:00:00 +0000 2026\r\nX-GM-THRID: 1234567890\r\nX-Gmail-Labels: Inbox,Important\r\nDelivered-To: me@gmail.com\r\n"
        + eml(f"{A}\n"),
    ),
    [{"has": [A], "no": ["X-GM"]}],
)
case("mail no date", ("m.eml", eml(f"{A}\n", date=None)), [{"has": [A]}])
case(
    "mail in french, accents without encoding",
    (
        "m.eml",
        eml("", kind="text/plain", subj="Mali")
        + "L’armée a déclaré que 14 soldats étaient morts à Kidal.".encode("cp1252"),
    ),
    [{"has": ["L’armée a déclaré que 14 soldats étaient morts à Kidal."]}],
)
att = (
    f'--S\nContent-Type: text/plain; charset=utf-8\n\n{A}\n--S\nContent-Type: message/rfc822\nContent-Disposition: attachment; filename="Mali.eml"\n\n'
    + eml(O1 + "\n", subj="Mali", date="Fri, 6 Mar 2026 16:00:00 +0000").decode().replace("\r\n", "\n")
    + "\n--S--\n"
)
case(
    "mail attached mail",
    ("m.eml", eml(att, 'multipart/mixed; boundary="S"')),
    [{"has": [A], "no": [O1]}, {"has": [O1], "no": [A], "day": "2026-03-06"}],
)
case(
    "mail disclaimer",
    (
        "m.eml",
        eml(
            f"{A}\n\n{B}\n\n-----\nThis e-mail and any attachments are confidential and intended solely for the addressee. If you have received it in error, please delete it.\n"
        ),
    ),
    [{"has": [A, B]}],
)
