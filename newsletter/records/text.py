"""The text gate: what any text must look like before it is stored, whatever path it came by."""

import hashlib
import html
import re
import unicodedata

import nh3
from django.utils.html import escape, strip_tags

# Raise this with every change of the allow-list: texts cleaned under an older number are cleaned again when read.
RICH_TEXT_RULES = 1

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "strong", "em", "u", "s", "sub", "sup", "blockquote"),
    *("ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
_cleaner = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={"script", "style", "title", "xml"},
    attributes={
        "a": {"href", "title"},
        "ol": {"start"},
        "th": {"colspan", "rowspan"},
        "td": {"colspan", "rowspan"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener",
)

# Control characters, byte-order mark, zero-width space, bidirectional overrides and isolates (they can make a text
# read otherwise than it is stored), lone surrogates and noncharacters (no XML or UTF-8 file can hold them).
_UNSTORABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(17))
    + "]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_EMPTY_BLOCK = re.compile(r"<(p|h2|h3|li|blockquote)>(?:\s|&nbsp;|<br ?/?>)*</\1>")
_LINK = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.S)
_BLOCK_END = re.compile(r"</(?:p|h2|h3|li|blockquote|tr)>|<br ?/?>|<hr ?/?>")


def is_storable(text):
    """Whether both databases and an XML file can hold the text: no control characters, no lone surrogates."""
    return not _UNSTORABLE.search(text)


def storable(text):
    """The text without what `is_storable` objects to."""
    return _UNSTORABLE.sub("", text)


def clean_lines(text):
    """NFC text of any number of lines, without unstorable characters, trailing spaces or blank lines at the ends."""
    text = unicodedata.normalize("NFC", storable(_LINE_ENDS.sub("\n", text)))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def clean_line(text):
    """One line of NFC text: line ends and tabs become a space, the ends are trimmed."""
    return re.sub(r"[\n\t]+", " ", clean_lines(text)).strip()


def clean_rich(markup):
    """HTML under the allow-list. Headings are h2 and h3, as the page's h1 is the headline.

    The sanitizer runs last in each round: composing characters can swallow a `>` (U+003E U+0338 is U+226F in NFC),
    and references such as `&#8238;` become the characters themselves only when parsed.
    """
    for _ in range(4):
        cleaned = _cleaner.clean(clean_lines(markup))
        while (shorter := _EMPTY_BLOCK.sub("", cleaned)) != cleaned:
            cleaned = shorter
        if cleaned == markup:
            break
        markup = cleaned
    return cleaned.strip()


def rich_from_paragraphs(paragraphs):
    """HTML of plain paragraphs, a `<p>` each."""
    return "".join(f"<p>{escape(clean_line(paragraph))}</p>" for paragraph in paragraphs)


def paragraphs_of(markup):
    """The plain paragraphs of an HTML text, without markup; empty ones left out."""
    plain = html.unescape(strip_tags(_BLOCK_END.sub("\n", markup)))
    return [line.strip() for line in plain.split("\n") if line.strip()]


def readable(markup):
    """An HTML text as lines of plain words; an address that a link leads to stands in brackets behind its words."""
    return "\n".join(paragraphs_of(_LINK.sub(r"\2〔\1〕", markup)))


def bare(text):
    """The text with all white space removed, for comparing texts that were wrapped differently."""
    return re.sub(r"\s+", "", text)


def digest(paragraphs):
    """A hexadecimal SHA-256 that two texts share if they are the same, white space aside; "" for an empty text."""
    text = bare("".join(paragraphs))
    return hashlib.sha256(text.encode()).hexdigest() if text else ""
