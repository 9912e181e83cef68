"""A figure has to stand in its quotation: in digits of any script, or in words that our tables know."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from standoff import lexicon

_DIGITS = re.compile(r"(?<!\w)\d+(?:[.,٬\u00a0\u202f’' ]\d{3})*(?!\d)")
_BIG = {"es": {"mil": 1000, "millones": 10**6}, "fr": {"mille": 1000}, "ru": {"тыс": 1000, "тысяч": 1000, "млн": 10**6}}


def numbers(quote: str, language: str) -> frozenset[int]:
    """The numbers that stand in a quotation in another language than English.

    >>> sorted(numbers("entre 40 y 50 soldados", "es")), sorted(numbers("treinta y cinco civiles", "es"))
    ([40, 50], [5, 30, 35])
    >>> sorted(numbers("١٢ جنديا", "ar")), sorted(numbers("двенадцать солдат", "ru")), sorted(numbers("docenas", "es"))
    ([12], [12], [])
    """
    found: set[int] = set()
    for match in _DIGITS.finditer(quote):
        value = int("".join(str(unicodedata.decimal(c)) for c in match[0] if c.isdecimal()))
        found.add(value)
        after = re.match(r"\s*([^\W\d_]+)", quote[match.end() :])
        scale = _BIG.get(language, {}).get(after[1].casefold() if after else "", 1)
        found.add(value * scale)
    spelt = _spelt(quote.casefold(), language)
    found.update(value for value, _ in spelt)
    # "Treinta y cinco", "двадцать три": words that follow each other from the large to the small are one number.
    run: list[int] = []
    end = -99
    for value, (start, stop) in spelt:
        if run and start - end <= 4 and run[-1] >= 20 and 0 < value < _place(run[-1]):
            run.append(value)
            found.add(sum(run))
        elif run and start - end <= 4 and value in (100, 1000) and sum(run) < value:
            run = [sum(run) * value]
            found.add(run[0])
        else:
            run = [value]
        end = stop
    return frozenset(found)


def _place(value: int) -> int:
    return 10 if value < 100 else 100 if value < 1000 else 1000


def _spelt(quote: str, language: str) -> list[tuple[int, tuple[int, int]]]:
    found = [(value, match.span()) for value, pattern in _forms(language) for match in pattern.finditer(quote)]
    found.sort(key=lambda one: (one[1][0], -one[1][1]))
    kept: list[tuple[int, tuple[int, int]]] = []
    for one in found:
        if not kept or one[1][0] >= kept[-1][1][1]:
            kept.append(one)
    return kept


@cache
def _forms(language: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    table = lexicon.load("number_words").get(language)
    if table is None:
        return ()
    return tuple(
        (int(value), re.compile(rf"(?<!\w){clinging}(?:{'|'.join(map(_form, forms))})"))
        for value, forms in table["forms"].items()
        for clinging in (r"(?:[وفبلك](?:ال)?|ال)?" if language == "ar" else "",)
    )


def _form(form: str) -> str:
    return re.escape(form[:-1]) + r"(?!\w)" if form.endswith(".") else re.escape(form) + r"\w*"
