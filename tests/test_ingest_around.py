"""What stands around an article and in it that is not its text: twelve more layouts, days, leads, posts, corrections."""

from __future__ import annotations

import json
from datetime import date

import pytest

import standoff
from standoff import lexicon
from standoff.ingest import reader
from standoff.ingest.capture import Capture, Options, now
from standoff.model import Document

LEAD = "Fighters of the M23 shelled Uvira on Monday, the Congolese army said, and four civilians were killed near the port."
SECOND = "A spokesman for the rebels denied that they had fired on the city and accused the army of placing guns between houses."
THIRD = "The United Nations mission said that it had counted nine wounded people in two hospitals and that the road was closed."
STORY = (LEAD, SECOND, THIRD)
ELSEWHERE = ("Norway bombs a port in Sweden, killing 81", "Japan says Brazil shot down a jet over the Pacific", "Peru executes 14 soldiers of Chile")  # fmt: skip
NOISE = ("Norway", "Sweden", "Japan", "Brazil", "Peru", "Chile")
HEAD = '<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>Uvira shelled</title>{head}</head><body>'
H1 = "<h1>Uvira shelled</h1>"
END = "</body></html>"


def p(*told: str) -> str:
    return "".join(f"<p>{line}</p>" for line in told)


def page(body: str, head: str = "", lang: str = "en") -> str:
    return HEAD.format(head=head, lang=lang) + body + END


def read(data: str) -> Document:
    (found,) = reader.read(Capture("page", "page", data.encode(), now()), Options())
    assert isinstance(found, Document), found
    return found


def left(document: Document) -> tuple[str, ...]:
    assert document.provenance is not None
    return document.provenance.left


LINKS = "".join(f'<li><a href="/{n}">{words}</a></li>' for n, words in enumerate(ELSEWHERE))
LINKED = "".join(f'<p><a href="/{n}">{words}</a></p>' for n, words in enumerate(ELSEWHERE))
CARDS = "".join(f'<div class="c"><h4><a href="/{n}">{words}</a></h4><p>{words}, its army said on Monday.</p></div>' for n, words in enumerate(ELSEWHERE))  # fmt: skip
ARTICLE = p(*STORY)

