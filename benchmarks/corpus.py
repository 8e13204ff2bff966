"""Texts for measuring: of invented words, some as often and most as rarely as in Chinese texts; the same each time."""

import random
from itertools import accumulate

# Ours, so that queries read as those of readers do.
KNOWN = (
    *("慈善", "商会", "扶苗", "志愿者", "助学金", "义工队", "老年协会", "党建引领", "端午慰问", "爱心车队助考"),
    *(
        "社会组织评估",
        "公益创投",
        "龙港总商会",
        "社促会",
        "四好商会",
        "民政局",
        "敬老院",
        "安全讲座",
        "防溺水",
        "捐赠仪式",
    ),
)
LATIN = ("5A", "2019", "3D", "QQ", "WeChat", "AED", "100", "ISO9001")
_VOCABULARY, _CHARACTERS = 12_000, 2_500


class Corpus:
    def __init__(self, seed=2019):
        self._random = random.Random(seed)
        # The most used ideographs are spread over the block; which they are does not matter here.
        characters = [chr(code) for code in self._random.sample(range(0x4E00, 0x9FA5), _CHARACTERS)]
        weights = [1 / (rank + 8) for rank in range(_CHARACTERS)]
        lengths = self._random.choices((1, 2, 3, 4), (15, 65, 13, 7), k=_VOCABULARY)
        words = ["".join(self._random.choices(characters, weights, k=length)) for length in lengths]
        self._words = [*words, *KNOWN, *LATIN]
        self._random.shuffle(self._words)
        # Summed up once: `choices` would do it with each call.
        self._weights = list(accumulate(1 / (rank + 20) for rank in range(len(self._words))))

    def text(self, shortest=300, longest=900):
        """Sentences of `shortest` to `longest` characters in all."""
        wanted, sentences, length = self._random.randint(shortest, longest), [], 0
        while length < wanted:
            words = self._random.choices(self._words, cum_weights=self._weights, k=self._random.randint(6, 16))
            at = self._random.randrange(2, len(words) - 1)
            sentences.append("".join(words[:at]) + "，" + "".join(words[at:]) + "。")
            length += len(sentences[-1])
        return "".join(sentences)[:wanted]

    def title(self):
        return "".join(self._random.choices(self._words, cum_weights=self._weights, k=6))

    def queries(self, texts, count):
        """`count` queries of one to six characters: as they stand in the texts, words or not."""
        queries = list(KNOWN[:12])
        while len(queries) < count:
            text, length = self._random.choice(texts), self._random.randint(1, 6)
            at = self._random.randrange(len(text) - length)
            found = text[at : at + length]
            if found.isalpha() and not found.isascii() and not any(character.isascii() for character in found):
                queries.append(found)
        return queries
