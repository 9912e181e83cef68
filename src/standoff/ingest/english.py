"""Which language is it in? Another than English is only what plainly is one: English in capitals, without its marks, or
full of foreign names is English."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_LETTERS_TO_JUDGE = 40
_SAMPLE = 20_000
_CERTAIN = 0.8

# The share of these among all words is above a quarter in English prose, and below a twentieth in any other language.
_FUNCTION_WORDS = frozenset(
    "the of and to in that is was for on with as by at from were said has have had been his her their its an this "
    "which not are be they he she it who after against".split()
)
_ENOUGH = 0.12

# Languages that reports come in; the detector knows more, but the rare ones win where a text is only odd.
LANGUAGES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "gu": "Gujarati", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh",
    "km": "Khmer", "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian",
    "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi", "ms": "Malay", "my": "Burmese",
    "ne": "Nepali", "nl": "Dutch", "no": "Norwegian", "om": "Oromo", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "rw": "Kinyarwanda", "si": "Sinhala", "sk": "Slovak",
    "sl": "Slovenian", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "te": "Telugu", "tg": "Tajik", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "yo": "Yoruba", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip


ENGLISH = "en"


def detect(text: str) -> str:
    """The language of a text: ISO 639-1. English unless it is plainly another, as is a text of few letters."""
    # In lower case throughout: the detector takes a headline in capitals for something else.
    sample = text[:_SAMPLE].lower()
    if sum(map(str.isalpha, sample)) < _LETTERS_TO_JUDGE or _share_of_function_words(sample) >= _ENOUGH:
        return ENGLISH
    code, certainty = _identifier().classify(sample)
    return code if certainty >= _CERTAIN else ENGLISH


def named(code: str) -> str:
    """A language as messages name it.

    >>> named("uk")
    'Ukrainian (uk)'
    """
    return f"{LANGUAGES[code]} ({code})" if code in LANGUAGES else code


def _share_of_function_words(sample: str) -> float:
    words = re.findall(r"[^\W\d_]+", sample)
    return sum(word in _FUNCTION_WORDS for word in words) / len(words) if words else 0.0


@cache
def _identifier() -> Any:
    # Loading takes half a second, and most English is known by its function words alone.
    from py3langid import langid

    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
