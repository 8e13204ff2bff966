"""Chinese pages have no prefix, English ones stand under /en/; the path alone decides, never what a browser prefers.

The interface is in two languages; stories, names and dates as printed stay Chinese.
"""

import re

from django.conf import settings
from django.urls import is_valid_path
from django.utils import translation

ENGLISH = "en"
# What the attribute `lang` says of each language of the settings.
TAGS = {"zh-hans": "zh-Hans", ENGLISH: "en"}


def language_of_the_address(get_response):
    """Answer in the language that the path names: one address, one text, for every reader and every cache."""

    def middleware(request):
        with translation.override(ENGLISH if is_english(request.path_info) else settings.LANGUAGE_CODE):
            return get_response(request)

    return middleware


def is_english(path):
    return path.startswith("/en/")


def in_chinese(path):
    """The path of the same page in Chinese."""
    return path.removeprefix("/en") if is_english(path) else path


def in_english(path):
    """The path of the same page in English."""
    return path if is_english(path) else "/en" + path


def is_bilingual(path):
    """Whether the path is that of a page, which has both languages; neither previews nor files have."""
    with translation.override(ENGLISH):
        return is_valid_path(in_english(path))


def with_chinese_marked(markup):
    """HTML of an English page, with `lang="zh-Hans"` around each run of Chinese text: screen readers change the voice.

    An element that holds nothing but text gets the attribute itself.
    """
    return _PIECE.sub(_marked, markup)


_HAN = "\u3007\u3400-\u9fff\U00020000-\U0003ffff"
# With punctuation and figures between the characters, as in 第12期《乡情》.
_RUN = re.compile(rf"[《“（【]*[{_HAN}](?:[^<>&A-Za-z]*[{_HAN}][》”）】。！？]*)*")
_PIECE = re.compile(
    r"<(?P<raw>script|style)\b.*?</(?P=raw)>"
    r"|<(?P<whole>option|title|text|textarea)(?P<attributes>[^>]*)>(?P<inside>[^<]*)"
    r"|<[^>]*>"
    r"|(?P<text>[^<]+)",
    re.DOTALL,
)


def _marked(piece):
    if text := piece["text"]:
        return _RUN.sub(r'<span lang="zh-Hans">\g<0></span>', text)
    if piece["whole"] and _RUN.search(piece["inside"]):
        return f'<{piece["whole"]} lang="zh-Hans"{piece["attributes"]}>{piece["inside"]}'
    return piece[0]
