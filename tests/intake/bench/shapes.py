"""The shapes of pages: what differs from newspaper to newspaper, and from one way of getting its text to another."""

import random
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Shape:
    name: str
    seed: int
    edition: int = 0  # which county
    stories: int = 7
    widths: tuple = (15,)  # characters a line; each story takes one of them
    wrap: bool = True  # False: a paragraph a line, as pasted from a word processor
    wander: bool = False  # the width changes within a story, as beside a picture
    blank: str = "each"  # each, all, blocks, paragraphs, stories or none: see compose._print
    indent: str = "lost"  # kept, lost (the first line is shorter) or none
    indent_text: str = "　　"
    heads: str = "after"  # before, after or mixed
    far: int = 0  # so many headlines stand apart from their bodies, in a cluster
    far_at: str = "end"  # start, inside (before the last story) or end of the page
    title_lines: int = 0  # 1: on one line; 3: long ones on three; 0: as the story has them
    bylines: str = "tail"  # tail, own, open (本报讯（记者 …）), mixed or none
    labels: bool = False
    furniture: str = ""  # top, bottom or both
    justify: bool = False  # letter-spaced lines
    spaced_numbers: bool = False
    spaced_heads: bool = False


SEED_LIKE = Shape(
    "seed-like", 1, 0, 8, (14, 15, 12, 11), far=2, far_at="inside", labels=True, justify=True, spaced_numbers=True
)
PASTED = Shape("pasted", 60, 0, 5, wrap=False, blank="paragraphs", indent="none", heads="before", bylines="own")
TIDY = Shape("tidy", 30, 0, 6, (18,), blank="blocks", indent="kept", heads="before")

SHAPES = [
    SEED_LIKE,
    replace(SEED_LIKE, name="seed-like-far-end", seed=2, edition=1, far_at="end"),
    replace(SEED_LIKE, name="seed-like-far-start", seed=3, edition=2, far_at="start", labels=False),
    replace(SEED_LIKE, name="seed-like-nine", seed=4, edition=3, stories=9, widths=(17, 13), furniture="top"),
    replace(SEED_LIKE, name="seed-like-twelve", seed=5, edition=1, stories=12, widths=(10, 12, 14, 16)),
    Shape("after-narrow", 10, 1, 6, (10,)),
    Shape("after-wide-tight", 11, 2, 6, (22,), blank="none"),
    Shape("after-blocks-own-byline", 12, 3, 7, (16, 18), blank="blocks", bylines="own"),
    Shape("after-unsigned", 13, 0, 5, (14,), bylines="none"),
    Shape("after-unsigned-tight", 14, 1, 5, (16,), blank="none", bylines="none", indent="kept"),
    Shape("after-one-line-heads", 15, 2, 8, (13, 15), title_lines=1, furniture="bottom"),
    Shape("after-three-line-heads", 16, 3, 6, (15,), title_lines=3),
    Shape("after-all-blank", 17, 0, 6, (17,), blank="all", labels=True),
    Shape("after-no-indent", 18, 1, 6, (15,), blank="blocks", indent="none"),
    TIDY,
    replace(TIDY, name="before-twelve", seed=31, edition=1, stories=12, widths=(12, 14, 20), furniture="both"),
    replace(TIDY, name="before-unsigned", seed=32, edition=2, bylines="none"),
    replace(TIDY, name="before-unsigned-tight", seed=33, edition=3, bylines="none", blank="none", widths=(15,)),
    replace(TIDY, name="before-open-bylines", seed=34, edition=0, bylines="open", blank="stories"),
    replace(TIDY, name="before-open-tight", seed=35, edition=1, bylines="open", blank="none", indent="lost"),
    replace(TIDY, name="before-each", seed=36, edition=2, blank="each", indent="lost", widths=(11, 13)),
    replace(TIDY, name="before-one-line-heads", seed=37, edition=3, title_lines=1, blank="each", labels=True),
    replace(TIDY, name="before-three-line-heads", seed=38, edition=0, title_lines=3, blank="stories", stories=5),
    replace(TIDY, name="before-justified", seed=39, edition=1, justify=True, spaced_numbers=True, widths=(12,)),
    replace(TIDY, name="before-spaced-heads", seed=40, edition=2, spaced_heads=True, labels=True, furniture="top"),
    replace(TIDY, name="before-no-indent-each", seed=41, edition=3, indent="none", blank="each", widths=(19,)),
    replace(TIDY, name="before-three-stories", seed=42, edition=0, stories=3, widths=(22,), blank="none"),
    replace(TIDY, name="before-wandering", seed=43, edition=1, wander=True, widths=(16,), indent="lost"),
    Shape("mixed-heads", 50, 2, 7, (14, 16), heads="mixed"),
    Shape("mixed-heads-blocks", 51, 3, 8, (13, 18), heads="mixed", blank="blocks", indent="kept"),
    Shape("mixed-bylines", 52, 0, 7, (15,), heads="before", bylines="mixed"),
    Shape("mixed-bylines-after", 53, 1, 7, (14,), bylines="mixed", blank="blocks", furniture="both", labels=True),
    Shape("far-four", 54, 2, 9, (12, 15), far=4, far_at="end", blank="each"),
    Shape("far-before", 55, 3, 8, (15, 17), heads="before", far=2, far_at="end", blank="blocks", indent="kept"),
    PASTED,
    replace(PASTED, name="pasted-indented", seed=61, edition=1, indent="kept", blank="none", bylines="tail"),
    replace(PASTED, name="pasted-blocks", seed=62, edition=2, blank="blocks", bylines="mixed", spaced_numbers=True),
    replace(PASTED, name="pasted-unsigned", seed=63, edition=3, bylines="none", stories=4),
    replace(PASTED, name="pasted-unsigned-tight", seed=64, edition=0, bylines="none", blank="none", title_lines=1),
    replace(PASTED, name="pasted-open", seed=65, edition=1, bylines="open", furniture="both", labels=True),
    replace(PASTED, name="pasted-half-indent", seed=66, edition=2, indent="kept", indent_text="    ", stories=10),
]


