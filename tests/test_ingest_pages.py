"""Twenty layouts of news pages, written for these tests: the article is read, what stands around it is not."""

from __future__ import annotations

import pytest

import inputs
import standoff
from standoff.ingest import reader
from standoff.ingest.capture import Capture, Options, now
from standoff.model import Document

LEAD = "Ethiopia's army said on Friday that its forces had recaptured the town of Dessie and killed 40 rebel fighters."
SECOND = "A spokesman for the Tigrayan forces denied the claim and said that the town was still under their control."
THIRD = "The United Nations said that about 12,000 people had fled the fighting since Monday and needed shelter."
STORY = (LEAD, SECOND, THIRD)

# Nothing of this may ever become a claim: each names a country that the story does not.
COMMENT = "I heard that Norway bombed Sweden last night and killed 900 civilians, nobody reports it, wake up people."
RELATED = "Japan accuses Brazil of shooting down a passenger jet over the Pacific, killing 212"
NOISE = ("Norway", "Japan", "Brazil", "Sweden")


def p(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


ARTICLE = p(*STORY)
LINKS = "".join(f'<li><a href="/{n}">{RELATED}</a></li>' for n in range(6))
HEAD = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Army retakes Dessie</title></head><body>'
NAV = '<header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/live">Live</a></li></ul></nav></header>'
FOOT = '<footer><p>© 2021 Example Wire. All rights reserved.</p><ul><li><a href="/about">About us</a></li></ul></footer></body></html>'
H1 = "<h1>Army retakes Dessie</h1>"


def comments(name: str) -> str:
    one = f'<div class="{name}-item"><span class="user">reader77</span>{p(COMMENT)}<a href="#">Reply</a></div>'
    return f'<section id="{name}s" class="{name}-list"><h3>24 comments</h3>{one * 4}</section>'


LAYOUTS = {
    "article and nothing else": f"{HEAD}<article>{H1}{ARTICLE}</article></body></html>",
    "navigation and footer": f"{HEAD}{NAV}<main><article>{H1}{ARTICLE}</article></main>{FOOT}",
    "comments below": f"{HEAD}{NAV}<article>{H1}{ARTICLE}</article>{comments('comment')}{FOOT}",
    "comments inside the article": f"{HEAD}{NAV}<article>{H1}{ARTICLE}{comments('comment')}</article>{FOOT}",
    "comments by Disqus": f'{HEAD}{NAV}<article>{H1}{ARTICLE}</article><div id="disqus_thread">{p(COMMENT) * 4}</div>{FOOT}',
    "a list of comments": f'{HEAD}<article>{H1}{ARTICLE}</article><ol class="commentlist"><li>{p(COMMENT)}</li><li>{p(COMMENT)}</li></ol>{FOOT}',
    "related links below": f'{HEAD}{NAV}<article>{H1}{ARTICLE}</article><aside class="related-articles"><h3>Related</h3><ul>{LINKS}</ul></aside>{FOOT}',
    "related links in the middle": f'{HEAD}<article>{H1}{p(LEAD)}<div class="related-box"><h4>Read more</h4><ul>{LINKS}</ul></div>{p(SECOND, THIRD)}</article>{FOOT}',
    "most read beside": f'{HEAD}{NAV}<main><article>{H1}{ARTICLE}</article><aside class="most-read"><ol>{LINKS}</ol></aside></main>{FOOT}',
    "teasers with text": f'{HEAD}<article>{H1}{ARTICLE}</article><div class="recommended"><div class="card"><h4>{RELATED}</h4>{p(RELATED + ".")}</div></div>{FOOT}',
    "a cookie wall": f'{HEAD}<div id="cookie-consent" role="dialog">{p("We and our partners store cookies on your device.", COMMENT)}<button>Accept</button></div>{NAV}<article>{H1}{ARTICLE}</article>{FOOT}',
    "a consent overlay after the article": f'{HEAD}<article>{H1}{ARTICLE}</article><div class="consent-overlay">{p("By using this site you agree to our terms.")}</div>{FOOT}',
    "a newsletter box": f'{HEAD}<article>{H1}{p(LEAD)}<div class="newsletter-signup">{p("Sign up for our morning briefing, which said: " + COMMENT)}</div>{p(SECOND, THIRD)}</article>{FOOT}',
    "captions": f'{HEAD}<article>{H1}<figure><img src="a.jpg"><figcaption>A tank near Dessie in 2020.</figcaption></figure>{ARTICLE}</article>{FOOT}',
    "AMP": HEAD.replace("<html", "<html amp") + f'<amp-sidebar id="s"><ul>{LINKS}</ul></amp-sidebar><article class="amp-wp-article">{H1}{ARTICLE}</article>{FOOT}',
    "laid out in tables": f'{HEAD}<table width="100%"><tr><td width="20%"><ul>{LINKS}</ul></td><td>{H1}{ARTICLE}</td></tr></table>{FOOT}',
    "a table of figures in it": f"{HEAD}<article>{H1}{ARTICLE}<table><tr><th>Day</th><th>Fled</th></tr><tr><td>Monday</td><td>3,000</td></tr></table></article>{FOOT}",
    "divisions without names": f'{HEAD}<div><div><div>{NAV}</div><div><div>{H1}</div><div>{ARTICLE}</div></div></div></div>{FOOT}',
    "lines broken by br": f"{HEAD}{NAV}<div class='story'>{H1}{'<br><br>'.join(STORY)}</div>{FOOT}",
    "a live blog": f'{HEAD}<main class="live-blog"><article>{H1}'
    + "".join(f'<div class="post"><h2>Update {n}</h2><time datetime="2021-12-0{n}T10:00:00Z">10:00</time>{p(line)}</div>' for n, line in enumerate(STORY, 1))
    + f"</article></main>{FOOT}",
    "a box that is named for its comments": f'{HEAD}<div id="page-with-comments"><article>{H1}{ARTICLE}</article>{comments("comment")}</div>{FOOT}',
    "XHTML": f'<?xml version="1.0" encoding="utf-8"?>\n{HEAD}{NAV}<div class="article-body">{H1}{ARTICLE}</div>{comments("comment")}{FOOT}',
}  # fmt: skip


def read(page: str | bytes) -> Document:
    data = page if isinstance(page, bytes) else page.encode()
    (found,) = reader.read(Capture("page", "page", data, now()), Options())
    assert isinstance(found, Document), found
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_article_is_read_and_nothing_around_it(layout: str) -> None:
    document = read(LAYOUTS[layout])
    words = " ".join(document.text.split())
    assert [line for line in STORY if line not in words] == []
    assert document.title == "Army retakes Dessie"
    assert [name for name in NOISE if name in document.text] == []
    claims = standoff.extract(document)
    assert {"RETREAT", "ASSAULT"} & {claim.event for claim in claims}
    told = {m.party.code for c in claims for m in (*c.actors, *c.recipients, *(s.mention for s in c.sources))}
    assert not told & {"NOR", "JPN", "BRA", "SWE"}


def test_a_paywalled_stub_is_what_it_shows() -> None:
    wall = f'<div class="subscribe-wall">{p("To read on, subscribe for 1 euro a month.")}</div>'
    document = read(f"{HEAD}{NAV}<article>{H1}{p(LEAD)}{wall}</article>{FOOT}")
    assert LEAD in document.text
    assert "subscribe" not in document.text


def test_markup_in_a_text_is_text() -> None:
    """What a page shows as &lt;script&gt; is words, and stays words."""
    document = read(
        f"{HEAD}<article>{H1}{ARTICLE}{p('The note read &lt;script&gt;alert(1)&lt;/script&gt; and no more.')}</article>{FOOT}"
    )
    assert "<script>alert(1)</script>" in document.text


@pytest.mark.parametrize(
    ("encoding", "declared", "words"),
    [
        ("cp1252", '<meta charset="iso-8859-1">', "The army’s “victory” — said Peña — killed ten soldiers near the border on Monday."),
        ("utf-8", "", "The army’s “victory” — said Peña — killed ten soldiers near the border on Monday."),
        ("utf-16", "", "The army’s victory killed ten soldiers near the border on Monday, it said."),
        ("cp1252", "", "The army’s “victory” — said Peña — killed ten soldiers near the border on Monday."),
        ("utf-8", '<meta charset="utf-7">', "The army +ADw-script+AD4- said ten soldiers were killed near the border."),
        ("utf-8", '<meta charset="no-such-thing">', "The army’s “victory” killed ten soldiers near the border on Monday."),
    ],
)  # fmt: skip
def test_encodings_of_pages(encoding: str, declared: str, words: str) -> None:
    page = f"<!DOCTYPE html><html><head>{declared}<title>x</title></head><body><article>{p(words, *STORY)}</article></body></html>"
    document = read(page.encode(encoding))
    assert words in document.text
    assert document.provenance is not None
    assert document.provenance.encoding is not None


def test_a_page_without_an_article_is_named() -> None:
    (found,) = reader.read(Capture("x", "x", b"<!DOCTYPE html><html><body></body></html>", now()), Options())
    assert not isinstance(found, Document)
    assert "no article found in the page" in str(found.error)


def test_the_sample_of_every_other_test_is_whole() -> None:
    assert read(inputs.page()).text == inputs.WHOLE
