"""Tables, archives, documents and folders, each with what a careful reader gets of it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile

import brotli
import zstandard

from made import Cases
from standoff.ingest.capture import Options

cases = Cases()
case = cases.add

A = "The army of Sudan said on Monday that its drones had killed 14 fighters near El Fasher."
B = "The Rapid Support Forces denied the claim and said that nine civilians had died in the strike."
C = "A doctor at the town's hospital said that 23 wounded people had been brought in since dawn."
O1 = "Mali's army said that 31 soldiers had been killed in an ambush near Kidal on Friday."


def table(rows, delim=",", enc="utf-8", pre="", q=csv.QUOTE_MINIMAL, nl="\r\n"):
    s = io.StringIO()
    w = csv.writer(s, delimiter=delim, quoting=q, lineterminator=nl)
    w.writerows(rows)
    return (pre + s.getvalue()).encode(enc)


ah = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp".split(
    ","
)


def ar(i, day, src, notes, f):
    return [
        f"SDN{i}",
        day,
        "2026",
        "1",
        "Political violence",
        "Battles",
        "Armed clash",
        "Military Forces of Sudan",
        "",
        "State forces",
        "Rapid Support Forces",
        "",
        "Rebel group",
        "12",
        "",
        "729",
        "Northern Africa",
        "Sudan",
        "North Darfur",
        "El Fasher",
        "",
        "El Fasher",
        "13.63",
        "25.35",
        "1",
        src,
        "National",
        notes,
        f,
        "",
        "1773100000",
    ]


case(
    "table acled semicolon",
    (
        "a.csv",
        table(
            [
                ah,
                ar(1, "2026-03-09", "Radio Dabanga", "On 9 March 2026, " + A, "14"),
                ar(2, "2026-03-10", "Sudan War Monitor; Ayin", B, "9"),
            ],
            ";",
            q=csv.QUOTE_ALL,
        ),
    ),
    [
        {"text": "On 9 March 2026, " + A, "day": "2026-03-09", "outlet": "Radio Dabanga"},
        {"text": B, "day": "2026-03-10", "outlet": "Sudan War Monitor; Ayin"},
    ],
)
case(
    "table acled words day",
    ("a.csv", table([ah, ar(1, "09 March 2026", "Radio Dabanga", A, "14")], pre="\ufeff")),
    [{"text": A, "day": "2026-03-09"}],
)
case(
    "table acled API json",
    (
        "a.json",
        json.dumps(
            {
                "status": 200,
                "success": True,
                "last_update": 5,
                "count": 2,
                "messages": [],
                "data": [
                    dict(zip(ah, ar(1, "2026-03-09", "Radio Dabanga", A, "14"), strict=True)),
                    dict(zip(ah, ar(2, "2026-03-10", "Ayin", B, "9"), strict=True)),
                ],
                "filename": "x",
            }
        ),
    ),
    [{"text": A, "day": "2026-03-09", "outlet": "Radio Dabanga"}, {"text": B, "day": "2026-03-10"}],
)
gh = "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob".split(
    ","
)
case("table ged refused", ("g.csv", table([gh, ["1"] * len(gh)])), [], fails=["UCDP|GED"])
case(
    "table ged headline asked",
    ("g.csv", table([gh, [{"source_headline": A, "date_start": "2026-03-09 00:00:00.000"}.get(c, "1") for c in gh]])),
    [{"text": A, "day": "2026-03-09"}],
    options=Options(columns={"text": "source_headline", "published": "date_start"}),
)
case(
    "table gdelt events headless",
    (
        "20260310.export.CSV",
        "\n".join(
            "\t".join(
                ["1234567890", "20260310", "202603", "2026", "2026.1890", "SDN", "SUDAN", "SDN"]
                + [""] * 17
                + ["0", "190", "190", "19", "4", "-10.0", "10", "2", "10", "-3.2"]
                + ["1", "Sudan", "SU", "SU", "", "15", "30", "SU"] * 3
                + ["20260310091500", "https://x.example.org/1"]
            )
            for _ in range(3)
        ),
    ),
    [],
    fails=["GDELT"],
)
case(
    "table gdelt gkg headless",
    (
        "20260310.gkg.csv",
        "\n".join(
            "\t".join(
                [
                    f"20260310091500-{i}",
                    "20260310091500",
                    "1",
                    "example.org",
                    f"https://x.example.org/{i}",
                    "",
                    "",
                    "KILL;WAR",
                    "KILL,12;",
                    "1#Sudan#SU#SU#15#30#SU",
                    "1#Sudan#SU#SU##15#30#SU#3",
                    "",
                    "",
                    "army",
                    "army,10",
                    "",
                    "-3.2,1,4,5,20,0,300",
                    "",
                    "wc:300,c1:2",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "<PAGE_TITLE>x</PAGE_TITLE>",
                ]
            )
            for i in range(3)
        ),
    ),
    [],
    fails=["GDELT|offline"],
)
case(
    "table gdelt doc csv",
    (
        "d.csv",
        table(
            [
                ["URL", "MobileURL", "Date", "Title"],
                ["https://x.example.org/1", "", "2026-03-10 09:15:00", "Drones strike"],
            ],
            pre="\ufeff",
        ),
    ),
    [],
    fails=["offline"],
)
case(
    "table gdelt doc json",
    (
        "d.json",
        json.dumps(
            {
                "articles": [
                    {
                        "url": "https://x.example.org/1",
                        "url_mobile": "",
                        "title": "Drones",
                        "seendate": "20260310T091500Z",
                        "socialimage": "",
                        "domain": "x.example.org",
                        "language": "English",
                        "sourcecountry": "Sudan",
                    }
                ]
            }
        ),
    ),
    [],
    fails=["offline"],
)
case(
    "table mediacloud",
    (
        "m.csv",
        table(
            [
                ["id", "indexed_date", "language", "media_name", "media_url", "publish_date", "title", "url"],
                [
                    "1",
                    "2026-03-11",
                    "en",
                    "Dabanga",
                    "dabangasudan.org",
                    "2026-03-10",
                    "Drones",
                    "https://x.example.org/1",
                ],
            ]
        ),
    ),
    [],
    fails=["https://x.example.org/1.*offline"],
)
rw = {
    "time": 5,
    "href": "https://api.reliefweb.int/v1/reports?x",
    "links": {},
    "took": 3,
    "totalCount": 2,
    "count": 2,
    "data": [
        {
            "id": "4100001",
            "score": 1,
            "href": "https://api.reliefweb.int/v1/reports/4100001",
            "fields": {
                "id": 4100001,
                "title": "Sudan: Flash Update #3",
                "body": f"**Key points**\n\n- {A}\n- {B}\n\n[Read more](https://x.example.org)",
                "body-html": f"<p>{A}</p>",
                "status": "published",
                "date": {
                    "created": "2026-03-10T09:12:00+00:00",
                    "changed": "2026-03-12T00:00:00+00:00",
                    "original": "2026-03-09T00:00:00+00:00",
                },
                "source": [
                    {"id": 1503, "name": "UN Office for the Coordination of Humanitarian Affairs", "shortname": "OCHA"}
                ],
                "url": "https://reliefweb.int/node/4100001",
                "url_alias": "https://reliefweb.int/report/sudan/flash-3",
                "language": [{"code": "en"}],
            },
        }
    ],
}
case(
    "json reliefweb api",
    ("r.json", json.dumps(rw, indent=2)),
    [{"has": [A, B], "no": ["**", "](http"], "title": "Sudan: Flash Update #3", "outlet": "OCHA"}],
)
tg = {
    "name": "Sudan Watch",
    "type": "public_channel",
    "id": 1234567890,
    "messages": [
        {
            "id": 1,
            "type": "service",
            "date": "2026-03-09T08:00:00",
            "date_unixtime": "1773043200",
            "actor": "Sudan Watch",
            "action": "create_channel",
            "title": "Sudan Watch",
            "text": "",
            "text_entities": [],
        },
        {
            "id": 2,
            "type": "message",
            "date": "2026-03-09T09:12:00",
            "date_unixtime": "1773047520",
            "from": "Sudan Watch",
            "from_id": "channel1234567890",
            "text": [
                "The army of Sudan said on Monday ",
                {"type": "bold", "text": "that its drones"},
                " had killed 14 fighters near El Fasher.\n\nSource: ",
                {"type": "link", "text": "https://x.example.org"},
            ],
            "text_entities": [],
        },
        {
            "id": 3,
            "type": "message",
            "date": "2026-03-10T09:12:00",
            "date_unixtime": "1773133920",
            "from": "Sudan Watch",
            "from_id": "channel1234567890",
            "forwarded_from": "RSF Press",
            "photo": "photos/1.jpg",
            "width": 1,
            "height": 1,
            "text": B,
            "text_entities": [{"type": "plain", "text": B}],
        },
        {
            "id": 4,
            "type": "message",
            "date": "2026-03-10T09:13:00",
            "date_unixtime": "1773133980",
            "from": "Sudan Watch",
            "from_id": "channel1",
            "file": "x.mp4",
            "text": "",
            "text_entities": [],
        },
    ],
}
tgd = [
    {"has": [A], "no": ["{", "type"], "outlet": "Sudan Watch", "day": "2026-03-09"},
    {"text": B, "outlet": "RSF Press", "day": "2026-03-10"},
]
case("json telegram desktop", ("result.json", json.dumps(tg, indent=1, ensure_ascii=False)), tgd, left=["without text"])
case(
    "json telegram full",
    (
        "result.json",
        json.dumps(
            {
                "about": "Here is the data",
                "personal_information": {"user_id": 1, "first_name": "X"},
                "chats": {"about": "a", "list": [tg]},
            },
            indent=1,
        ),
    ),
    tgd,
)
tw = [
    {
        "tweet": {
            "edit_info": {"initial": {"editTweetIds": ["1"]}},
            "retweeted": False,
            "source": "<a>x</a>",
            "entities": {"hashtags": []},
            "display_text_range": ["0", "80"],
            "favorite_count": "0",
            "id_str": "1898",
            "truncated": False,
            "retweet_count": "0",
            "id": "1898",
            "created_at": "Tue Mar 10 09:12:00 +0000 2026",
            "favorited": False,
            "full_text": A.replace("said", "said &amp; told") + " https://t.co/abc",
            "lang": "en",
        }
    },
    {
        "tweet": {
            "id_str": "1899",
            "id": "1899",
            "created_at": "Tue Mar 10 09:14:00 +0000 2026",
            "full_text": "RT @rsf: " + B,
            "lang": "en",
        }
    },
]
case(
    "json x archive",
    ("tweets.js", "window.YTD.tweets.part0 = " + json.dumps(tw, indent=2)),
    [{"has": ["said & told"], "day": "2026-03-10"}, {"has": [B], "day": "2026-03-10"}],
)
case(
    "json x api",
    (
        "x.json",
        json.dumps(
            {
                "data": [
                    {
                        "id": "1",
                        "text": A,
                        "created_at": "2026-03-10T09:12:00.000Z",
                        "author_id": "77",
                        "edit_history_tweet_ids": ["1"],
                    }
                ],
                "includes": {"users": [{"id": "77", "name": "Sudan Watch", "username": "sudanwatch"}]},
                "meta": {"result_count": 1},
            }
        ),
    ),
    [{"has": [A], "day": "2026-03-10", "outlet": "Sudan Watch"}],
)
newsplease = {
    "authors": ["N. Writer"],
    "date_download": "2026-03-11 10:00:00",
    "date_modify": None,
    "date_publish": "2026-03-10 09:12:00",
    "description": A,
    "filename": "x.json",
    "image_url": "x",
    "language": "en",
    "localpath": "/x",
    "maintext": B + "\n" + C,
    "source_domain": "x.example.org",
    "text": None,
    "title": "Drones",
    "title_page": None,
    "title_rss": None,
    "url": "https://x.example.org/1",
}
case(
    "json newsplease file",
    ("n.json", json.dumps(newsplease, indent=4)),
    [{"has": [A, B, C], "day": "2026-03-10", "title": "Drones", "url": "https://x.example.org/1"}],
)
case(
    "json newsplease without maintext",
    ("n.json", json.dumps({**newsplease, "maintext": None}, indent=4)),
    [{"has": [A], "day": "2026-03-10"}],
)
fu = [
    {
        "title": "Drones",
        "body": {
            "summary": [A],
            "sections": [{"headline": [], "paragraphs": [B]}, {"headline": ["Hospital"], "paragraphs": [C]}],
        },
        "authors": ["N. Writer"],
        "publishing_date": "2026-03-10 09:12:00+00:00",
        "topics": ["Sudan"],
        "free_access": True,
        "publisher": "Wire",
    }
]
case(
    "json fundus nested body",
    ("f.json", json.dumps(fu)),
    [{"has": [A, B, "Hospital", C], "no": ["{", "headline"], "day": "2026-03-10"}],
)
case(
    "jsonl fundus plaintext",
    (
        "f.jsonl",
        "\n".join(
            json.dumps(
                {
                    "title": f"Drones {i}",
                    "plaintext": t,
                    "authors": [],
                    "publishing_date": "2026-03-10 09:12:00+00:00",
                    "publisher": "Wire",
                    "url": f"https://x.example.org/{i}",
                }
            )
            for i, t in enumerate((A, B))
        ),
    ),
    [{"has": [A], "day": "2026-03-10", "outlet": "Wire"}, {"has": [B]}],
)
case(
    "json newsapi",
    (
        "n.json",
        json.dumps(
            {
                "status": "ok",
                "totalResults": 1,
                "articles": [
                    {
                        "source": {"id": None, "name": "Dabanga"},
                        "author": "N",
                        "title": "Drones",
                        "description": A,
                        "url": "https://x.example.org/1",
                        "urlToImage": "x",
                        "publishedAt": "2026-03-10T09:12:00Z",
                        "content": A[:60] + "… [+1234 chars]",
                    }
                ],
            }
        ),
    ),
    [{"no": ["chars]"], "has": [A], "outlet": "Dabanga", "day": "2026-03-10"}],
)
case(
    "json guardian api",
    (
        "g.json",
        json.dumps(
            {
                "response": {
                    "status": "ok",
                    "total": 1,
                    "results": [
                        {
                            "id": "world/2026/mar/10/drones",
                            "type": "article",
                            "sectionName": "World news",
                            "webPublicationDate": "2026-03-10T09:12:00Z",
                            "webTitle": "Drones",
                            "webUrl": "https://x.example.org/1",
                            "apiUrl": "x",
                            "fields": {"bodyText": A + " " + B},
                        }
                    ],
                }
            }
        ),
    ),
    [{"has": [A, B], "title": "Drones", "day": "2026-03-10"}],
)
case(
    "csv sep tab",
    ("a.csv", b"sep=\\t\r\n" + table([["date", "text"], ["2026-03-10", A]], "\t")),
    [{"text": A, "day": "2026-03-10"}],
)
case(
    "csv sep semicolon cp1252",
    (
        "a.csv",
        table(
            [
                ["Datum", "Quelle", "Titel", "Text"],
                ["10.03.2026", "Süddeutsche", "Drohnen", "Cúcuta – Colombia’s army said that 14 rebels had died."],
            ],
            ";",
            "cp1252",
            "sep=;\r\n",
        ),
    ),
    [{"has": ["Cúcuta – Colombia’s"]}],
)
case(
    "csv excel unicode text",
    (
        "a.txt",
        b"\xff\xfe"
        + table([["date", "title", "text"], ["2026-03-10", "Drones", A]], "\t").decode().encode("utf-16-le"),
    ),
    [{"has": [A], "day": "2026-03-10"}],
)
case(
    "csv cp1251",
    (
        "a.csv",
        table(
            [
                ["date", "title", "text"],
                [
                    "2026-03-10",
                    "Удар",
                    "Армия сообщила, что в понедельник под Покровском погибли 14 военных и ранены 20.",
                ],
            ],
            ";",
            "cp1251",
        ),
    ),
    [{"has": ["Армия сообщила"]}],
)
case(
    "csv newline in field",
    ("a.csv", table([["id", "date", "text"], ["1", "2026-03-10", A + "\n\n" + B], ["2", "2026-03-11", C]])),
    [{"text": A + " " + B}, {"text": C, "day": "2026-03-11"}],
)
case(
    "csv html in field",
    ("a.csv", table([["id", "date", "content"], ["1", "2026-03-10", f"<p>{A}</p><p>{B}</p>"]])),
    [{"has": [A, B], "no": ["<p>"]}],
)
case(
    "csv date numbers ambiguous",
    ("a.csv", table([["date", "text"], ["03/04/2026", A]])),
    [{"text": A, "day": None}],
    left=["not certain"],
)
case(
    "csv spanish heads",
    (
        "a.csv",
        table(
            [
                ["fecha", "fuente", "titular", "texto"],
                [
                    "2026-03-10",
                    "El Tiempo",
                    "Drones",
                    "El ejército dijo que 14 rebeldes habían muerto cerca de Cúcuta el lunes.",
                ],
            ],
            ";",
        ),
    ),
    [{"has": ["El ejército dijo"], "day": "2026-03-10", "outlet": "El Tiempo"}],
)
zz = io.BytesIO()
with zipfile.ZipFile(zz, "w") as z:
    z.writestr("[Content_Types].xml", "<Types/>")
    z.writestr("xl/workbook.xml", "<workbook/>")
case("xlsx", ("a.xlsx", zz.getvalue()), [], fails=["a broken workbook"])
# archives
HT = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Drones</title></head><body><article><h1>Drones strike El Fasher</h1><time datetime="2026-03-10">10 March 2026</time><p>{A}</p><p>{B}</p><p>{C}</p></article></body></html>'.encode()


def rec(
    type,
    uri,
    block,
    ct="application/http; msgtype=response",
    extra="",
    date="2026-03-11T01:02:03Z",
    length=None,
    v="1.0",
):
    h = (
        f"WARC/{v}\r\nWARC-Type: {type}\r\n"
        + (f"WARC-Target-URI: {uri}\r\n" if uri else "")
        + f"WARC-Date: {date}\r\nWARC-Record-ID: <urn:uuid:11111111-2222-4333-8444-{abs(hash((uri, type))) % 10**12:012d}>\r\n{extra}Content-Type: {ct}\r\nContent-Length: {length if length is not None else len(block)}\r\n\r\n"
    )
    return h.encode() + block + b"\r\n\r\n"


def http(body, head="Content-Type: text/html; charset=utf-8", status="HTTP/1.1 200 OK"):
    return f"{status}\r\n{head}\r\n\r\n".encode() + body


def chunk(b):
    return (
        b"".join(f"{len(b[i : i + 200]):x}\r\n".encode() + b[i : i + 200] + b"\r\n" for i in range(0, len(b), 200))
        + b"0\r\n\r\n"
    )


info = rec("warcinfo", "", b"software: Wget/1.21\r\nformat: WARC File Format 1.0\r\n", "application/warc-fields")
U = "https://x.example.org/1"
W = [{"has": [A, B, C], "day": "2026-03-10", "url": U}]


def g(*rs):
    return b"".join(gzip.compress(r) for r in rs)


case(
    "warc wget gz per record",
    (
        "w.warc.gz",
        g(
            info,
            rec("request", U, b"GET /1 HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
            rec("response", U, http(HT)),
            rec("metadata", U, b"x: y", "application/warc-fields"),
            rec(
                "revisit",
                U + "2",
                http(b""),
                extra="WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\nWARC-Refers-To-Target-URI: x\r\n",
            ),
        ),
    ),
    W,
)
case(
    "warc chunked gzip",
    (
        "w.warc.gz",
        g(
            info,
            rec(
                "response",
                U,
                http(
                    chunk(gzip.compress(HT)),
                    "Content-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip",
                ),
            ),
        ),
    ),
    W,
)
case("warc http2", ("w.warc", rec("response", U, http(HT, status="HTTP/2 200"))), W)
case("warc status lowercase and resource", ("w.warc", rec("resource", U, HT, "text/html")), W)
case(
    "warc brotli",
    (
        "w.warc.gz",
        g(
            rec(
                "response",
                U,
                http(brotli.compress(HT), "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: br"),
            )
        ),
    ),
    W,
)
case(
    "warc zstd body",
    (
        "w.warc.gz",
        g(
            rec(
                "response",
                U,
                http(zstandard.compress(HT), "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: zstd"),
            )
        ),
    ),
    W,
)
case("warc zst whole", ("w.warc.zst", zstandard.compress(info + rec("response", U, http(HT)))), W)
case(
    "warc zst record by record",
    ("w.warc.zst", zstandard.compress(info) + zstandard.compress(rec("response", U, http(HT)))),
    W,
)
full = rec("response", U, http(HT))
case(
    "warc truncated plain",
    ("w.warc", full + rec("response", U + "2", http(HT)).split(b"nine civ")[0]),
    W,
    fails=["cut|trunc|ends|break|broken"],
)
gz = g(full, rec("response", U + "2", http(HT)))
case("warc truncated gz", ("w.warc.gz", gz[:-150]), W, fails=["cut|trunc|ends|break|broken"])
case(
    "warc truncated header",
    ("w.warc", full + rec("response", U + "2", http(HT[:300]), extra="WARC-Truncated: length\r\n")),
    W,
    fails=["cut|trunc|ends|break|broken"],
)
case(
    "warc body shorter than content-length of http",
    (
        "w.warc",
        full + rec("response", U + "2", http(HT[:400], f"Content-Type: text/html\r\nContent-Length: {len(HT)}")),
    ),
    W,
    fails=["cut|trunc|ends|break|broken"],
)
wet = (
    rec("warcinfo", "", b"Software-Info: ia-web-commons\r\n", "application/warc-fields")
    + rec(
        "conversion",
        U,
        f"Home\nSudan\nDrones strike El Fasher\n{A}\n{B}\n{C}\nCopyright 2026\n".encode(),
        "text/plain",
        extra="WARC-Identified-Content-Language: eng\r\nWARC-Refers-To: <urn:uuid:1>\r\n",
    )
    + rec("conversion", U + "2", f"{O1}\n{O1} It said more.\n".encode(), "text/plain")
)
case("wet", ("w.warc.wet.gz", gzip.compress(wet)), [{"has": [A, B, C], "url": U}, {"has": [O1], "url": U + "2"}])
case(
    "wet per record gz",
    ("w.warc.wet.gz", g(rec("conversion", U, f"{A}\n{B}\n".encode(), "text/plain"))),
    [{"has": [A, B]}],
)
case("warc 404 and redirect", ("w.warc", rec("response", U + "x", http(HT, status="HTTP/1.1 404 Not Found")) + full), W)
case(
    "warc pdf and image",
    ("w.warc", rec("response", U + "i", http(b"\x89PNG\r\n\x1a\n", "Content-Type: image/png")) + full),
    W,
)
case(
    "arc file",
    (
        "a.arc",
        b"filedesc://x.arc 0.0.0.0 20260310 text/plain 76\n1 0 x\nURL IP-address Archive-date Content-type Archive-length\n\nhttps://x.example.org/ 1.2.3.4 20260310 text/html 10\n<html></html>\n",
    ),
    [],
    fails=["ARC"],
)
zz = io.BytesIO()
z = zipfile.ZipFile(zz, "w")
z.writestr("a.txt", A)
z.writestr("b.html", HT)
z.close()
case("zip of reports", ("r.zip", zz.getvalue()), [{"has": [A]}, {"has": [A, B, C]}])
case("gz of a text", ("a.txt.gz", gzip.compress(A.encode())), [{"has": [A]}])
# office
NSW = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def docx(
    body,
    extra=None,
    core="2026-03-10T09:00:00Z",
    main="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    rels="",
):
    o = io.BytesIO()
    z = zipfile.ZipFile(o, "w", zipfile.ZIP_DEFLATED)
    over = "".join(
        f'<Override PartName="/word/{n}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{n.split(".")[0]}+xml"/>'
        for n in extra or {}
    )
    z.writestr(
        "[Content_Types].xml",
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{main}"/>{over}</Types>',
    )
    z.writestr(
        "_rels/.rels",
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
    )
    z.writestr(
        "docProps/core.xml",
        f'<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Ministry</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{core}</dcterms:created></cp:coreProperties>',
    )
    r = "".join(
        f'<Relationship Id="rIdx{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{n.split(".")[0]}" Target="{n}"/>'
        for i, n in enumerate(extra or {})
    )
    z.writestr(
        "word/_rels/document.xml.rels",
        f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{r}{rels}</Relationships>',
    )
    z.writestr(
        "word/document.xml",
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {NSW}><w:body>{body}<w:sectPr/></w:body></w:document>',
    )
    for n, c in (extra or {}).items():
        z.writestr("word/" + n, c)
    z.close()
    return o.getvalue()


def wp(*runs):
    return (
        "<w:p>"
        + "".join(f'<w:r><w:t xml:space="preserve">{t}</w:t></w:r>' if not t.startswith("<") else t for t in runs)
        + "</w:p>"
    )


case(
    "docx runs split",
    (
        "d.docx",
        docx(
            wp("The army of Sudan said on Mon", "day that its drones had killed 1", "4 fighters near El Fasher.")
            + wp(B)
        ),
    ),
    [{"text": A + " " + B}],
)
case(
    "docx tracked changes",
    (
        "d.docx",
        docx(
            wp(
                "The army of Sudan said on Monday that its drones had killed ",
                '<w:del w:id="1" w:author="x"><w:r><w:delText>40</w:delText></w:r></w:del>',
                '<w:ins w:id="2" w:author="x"><w:r><w:t>14</w:t></w:r></w:ins>',
                " fighters near El Fasher.",
            )
            + wp(B)
        ),
    ),
    [{"text": A + " " + B}],
)
case(
    "docx comments",
    (
        "d.docx",
        docx(
            wp(
                '<w:commentRangeStart w:id="0"/>',
                A,
                '<w:commentRangeEnd w:id="0"/>',
                '<w:r><w:commentReference w:id="0"/></w:r>',
            )
            + wp(B),
            {
                "comments.xml": f'<?xml version="1.0"?><w:comments {NSW}><w:comment w:id="0" w:author="x"><w:p><w:r><w:t>Was it not 40 in Turkey?</w:t></w:r></w:p></w:comment></w:comments>'
            },
        ),
    ),
    [{"text": A + " " + B}],
)
case(
    "docx footnote after number",
    (
        "d.docx",
        docx(
            wp(
                "The army of Sudan said on Monday that its drones had killed 14",
                '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>',
                " fighters near El Fasher.",
            )
            + wp(B),
            {
                "footnotes.xml": f'<?xml version="1.0"?><w:footnotes {NSW}><w:footnote w:id="2"><w:p><w:r><w:t>Turkey counted 300.</w:t></w:r></w:p></w:footnote></w:footnotes>'
            },
        ),
    ),
    [{"text": A + " " + B}],
    left=["note"],
)
case(
    "docx typed superscript",
    (
        "d.docx",
        docx(
            wp(
                "The army of Sudan said on Monday that its drones had killed 14",
                '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3</w:t></w:r>',
                " fighters near El Fasher.",
            )
            + wp(B)
        ),
    ),
    [{"text": A + " " + B}],
    left=["note"],
)
case(
    "docx header footer",
    (
        "d.docx",
        docx(
            wp(A) + wp(B),
            {"header.xml": f'<?xml version="1.0"?><w:hdr {NSW}>{wp("Restricted 300 killed in Turkey")}</w:hdr>'},
        ),
    ),
    [{"text": A + " " + B}],
)
tb = f'<w:p><w:r><w:t>{A}</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{wp(C)}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{wp(C)}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>'
case("docx text box once", ("d.docx", docx(tb + wp(B))), [{"has": [A, B]}])
case(
    "docx field code",
    (
        "d.docx",
        docx(
            wp(A)
            + '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://x.example.org" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>'
            + B
            + '</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        ),
    ),
    [{"text": A + " " + B}],
)
case(
    "docx sdt content control",
    ("d.docx", docx(f"<w:sdt><w:sdtPr/><w:sdtContent>{wp(A)}</w:sdtContent></w:sdt>" + wp(B))),
    [{"text": A + " " + B}],
)
case(
    "docx nobreak hyphen and tab",
    (
        "d.docx",
        docx(
            wp(
                "The pro",
                "<w:r><w:noBreakHyphen/></w:r>",
                "government militia said that twenty",
                "<w:r><w:noBreakHyphen/></w:r>",
                "six of its men had died.",
            )
            + wp(B)
        ),
    ),
    [{"has": ["pro-government", "twenty-six"]}],
)
case(
    "docm macro document",
    ("d.docm", docx(wp(A) + wp(B), main="application/vnd.ms-word.document.macroEnabled.main+xml")),
    [{"text": A + " " + B}],
)
NSO = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'


def odt(body, mt="application/vnd.oasis.opendocument.text"):
    o = io.BytesIO()
    z = zipfile.ZipFile(o, "w", zipfile.ZIP_DEFLATED)
    z.writestr(zipfile.ZipInfo("mimetype"), mt)
    z.writestr(
        "content.xml",
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NSO} office:version="1.3"><office:body><office:text>{body}</office:text></office:body></office:document-content>',
    )
    z.writestr(
        "meta.xml",
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-meta {NSO}><office:meta><meta:creation-date>2026-03-10T09:00:00</meta:creation-date><meta:initial-creator>Ministry</meta:initial-creator></office:meta></office:document-meta>',
    )
    z.writestr(
        "META-INF/manifest.xml",
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="'
        + mt
        + '"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    )
    z.close()
    return o.getvalue()


case(
    "odt notes annotation tracked",
    (
        "d.odt",
        odt(
            f'<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>x</dc:creator></office:change-info><text:p>40 Turks were killed.</text:p></text:deletion></text:changed-region></text:tracked-changes><text:h text:outline-level="1">Statement</text:h><text:p>The army of Sudan said on Monday that its drones had killed 14<text:note text:note-class="footnote"><text:note-citation>3</text:note-citation><text:note-body><text:p>Turkey counted 300.</text:p></text:note-body></text:note> fighters near El Fasher.<office:annotation><dc:creator>y</dc:creator><text:p>Was it not 40?</text:p></office:annotation></text:p><text:list><text:list-item><text:p>{B}</text:p></text:list-item></text:list>'
        ),
    ),
    [{"has": ["Statement", A, B], "no": ["40", "300", "143"], "day": "2026-03-10", "author": "Ministry"}],
    left=["note"],
)
case(
    "odt spans spaces",
    (
        "d.odt",
        odt(
            '<text:p><text:span>The army of Sudan said on Monday</text:span><text:s/><text:span>that its drones had killed 14</text:span><text:s text:c="2"/>fighters<text:soft-page-break/> near <text:a xlink:href="https://x.example.org">El Fasher</text:a>.</text:p>'
        ),
    ),
    [{"text": A}],
)
case(
    "odt text box frame",
    (
        "d.odt",
        odt(
            f"<text:p>{A}</text:p><text:p><draw:frame><draw:text-box><text:p>{C}</text:p></draw:text-box></draw:frame></text:p><text:p>{B}</text:p>"
        ),
    ),
    [{"has": [A, B]}],
)
case(
    "ods refused",
    ("d.ods", odt("", "application/vnd.oasis.opendocument.spreadsheet")),
    [],
    fails=["spreadsheet|table|OpenDocument|ZIP"],
)
case(
    "doc ole refused",
    ("d.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 3000 + "WordDocument".encode("utf-16le")),
    [],
    fails=["Word|Office"],
)
fo = f'<?xml version="1.0" encoding="UTF-8"?><office:document {NSO} office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>{A}</text:p></office:text></office:body></office:document>'
case("fodt refused or read", ("d.fodt", fo), [], fails=["."])
case(
    "md table",
    ("a.md", f"# Losses\n\n{A}\n\n| Town | Killed |\n|------|-------:|\n| El Fasher | 14 |\n| Nyala | 9 |\n\n{B}\n"),
    [{"has": ["Losses", A, B], "no": ["|"]}],
)
case(
    "md links html comment",
    (
        "a.md",
        f'---\ntitle: "Drones"\ndate: 2026-03-10\n---\n\n<!-- 40 in Turkey -->\n\n[{A}][1]\n\n> {B}\n\n[1]: https://x.example.org "t"\n',
    ),
    [{"has": [A, B], "no": ["Turkey", "https"], "day": "2026-03-10", "title": "Drones"}],
)


# folders
def fold(n, f, day, **k):
    case("folder " + n, {f: A + "\n"}, [{"text": A, "day": day}], path=f.split("/")[0] if "/" in f else None, **k)


fold("iso", "2026-03-10_nyala.txt", "2026-03-10")
fold("compact", "20260310-nyala.txt", "2026-03-10")
fold("german", "Nyala 10.03.2026.txt", None)
fold("german sure", "Nyala 25.03.2026.txt", "2026-03-25")
fold("words", "Statement of 10 March 2026.txt", "2026-03-10")
fold("us words", "March_10_2026-statement.txt", "2026-03-10")
fold("y/m/d", "f/2026/03/10/a.txt", "2026-03-10")
fold("folder iso", "2026-03-10/a.txt", "2026-03-10")
fold("number only", "sitrep_12_2026.txt", None)
fold("ambiguous", "03-04-2026.txt", None)
fold("camera", "IMG_20260310_091200.txt", "2026-03-10")
fold("version", "v2.10.03.txt", None)
fold("no such day", "2026-13-40.txt", None)
