from django.utils.text import slugify

MAX_LENGTH = 80


def pinyin(text):
    """Latin letters for any text, Chinese as pinyin without tones: `龙港总商会` is `long gang zong shang hui`."""
    return " ".join(_syllables(text)).lower()


def initials(text):
    """The first letter of each syllable: `龙港总商会` is `lgzsh`."""
    return "".join(_syllables(text, first_letters=True)).lower()


def pinyin_slug(text):
    """An ASCII slug such as `longgang-zongshanghui` cut at `MAX_LENGTH`; empty if the text has no letter or digit."""
    return slugify("".join(_syllables(text)))[:MAX_LENGTH].strip("-")


def free_slug(text, is_taken, fallback="item"):
    """A slug for the text for which `is_taken(slug)` is false: numbered from 2 where it is taken."""
    base = pinyin_slug(text)[: MAX_LENGTH - 6] or fallback
    slug, number = base, 1
    while is_taken(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def _syllables(text, *, first_letters=False):
    if text.isascii():
        return [text]
    # Its dictionaries take a third of the time in which the site starts, and 57 MB: of no use to who only reads.
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(text, style=Style.FIRST_LETTER if first_letters else Style.NORMAL)
