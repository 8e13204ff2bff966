"""The directory of known organizations, indexed once and read many times.

A trie finds the longest name at a position; the misprint index finds names that differ by one character. 6,000 names
are indexed in some tenths of a second; afterwards the cost depends on the text, not on the number of names.
"""

from collections import defaultdict
from dataclasses import dataclass

from newsletter.intake.parser.recognize.completion import derived_names
from newsletter.intake.parser.recognize.endings import ENDS_LIKE_A_NAME
from newsletter.intake.parser.recognize.misprints import Misprints

_END = ""


@dataclass(frozen=True)
class Known:
    """A name as the text may print it. `told`: the directory has it; otherwise it was derived from a full name."""

    full: str
    kind: str
    told: bool
    shared: bool = False


class Directory:
    """Built from a list of {"name", "kind", "names"}; what is malformed in it is left out, never raised."""

    def __init__(self, organizations=()):
        self.kinds, self._names = {}, {}
        for organization in organizations or ():
            full = _word(organization.get("name")) if isinstance(organization, dict) else ""
            if not full:
                continue
            self.kinds.setdefault(full, str(organization.get("kind") or "association"))
            self._tell(full, full)
            for name in organization.get("names") or ():
                name = _word(name.get("name") if isinstance(name, dict) else name)
                if len(name) > 1:
                    self._tell(name, full)
        self._indexes = {}

    def _tell(self, name, full):
        known = self._names.get(name)
        if known is None or (name == full and known.full != full):
            self._names[name] = Known(full, self.kinds[full], True, known is not None)
        elif known.full != full:
            self._names[name] = Known(known.full, known.kind, True, True)

    def get(self, name):
        return self._names.get(name)

    def index(self, locality):
        """The index in which `县…` means `locality`; kept for the next story."""
        if locality not in self._indexes:
            self._indexes[locality] = Index(self._names, self.kinds, locality)
        return self._indexes[locality]


class Index:
    """All names that a text of one locality may print, told and derived."""

    def __init__(self, told, kinds, locality):
        self.names = dict(told)
        self.locality = locality
        self.cities = sorted({name[: name.index("市") + 1] for name in kinds if 0 < name.find("市") < 5})
        claims = defaultdict(set)
        for full in kinds:
            for name in derived_names(full, locality):
                claims[name].add(full)
        for name, fulls in claims.items():
            if name not in self.names and len(fulls) == 1:
                full = next(iter(fulls))
                self.names[name] = Known(full, kinds[full], False)
        self._trie = {}
        for name in self.names:
            node = self._trie
            for char in name:
                node = node.setdefault(char, {})
            node[_END] = name
        self.misprints = Misprints(
            [
                name
                for name, known in self.names.items()
                if (len(name) >= 5 and (known.told or name[0] == locality[-1:]))
                or (len(name) == 4 and ENDS_LIKE_A_NAME.search(name))
            ],
            self._trie,
        )

    def ends_at(self, text, start):
        """All names that begin at `start`, the shortest first."""
        node, found = self._trie, []
        for at in range(start, len(text)):
            node = node.get(text[at])
            if node is None:
                break
            if _END in node:
                found.append(node[_END])
        return found


def _word(value):
    return value.strip() if isinstance(value, str) else ""
