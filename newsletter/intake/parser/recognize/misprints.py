"""Names with one wrong, missing or extra character.

The index knows each name by what stands before and after one of its characters, so that a look-up costs the same
however many names there are. The place of the error must leave two characters before it, or all after the second.
"""

from collections import defaultdict
from dataclasses import dataclass

from newsletter.intake.parser.recognize.endings import ENDS_LIKE_A_NAME, core_of

# A change of one of these makes another name, not a misprint: 男/女, 总商会/商会, 第一/第二小学.
_TELLING = set("男女老少青总大小新旧东西南北中上下前后高低一二三四五六七八九十0123456789省市县区镇乡村国校院分副外内")
_SEPARATING = set("、，。；：！？“”‘’（）《》 \n和与及由在的了于对向为等是将并把被从到 ")


@dataclass(frozen=True)
class Misprint:
    end: int
    name: str
    kind: str  # "wrong", "missing", "extra"


class Misprints:
    """Names of five characters or more, of four where one was added; `trie` holds all names, for the "
    "part before the error."""

    def __init__(self, names, trie):
        self._trie = trie
        self._after = defaultdict(list)  # (before, next two characters) -> [(what follows the gap, name)]
        self._tails = defaultdict(list)  # third to fifth character -> names, for errors in the first two
        self._heads = {name[:2] for name in names}
        self._threes = {name[2:5] for name in names if len(name) > 4}
        for name in names:
            for at in range(2, len(name)):
                rest = name[at + 1 :]
                if len(name) > 4:
                    self._after[name[:at], rest[:2]].append((rest, name))
                kept = name[at:]
                self._after[name[:at] + "+", kept[:2]].append((kept, name))
            if len(name) > 4:
                self._tails[name[0] + "0" + name[2:5]].append(name)
                self._tails[name[1] + "1" + name[2:5]].append(name)

    def find(self, text, covered=b""):
        """(start, Misprint) of all misprinted names; the caller drops those inside longer exact names.

        `covered` is 1 where an exact name goes on, by offset: no other begins there.
        """
        for at in range(len(text) - 2):
            if covered and covered[at]:
                continue
            if text[at : at + 2] in self._heads:
                for one in self._late(text, at):
                    if _is_likely(text[at : one.end], one):
                        yield at, one
            if text[at : at + 3] in self._threes:
                for start, one in self._early(text, at):
                    if _is_likely(text[start : one.end], one):
                        yield start, one

    def _late(self, text, start):
        node = self._trie
        for at in range(start, min(start + 40, len(text))):
            if at - start >= 2:
                yield from self._with_gap(text, start, at)
            node = node.get(text[at])
            if node is None:
                return

    def _with_gap(self, text, start, at):
        before = text[start:at]
        nexts = {text[at : at + 2], text[at : at + 1]}
        for rest, name in self._look(before, nexts):
            if rest and text.startswith(rest, at):
                yield Misprint(at + len(rest), name, "missing")
        nexts = {text[at + 1 : at + 3], text[at + 1 : at + 2], ""}
        for rest, name in self._look(before, nexts):
            if len(name) == len(before) + 1 + len(rest) and text.startswith(rest, at + 1) and at < len(text):
                yield Misprint(at + 1 + len(rest), name, "wrong")
        for kept, name in self._look(before + "+", nexts):
            if kept and text.startswith(kept, at + 1):
                yield Misprint(at + 1 + len(kept), name, "extra")

    def _look(self, before, nexts):
        for key in nexts:
            yield from self._after.get((before, key), ())

    def _early(self, text, tail):
        """Errors in the first two characters: one of them wrong or missing, or a third between them.

        `tail` is where the third character of the name stands.
        """
        three = text[tail : tail + 3]
        for skip, kind in ((2, "wrong"), (1, "missing"), (3, "extra")):
            start = tail - skip
            if start < 0:
                continue
            head = text[start:tail]
            names = self._tails.get(head[0] + "0" + three, ())
            if kind != "extra":
                names = [*names, *self._tails.get(head[-1] + "1" + three, ())]
            for name in names:
                if kind == "wrong" and (head[0] == name[0]) == (head[1] == name[1]):
                    continue
                if kind == "extra" and head[2] != name[1]:
                    continue
                if text.startswith(name[2:], tail):
                    yield start, Misprint(tail + len(name) - 2, name, kind)


def _is_likely(printed, misprint):
    name = misprint.name
    if printed == name:
        return False
    at = next((n for n, (a, b) in enumerate(zip(printed, name, strict=False)) if a != b), min(len(printed), len(name)))
    was = printed[at : at + 1] if misprint.kind != "missing" else ""
    meant = name[at : at + 1] if misprint.kind != "extra" else ""
    if was in _SEPARATING and was:
        return False
    if was and not "\u4e00" <= was <= "\u9fff":
        return False
    if misprint.kind == "extra" and at >= len(printed) - 1:
        return False
    if (was and was in _TELLING) or (meant and meant in _TELLING):
        return bool(was and meant and sounds_alike(was, meant))
    ending = ENDS_LIKE_A_NAME.search(name)
    if at >= len(name) - 1:
        # The last character: only of a long name, and only where another kind of body is not what was meant.
        return len(name) >= 7 and not ENDS_LIKE_A_NAME.search(printed)
    if misprint.kind == "wrong" and not (ending and at >= ending.start()) and not sounds_alike(was, meant):
        core = core_of(name)
        place = max((n for n, char in enumerate(name[:6]) if char in "省市县区镇乡" and n > 1), default=-1)
        if at < place or (0 < len(core) - max(place + 1, 0) <= 3) or len(name) < 7:
            return False  # 灵溪镇 and 兰溪镇, 象棋协会 and 围棋协会 are different
    return not (misprint.kind == "missing" and len(printed) < 4)


def sounds_alike(one, other):
    """Whether two characters are probably pronounced alike.

    GB 2312 orders its 3,755 frequent characters (rows 16 to 55) by pronunciation: neighbours sound alike.
    """
    places = [_place(char) for char in (one, other)]
    return None not in places and abs(places[0] - places[1]) <= 20


def _place(char):
    try:
        row, cell = char.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return None
    return (row - 0xB0) * 94 + cell - 0xA1 if 0xB0 <= row <= 0xD7 else None