LAYOUTS = {
    "most read below, in the same box": page(f"<div>{H1}{ARTICLE}<h3>Most read</h3><ul>{LINKS}</ul></div>"),
    "links as paragraphs under a heading": page(f"<div>{H1}{ARTICLE}<h3>More stories</h3>{LINKED}</div>"),
    "cards with a summary": page(f"<article>{H1}{ARTICLE}</article><section><h2>You may also like</h2>{CARDS}</section>"),
    "cards in the article": page(f"<article>{H1}{ARTICLE}<div><h3>Top stories</h3>{CARDS}</div></article>"),
    "a pointer between paragraphs": page(f"<article>{H1}{p(LEAD)}<p><strong>ALSO READ: </strong><a href='/1'>{ELSEWHERE[0]}</a></p>{p(SECOND, THIRD)}</article>"),
    "a linked headline between paragraphs": page(f"<article>{H1}{p(LEAD)}<p><a href='/1'>{ELSEWHERE[1]}</a></p>{p(SECOND, THIRD)}</article>"),
    "read more in the middle": page(f"<article>{H1}{p(LEAD)}<h4>Read more</h4><ul>{LINKS}</ul>{p(SECOND, THIRD)}</article>"),
    "a heading with a place": page(f"<div>{H1}{ARTICLE}<h3>More from Africa</h3>{LINKED}</div>"),
    "popular posts at the side": page(f"<div><div>{H1}{ARTICLE}</div><div class='popular-posts'><h3>Popular</h3>{CARDS}</div></div>"),
    "a widget at the side": page(f"<div><article>{H1}{ARTICLE}</article><div class='widget-area sidebar'>{CARDS}</div></div>"),
    "trending, set in bold": page(f"<div>{H1}{ARTICLE}<p><b>Trending now</b></p>{LINKED}</div>"),
    "latest news before the article": page(f"<div class='latest-news'><h3>Latest news</h3><ul>{LINKS}</ul></div><article>{H1}{ARTICLE}</article>"),
    "editors' picks after a comment box": page(f"<article>{H1}{ARTICLE}</article><div id='comments'>{p(ELSEWHERE[0])}</div><h3>Editors’ picks</h3><ul>{LINKS}</ul>"),
    "a sidebar that holds the article": page(f"<div class='content-sidebar-wrap'><div>{H1}{ARTICLE}</div></div>"),
    "a lead in the head": page(f"<div><header>{H1}<div class='standfirst'><p>{LEAD}</p></div></header><section><div>{SECOND}</div><div>{THIRD}</div></section></div>"),
    "a lead as a heading's paragraph": page(f"<div><header>{H1}<p class='dek'><strong>{LEAD}</strong></p></header><div class='ad'></div><div class='body'>{p(SECOND, THIRD)}</div></div>"),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_article_is_read_and_nothing_around_it(layout: str) -> None:
    document = read(LAYOUTS[layout])
    assert [line for line in STORY if line not in document.text] == []
    assert [name for name in NOISE if name in document.text] == []
    assert [document.text.count(line) for line in STORY] == [1, 1, 1]
    assert document.text.index(LEAD) < document.text.index(SECOND) < document.text.index(THIRD)


CHANGED = '<time itemprop="dateModified" datetime="2026-03-19T19:20:00Z">'
DAYS = {
    "shown first, then changed": (f"{H1}{CHANGED}10/03/2026 01:57 | Updated 19/03/2026 19:20</time>", "en", date(2026, 3, 10)),
    "in words, then changed": (f"{H1}<p>10 March 2026. Updated 19 March 2026</p>", "en", date(2026, 3, 10)),
    "only changed": (f"{H1}{CHANGED}Updated 19 March 2026</time>", "en", None),
    "changed, by its class": (f'{H1}<time class="updated" datetime="2026-03-19">19 March 2026</time>', "en", None),
    "changed, by the word before": (f'{H1}<span>Last updated: <time datetime="2026-03-19">19 March 2026</time></span>', "en", None),
    "published and changed": (f'{H1}<time class="published updated" datetime="2026-03-10">10 March</time>', "en", date(2026, 3, 10)),
    "numbers in British English": (f"{H1}<div>10/03/2026</div>", "en-GB", date(2026, 3, 10)),
    "numbers in American English": (f"{H1}<div>03/10/2026</div>", "en-US", date(2026, 3, 10)),
    "numbers of no known order": (f"{H1}<div>10/03/2026</div>", "en", None),
    "a post's own day": (f'{H1}<blockquote class="twitter-tweet"><p>Shells fell tonight.</p>&mdash; J. K. (@jk) <a href="/1">March 9, 2026</a></blockquote>', "en", None),
}  # fmt: skip


@pytest.mark.parametrize("name", DAYS)
def test_the_day_of_a_change_is_not_that_of_publication(name: str) -> None:
    body, lang, wanted = DAYS[name]
    document = read(page(f"<article>{body}{ARTICLE}</article>", lang=lang))
    assert document.published == wanted


COMMENTS = [
    '<section id="comments"><div class="comment"><time datetime="2026-03-25T10:00:00Z">25 March 2026</time><p>{}</p></div></section>',
    '<ol class="commentlist"><li><p class="meta">25 March 2026</p><p>{}</p></li></ol>',
    '<div class="comments-area"><article><time datetime="2026-03-25">25 March</time><p>{}</p></article></div>',
    '<div id="disqus_thread"><time datetime="2026-03-25">25 March</time><p>{}</p></div>',
]


@pytest.mark.parametrize("box", COMMENTS, ids=range(len(COMMENTS)))
def test_a_readers_day_is_not_the_reports(box: str) -> None:
    document = read(page(f"<article>{H1}{ARTICLE}</article>{box.format('I heard otherwise, from my cousin in Goma.')}"))
    assert document.published is None
    assert "cousin" not in document.text


def test_a_change_bounds_the_unknown_day() -> None:
    document = read(page(f"<article>{H1}{CHANGED}Updated 19 March 2026</time>{ARTICLE}</article>"))
    assert document.provenance is not None
    assert document.provenance.date_bounds == (date(2026, 3, 19), date(2026, 3, 19))


ENTRIES = [
    ("2026-03-10T15:00:00Z", "Rwanda denies role", "Rwanda denied on Tuesday that its troops had shelled Uvira."),
    ("2026-03-10T09:00:00Z", "Four killed", "Fighters of the M23 shelled Uvira on Monday, the Congolese army said."),
    (
        "2026-03-03T21:00:00Z",
        "Talks stall",
        "The M23 attacked a village near Uvira on Monday, the Congolese army said.",
    ),
]
SCHEMA = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": "Congo live", "datePublished": "2026-03-03T21:00:00Z", "liveBlogUpdate": [{"@type": "BlogPosting", "headline": h, "datePublished": d, "articleBody": t} for d, h, t in ENTRIES]}  # fmt: skip
SCRIPT = f'<script type="application/ld+json">{json.dumps(SCHEMA)}</script>'
LIVE = {
    "told by the page": page("<main><h1>Congo live</h1><div id='app'></div></main>", SCRIPT),
    "boxes": page("<main class='live-blog'><h1>Congo: live</h1>" + "".join(f"<div class='post'><time datetime='{d}'>x</time><h2>{h}</h2><p>{t}</p></div>" for d, h, t in ENTRIES) + "</main>"),
    "articles": page("<h1>Congo live</h1><div class='feed'>" + "".join(f"<article><header><time datetime='{d}'>x</time></header><h3>{h}</h3><div><p>{t}</p></div></article>" for d, h, t in ENTRIES) + "</div>"),
    "list": page("<div class='liveblog'><h1>Congo</h1><ul>" + "".join(f"<li><span><time datetime='{d}'>x</time></span><h4>{h}</h4><p>{t}</p></li>" for d, h, t in ENTRIES) + "</ul></div>", SCRIPT),
}  # fmt: skip


@pytest.mark.parametrize("name", LIVE)
def test_the_entries_of_a_live_blog_keep_their_days(name: str) -> None:
    document = read(LIVE[name])
    assert all(words in document.text for _, _, words in ENTRIES)
    days = {c.when.start for c in standoff.extract(document) if c.when and c.when.start and "Monday" in c.when.text}
    assert days == {date(2026, 3, 9), date(2026, 3, 2)}


SAID = "Rwandan soldiers have killed 12 people in our town tonight."
POSTS = {
    "X": f'<blockquote class="twitter-tweet"><p>{SAID}</p>&mdash; Jean Kabila (@jeank) <a href="/1">March 9, 2026</a></blockquote>',
    "Bluesky": f'<blockquote class="bluesky-embed"><p>{SAID}</p>&mdash; Jean Kabila (<a href="/1">@jeank.bsky.social</a>) <a href="/2">March 9, 2026 at 8:00 PM</a></blockquote>',
    "Instagram": f'<blockquote class="instagram-media"><p>{SAID}</p><p>A post shared by Jean Kabila (@jeank)</p></blockquote>',
    "Mastodon": f'<blockquote class="mastodon-embed"><p>{SAID}</p>— Jean Kabila (@jeank@example.social) 9 March 2026</blockquote>',
    "without a name": f'<blockquote cite="https://x.com/jeank/status/1"><p>{SAID}</p>&mdash; Jean Kabila (@jeank) <a href="/1">March 9, 2026</a></blockquote>',
    "in a box": f'<div class="social-embed"><blockquote class="twitter-tweet"><p>{SAID} <a href="/x">pic.twitter.com/abc</a></p>&mdash; Jean Kabila (@jeank) <a href="/1">March 9, 2026</a></blockquote></div>',
}  # fmt: skip


@pytest.mark.parametrize("name", POSTS)
def test_a_post_is_said_by_its_author_on_its_day(name: str) -> None:
    document = read(page(f"<article>{H1}<p>10 March 2026</p>{p(LEAD)}{POSTS[name]}{p(SECOND, THIRD)}</article>"))
    claims = [c for c in standoff.extract(document) if any(count.low == 12 for count in c.counts)]
    assert claims
    assert all(c.sources and "Kabila" in document.text[c.sources[0].mention.span.start : c.sources[0].mention.span.end] for c in claims)  # fmt: skip
    if "March" in POSTS[name]:
        assert {c.when.start for c in claims if c.when} == {date(2026, 3, 9)}


CORRECTIONS = [
    "Correction: An earlier version of this story said that 40 people were killed. The ministry's figure is four.",
    "CORRECTION, 11 March: 40 people were not killed, as we wrote.",
    "This article was amended on 11 March 2026. An earlier version said 40 people were killed.",
    "Editor’s note: we had said that 40 people were killed; the army now says four.",
    "An earlier version of this report gave a toll of 40 people killed.",
    "Clarification (11 March) – the army never said that 40 people were killed.",
]


@pytest.mark.parametrize("note", CORRECTIONS, ids=range(len(CORRECTIONS)))
@pytest.mark.parametrize("place", ["above", "below"])
def test_a_correction_withdraws_the_figure_it_names(note: str, place: str) -> None:
    body = p(note) + ARTICLE if place == "above" else ARTICLE + p(f"<em>{note}</em>")
    document = read(page(f"<article>{H1}{body}</article>"))
    assert not any(count.low == 40 for claim in standoff.extract(document) for count in claim.counts)
    assert f"a correction, apart from the text: “{note}”" in left(document)


CAPTIONS = [
    "<figure><img src='a.jpg'><figcaption>Soldiers of Chile in Peru in 2019.</figcaption></figure>",
    "<div class='wp-caption'><img src='a.jpg'><p class='wp-caption-text'>Soldiers of Chile in Peru in 2019.</p></div>",
    "<div><img src='a.jpg'><span class='photo-caption'>Soldiers of Chile in Peru in 2019.</span></div>",
    "<div><img src='a.jpg'><p class='image-credit caption'>Soldiers of Chile in Peru in 2019.</p></div>",
]


@pytest.mark.parametrize("caption", CAPTIONS, ids=range(len(CAPTIONS)))
def test_a_caption_is_apart_from_the_text(caption: str) -> None:
    document = read(page(f"<article>{H1}{p(LEAD)}{caption}{p(SECOND, THIRD)}</article>"))
    assert "Chile" not in document.text
    assert "a caption, apart from the text: “Soldiers of Chile in Peru in 2019.”" in left(document)


TABLES = [
    "<table><tr><th>Place</th><th>Killed</th></tr><tr><td>Nyala</td><td>814</td></tr></table>",
    "<table><thead><tr><td>Place</td><td>Killed</td></tr></thead><tbody><tr><td>Nyala</td><td>814</td></tr></tbody></table>",
    "<div class='t'><table><caption>Losses</caption><tr><th>Place</th><th>Killed</th></tr><tr><td>Nyala</td><td>814</td></tr></table></div>",
    "<figure><table><tr><th>Place</th><th>Killed</th></tr><tr><td>Nyala</td><td>814</td></tr></table></figure>",
]


@pytest.mark.parametrize("table", TABLES, ids=range(len(TABLES)))
def test_a_table_of_losses_is_left_and_told(table: str) -> None:
    document = read(page(f"<article>{H1}{p(LEAD)}{table}{p(SECOND, THIRD)}</article>"))
    assert "814" not in document.text
    assert "a table of 2 rows left out: Place, Killed" in left(document)


def test_a_page_of_which_most_is_left_warns() -> None:
    dull = "".join(f"<div class='x{n}'><section><p>{words}</p></section></div>" for n, words in enumerate([f"{LEAD} Number {n}." for n in range(60)]))  # fmt: skip
    document = read(page(f"<article>{H1}{p(*STORY)}</article><div>{dull}</div>"))
    if "Number 40" not in document.text:
        assert any(one.startswith("most of the page left out: ") for one in left(document))


@pytest.mark.parametrize(
    "mark",
    ["<!-- saved from url=(0043)https://www.example.org/2026/03/10/uvira -->",
     "<!--\n Page saved with SingleFile \n url: https://www.example.org/2026/03/10/uvira \n saved date: Wed Mar 11 2026 \n-->"],
    ids=["a browser", "SingleFile"],
)  # fmt: skip
def test_a_saved_page_keeps_its_address(mark: str) -> None:
    whole = page(f"<article>{H1}{ARTICLE}</article>").replace("<!DOCTYPE html>", f"<!DOCTYPE html>\n{mark}\n")
    document = read(whole)
    assert (document.url, document.published) == ("https://www.example.org/2026/03/10/uvira", date(2026, 3, 10))


@pytest.mark.parametrize("entry", [e for t in ("box", "aside", "pointer", "correction") for e in lexicon.load("pages")[t]], ids=lambda e: e["example"][:50])  # fmt: skip
def test_the_example_of_every_entry_is_left_out(entry: dict[str, str]) -> None:
    import re

    document = read(page(f"<article>{H1}{ARTICLE}{entry['example']}</article>"))
    words = " ".join(re.sub("<[^>]*>", " ", entry["example"]).split())
    assert words[-30:] not in " ".join(document.text.split())


@pytest.mark.parametrize("entry", lexicon.load("pages")["heading"], ids=lambda e: e["example"])
def test_what_stands_below_such_a_heading_is_left_out(entry: dict[str, str]) -> None:
    document = read(page(f"<div>{H1}{ARTICLE}{entry['example']}{LINKED}</div>"))
    assert [name for name in NOISE if name in document.text] == []


MARKDOWN = [
    "| Place | Killed |\n| --- | --- |\n| Nyala | 814 |\n",
    "Place | Killed\n---|---\nNyala | 814\n",
    "| Place | Killed |\n|:---|---:|\n| Nyala | 814 |\n",
    "| Place | Killed |\n|-------|-------:|\n| Nyala | **814** |\n",
]


@pytest.mark.parametrize("table", MARKDOWN, ids=range(len(MARKDOWN)))
def test_a_table_in_markdown_is_left_and_told(table: str) -> None:
    document = read(f"{LEAD}\n\n{table}\n{SECOND}\n")
    assert document.text == f"{LEAD}\n\n{SECOND}"
    assert left(document) == ("a table of 2 rows left out: Place, Killed",)
