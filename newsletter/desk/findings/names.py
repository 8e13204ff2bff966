"""Names of organizations that the directory does not have, that are no longer right, or that were written wrong."""

import re
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from newsletter.intake.parser.recognize import Directory
from newsletter.intake.parser.recognize.endings import ENDS_LIKE_A_NAME, KIND_OF_ENDING
from newsletter.intake.parser.recognize.misprints import sounds_alike
from newsletter.intake.parser.recognize.names import Finder
from newsletter.intake.parser.recognize.story import Passage, readable
from orgs.models import Organization, OrganizationName, name_key

from .finding import Severity, Spot

# Schools, companies and authorities of everywhere stand in the news; the directory is about these, and not about the
# homes and kindergartens that they visit.
_EXPECTED = {"association", "chamber", "foundation", "service_agency"}
_VISITED = re.compile("(?:幼儿园|养老院|敬老院)$")
_LIKELY = 0.7
_BYLINE_WORDS = re.compile(r"[\s、，,;；/|]+|本[报刊]|特约|通讯员|实习|见习|记者|供稿|供图|摄影|整理|报道")
_ENDS_LIKE_A_CONTRIBUTOR = re.compile(r"(?:公益|志愿者|社工|义工)$")


class Names:
    """All names of the directory, ready to be looked for in texts of one locality."""

    def __init__(self, rows, locality):
        organizations = {}
        self.keys, self.gone, self.former = set(), {}, {}
        for pk, name, kind, findable, valid_to, full, org_kind, status in rows:
            self.keys.add(name_key(name))
            entry = organizations.setdefault(pk, {"name": full, "kind": org_kind, "names": []})
            if findable and name != full:
                entry["names"].append(name)
            if status != Organization.Status.ACTIVE:
                self.gone[full] = pk
            elif kind == OrganizationName.Kind.FORMER or valid_to:
                self.former[name] = (pk, full, valid_to)
        self.index = Directory(organizations.values()).index(locality)

    def find(self, texts, day=None):
        """(index of the text, `Spot`) for each name that needs a look, once for each name; `texts` are strings."""
        passages = [Passage(n, readable(text)) for n, text in enumerate(texts)]
        Finder(self.index).find(passages)
        known = {mention.name for passage in passages for mention in passage.mentions if mention.known}
        told = set()
        for passage in passages:
            for mention in passage.mentions:
                printed = passage.text[mention.start : mention.end]
                if _is_right(mention, printed, passage.text, known):
                    continue
                spot = self._spot(mention, printed, ((mention.start, mention.end),), day)
                if spot and (spot.kind, printed) not in told:
                    told.add((spot.kind, printed))
                    yield passage.where, spot
        for number, spot in self._two_ways(passages):
            if (spot.kind, texts[number][slice(*spot.spans[0])]) not in told:
                yield number, spot

    def find_in_byline(self, byline, day=None):
        """`Spot`s of the organizations that a printed byline names."""
        at = 0
        for name in _BYLINE_WORDS.split(readable(byline)):
            start = readable(byline).index(name, at)
            span, at = ((start, start + len(name)),), start + len(name)
            known = self.index.names.get(name)
            if name in self.former:
                yield from filter(None, [self._outdated(self.former[name], span, day)])
            elif known:
                yield from filter(None, [self._gone(known.full, span)])
            elif name_key(name) in self.keys or len(name) < 4:
                continue
            elif meant := next(
                (m.name for s, m in self.index.misprints.find(name) if not s and m.end == len(name)), ""
            ):
                yield _misprint(meant, span)
            elif ENDS_LIKE_A_NAME.search(name) or _ENDS_LIKE_A_CONTRIBUTOR.search(name):
                yield _unknown(span)

    def _spot(self, mention, printed, span, day):
        if mention.meant:
            return _misprint(mention.meant, span)
        if not mention.known:
            ending = ENDS_LIKE_A_NAME.search(printed)
            is_expected = ending and KIND_OF_ENDING[ending.group()] in _EXPECTED and not _VISITED.search(printed)
            is_told = {name_key(printed), name_key(mention.name)} & self.keys
            return _unknown(span) if is_expected and mention.score >= _LIKELY and not is_told else None
        if printed in self.former:
            return self._outdated(self.former[printed], span, day)
        return self._gone(mention.name, span)

    def _gone(self, full, span):
        if pk := self.gone.get(full):
            words = _("This organization does not exist any more.")
            return Spot("gone_organization", words, span, Severity.WARNING, link=_page(pk, full))

    def _outdated(self, former, span, day):
        pk, now, valid_to = former
        if valid_to is None or day is None or day > valid_to:
            words = _("A former name: now it is %(name)s.") % {"name": now}
            return Spot("former_name", words, span, link=_page(pk, now))

    def _two_ways(self, passages):
        """A name that the text also writes with one character that sounds alike: 爱友公益 and 爱有公益."""
        printed = {
            passage.text[mention.start : mention.end]
            for passage in passages
            for mention in passage.mentions
            if not mention.meant and (mention.known or mention.score >= _LIKELY)
        }
        for name in sorted(printed):
            if len(name) < 4:
                continue
            for at, char in enumerate(name):
                pattern = re.compile(f"{re.escape(name[:at])}([\u4e00-\u9fff]){re.escape(name[at + 1 :])}")
                for passage in passages:
                    for match in pattern.finditer(passage.text):
                        if match[1] == char or not sounds_alike(char, match[1]) or match.group() in self.index.names:
                            continue
                        yield passage.where, _misprint(name, (match.span(),))


def _is_right(mention, printed, text, known):
    """Whether the text has more reason for what it prints than this one mention shows."""
    if mention.meant:
        # The whole name stands there, or another word in place of its ending (女企业家年会 of 女企业家商会).
        around = text[max(0, mention.start - 2) : mention.end + 2]
        differing = [pair for pair in zip(printed, mention.meant, strict=False) if pair[0] != pair[1]]
        is_other_word = len(printed) == len(mention.meant) and not sounds_alike(*differing[0])
        return mention.meant in around or (is_other_word and printed[-3:] != mention.meant[-3:])
    # A short form of what the text names in full: 青创协会.
    return not mention.known and any(_is_short_for(printed, name) for name in known)


def _is_short_for(short, name):
    letters = iter(name)
    return all(letter in letters for letter in short)


def _unknown(span):
    return Spot("unknown_organization", _("The directory has no organization of this name."), span)


def _misprint(meant, span):
    return Spot("misprinted_name", _("Is “%(name)s” meant?") % {"name": meant}, span, Severity.WARNING)


def _page(pk, name):
    return name, reverse("admin:orgs_organization_change", args=[pk])


def names_of_directory(locality):
    """The `Names` of the directory as it stands now. Reading its rows is quick, indexing them is not: that is kept."""
    rows = OrganizationName.objects.order_by("pk").values_list(
        *("organization_id", "name", "kind", "findable", "valid_to"),
        *("organization__name", "organization__kind", "organization__status"),
    )
    return _indexed(tuple(rows), locality)


@lru_cache(maxsize=2)
def _indexed(rows, locality):
    return Names(rows, locality)
