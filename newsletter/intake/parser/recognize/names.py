"""Organizations named in a text: the longest known name, then misprints, shared endings and proposed new names."""

import re

from newsletter.intake.parser.recognize.boundaries import LEFT, RIGHT
from newsletter.intake.parser.recognize.completion import PLACE, stem_of
from newsletter.intake.parser.recognize.endings import ENDING, ENDS_LIKE_A_NAME, PART_OF_IT, is_everyday, kind_of
from newsletter.intake.parser.recognize.proposals import Proposer
from newsletter.intake.parser.recognize.story import Mention

_SHARED = re.compile(
    r"(?P<first>[省市县区镇])(?:、|和|及|与|以及)?(?P<second>[省市县区镇])(?:(?:、|和)?(?P<third>[县区镇]))?(?P<tail>[\u4e00-\u9fff]{2,8})"
)


class Finder:
    """Finds mentions in the passages of one story; `index` is `Directory.index(locality)`."""

    def __init__(self, index):
        self.index = index
        self.proposer = Proposer(index)

    def find(self, passages):
        """Fill `mentions` of all passages; returns proposed organizations, {name: {"name", "kind", "names"}}."""
        for passage in passages:
            exact = self._exact(passage)
            known = _longest(exact + self._shared(passage.text) + self._misprinted(passage.text, exact))
            proposed = self.proposer.find(passage.text, known) if passage.where != "title" else []
            passage.mentions = _longest(known + proposed, proposals=True)
            passage.mentions += self._list_tails(passage.text, passage.mentions)
            passage.mentions.sort(key=lambda mention: mention.start)
        self._drop_anaphora(passages)
        return self.proposer.join(passages)

    def _exact(self, passage):
        text, found = passage.text, []
        for start in range(len(text)):
            for name in reversed(self.index.ends_at(text, start)):
                known = self.index.names[name]
                fit = self._fits(text, start, start + len(name), name, known, passage.where == "title")
                if fit:
                    found.append(Mention(start, start + len(name), known.full, *fit, True, known.kind))
                    break
        return found

    def _fits(self, text, start, end, name, known, lenient):
        """(score, doubt) of an exact name here, None where it is a part of something else."""
        after, before = text[end : end + 8], text[max(0, start - 8) : start]
        if name[-1] == "部" and after[:1] in tuple("门队分落位件") and after:
            return None
        if name[-1] == "会" and (
            (after[:1] in tuple("议场堂谈") and after) or (after.startswith("员") and len(name) < 5)
        ):
            return None
        if name.endswith("学会") and re.match(r"[了用使]|如何|怎", after) and before[-1:] not in tuple("、，和与"):
            return None
        if name.endswith("中心") and re.match(r"小学|幼儿园|卫生院|组(?!织)|任务|环节|城|镇", after):
            return None
        if after and name[-1] not in "校园馆" and re.match(r"生(?!活|产)", after) and re.search(r"[学院]$", name):
            return None
        left, right = bool(LEFT.search(before)), bool(RIGHT.match(after))
        if name[0] in "省市县区镇" and not self._level_stands_free(name, before, known.full):
            return None
        if not known.full.startswith(name[:2]) or not known.told:
            place = self._place_before(before)
            if place and place not in known.full and not known.full.startswith(place[:2]):
                return None
        if is_everyday(name) and name[0] not in "省市县区":
            generic = (not before or not ("\u4e00" <= before[-1] <= "\u9fff" or before[-1] in "”’")) or re.search(
                r"[由和与在向]$", before
            )
            return (0.6, "名称很普通，请核对是否指该单位") if generic and right and after[:1] != "的" else None
        ending = ENDS_LIKE_A_NAME.search(name)
        if (len(name) <= 3 and not ending) or len(name) == 2:
            longer = ENDING.search(after)
            if longer and longer.start() <= 4 and re.fullmatch(r"[\u4e00-\u9fff]*", after[: longer.start()]):
                part = after[: longer.end()]
                if not PART_OF_IT.match(part) and not re.search(
                    r"举办|走进|来到|走访|携手|联合|前往|[和与在向为]", part
                ):
                    return None  # 扶苗 in 扶苗小学
            if not (left and right):
                if not (lenient and (left or right)):
                    return None
                return 0.6, "简称很短，请核对是否指该单位"
            return 0.9, ""
        if known.shared:
            return 0.5, "名录中有两个单位用这个名称，请核对指哪一个"
        return (1.0, "") if known.told else (0.85, "按简称推定的单位，请核对")

    def _level_stands_free(self, name, before, full):
        """县民政局 must not be the tail of 平阳县民政局, where 平阳 is another place."""
        if not before or not "\u4e00" <= before[-1] <= "\u9fff" or LEFT.search(before):
            return not (before and before[-1] in "县市" and name[0] in "县市" and before[-1] != "县")
        if before[-1] in "我全本该":
            return True
        place = re.search(r"[\u4e00-\u9fff]{2}$", before)
        if place and (full.startswith(place.group()) or place.group() == stem_of(self.index.locality)[-2:]):
            return True
        return bool(re.search(r"(?:携手|联合|访|问|请|办|展|行|，|、)$", before))

    def _place_before(self, before):
        """The foreign place that stands right before a name without one: 平阳 in 平阳县女企业家商会."""
        match = re.search(r"([\u4e00-\u9fff]{2,3})[省市县区镇乡]$", before)
        if not match or match[1][-1] in "我全本该各" or (self.index.locality and before.endswith(self.index.locality)):
            return ""
        if stem_of(self.index.locality) and match[1].endswith(stem_of(self.index.locality)):
            return ""
        return match[1][-2:]

    def _misprinted(self, text, exact):
        found, covered = [], bytearray(len(text))
        for mention in exact:
            if mention.end - mention.start >= 5:
                covered[mention.start + 1 : mention.end] = b"\x01" * (mention.end - mention.start - 1)
        for start, one in self.index.misprints.find(text, covered):
            known = self.index.names[one.name]
            before = text[max(0, start - 8) : start]
            if one.name[0] in "省市县区镇" and not self._level_stands_free(one.name, before, known.full):
                continue
            if text[start : one.end] in self.index.names:
                continue
            doubt = f"疑为“{one.name}”的误印，请核对"
            found.append(Mention(start, one.end, known.full, 0.7, doubt, True, known.kind, one.name))
        return found

    def _shared(self, text):
        """市、县民政局 names two bodies."""
        found = []
        for match in _SHARED.finditer(text):
            if match.start() and not (LEFT.search(text[max(0, match.start() - 6) : match.start()])):
                continue
            for length in range(len(match["tail"]), 1, -1):
                tail = match["tail"][:length]
                levels = [match[group] for group in ("first", "second", "third") if match[group]]
                hits = [(n, self.index.names.get(level + tail)) for n, level in enumerate(levels)]
                if sum(1 for _, known in hits if known) >= 1 and kind_of(tail) in ("government", "mass_organization"):
                    starts = [match.start(group) for group in ("first", "second", "third") if match[group]]
                    ends = [*(start + 1 for start in starts[:-1]), match.start("tail") + length]
                    found += [
                        Mention(starts[n], ends[n], known.full, 0.9, "", True, known.kind) for n, known in hits if known
                    ]
                    break
        return found

    def _list_tails(self, text, mentions):
        """县民政局、司法局: a bare authority after one of the same level."""
        found = []
        for mention in mentions:
            if mention.kind not in ("government", "mass_organization") or not mention.known:
                continue
            end = mention.end
            while match := re.compile(
                r"[、和]([\u4e00-\u9fff]{1,6}?(?:局|联|委|部|办|协|会))(?=[、，。和等的有领相联共主举])"
            ).match(text, end):
                level = text[mention.start]
                place = level if level in "省市县区" else (PLACE.match(text, mention.start) or [""])[0]
                known = place and self.index.names.get(place + match[1])
                taken = any(other.start < match.end() and match.start(1) < other.end for other in mentions)
                if not known or taken:
                    break
                found.append(
                    Mention(
                        match.start(1),
                        match.end(1),
                        known.full,
                        0.8,
                        "原文省略了地名，按前一个单位推定",
                        True,
                        known.kind,
                    )
                )
                end = match.end()
        return found

    def _drop_anaphora(self, passages):
        """商会 after 钱库商会 means that one, not the organization whose alias it is."""
        heard = []
        for passage in passages:
            kept = []
            for mention in passage.mentions:
                printed = passage.text[mention.start : mention.end]
                if is_everyday(printed) and any(name.endswith(printed) and name != mention.name for name in heard):
                    continue
                kept.append(mention)
                heard.append(mention.name)
            passage.mentions = kept


def _longest(mentions, proposals=False):
    """Without overlaps: the longest wins; of one length the exact one, then the first."""
    ranked = sorted(
        mentions,
        key=lambda one: (-(one.end - one.start) + (0.5 if one.score == 0.7 else 0), -one.score, one.start),
    )
    kept = []
    taken = bytearray(max((one.end for one in mentions), default=0))
    for one in ranked:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\x01" * (one.end - one.start)
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