def random_shape(seed):
    rng = random.Random(f"shape {seed}")
    bylines = rng.choice(["tail", "tail", "tail", "own", "open", "mixed", "none"])
    signed = bylines in {"tail", "own"}
    heads = rng.choice(["before", "before", "after", "after", "mixed"] if signed else ["before", "after"])
    shape = Shape(
        f"random-{seed}",
        10_000 + seed,
        edition=rng.randrange(4),
        stories=rng.randint(3, 12),
        widths=tuple(sorted(rng.sample(range(10, 23), rng.randint(1, 3)))),
        blank=rng.choice(["each", "each", "all", "blocks", "paragraphs", "none"]),
        indent=rng.choice(["kept", "lost", "lost", "none"]),
        indent_text=rng.choice(["　　", "　　", "    "]),
        heads=heads,
        far=rng.choice([0, 0, 0, 2, 3]) if signed else 0,
        far_at=rng.choice(["start", "inside", "end"]),
        title_lines=rng.choice([0, 0, 0, 1, 3]),
        bylines=bylines,
        labels=rng.random() < 0.4,
        furniture=rng.choice(["", "", "top", "bottom", "both"]),
        justify=rng.random() < 0.4,
        spaced_numbers=rng.random() < 0.4,
        spaced_heads=rng.random() < 0.1,
        wander=rng.random() < 0.1,
    )
    if rng.random() < 0.15:
        shape = replace(shape, wrap=False, blank=rng.choice(["none", "paragraphs", "blocks"]), heads="before", far=0)
    if shape.blank in {"none", "all"} and (shape.far or shape.heads == "mixed"):
        shape = replace(shape, blank="each")  # nothing would tell where one headline ends and the next begins
    if shape.blank == "none" and shape.indent == "none":
        shape = replace(shape, indent="lost")  # nothing at all would tell paragraphs from one another
    return shape
