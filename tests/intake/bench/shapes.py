"""The shapes of pages: what differs from newspaper to newspaper, and from one way of getting its text to another."""

import random
from dataclasses import dataclass, replace

EVERY = 99


@dataclass(frozen=True)
class Shape:
    name: str
    seed: int
    edition: int = 0  # which county
    stories: int = 7
    widths: tuple = (15,)  # characters a line; each story takes one of them
    wrap: bool = True  # False: a paragraph a line, as pasted from a word processor
    wander: bool = False  # the width changes within a story, as beside a picture
    blank: str = "each"  # each, all, blocks, paragraphs, stories or none: see printing.print_blocks
    indent: str = "lost"  # kept, lost (the first line is shorter) or none
    indent_text: str = "　　"
    heads: str = "after"  # before, after or mixed
    far: int = 0  # so many headlines stand apart from their bodies, in a cluster; EVERY: all
    far_at: str = "end"  # start, inside (before the last story) or end of the page
    title_lines: int = (
        0  # 1: on one line; 2: on two where a mark divides it; 3: long ones on three; 0: as the story has them
    )
    bylines: str = "tail"  # tail, own, open (本报讯（记者 …）), mixed or none; right, spaced, opening, under or varied
    labels: bool = False
    furniture: str = ""  # top, bottom or both
    justify: bool = False  # letter-spaced lines
    spaced_numbers: bool = False
    spaced_heads: bool = False
    # Only held-out shapes have what follows.
    pool: str = "stories"  # the file of ../pages that the stories are from
    gap: int = 1  # so many blank lines for each
    trailing: bool = False  # spaces at the ends of lines
    newline: str = "\n"
    form_feeds: int = 0
    brackets: str = "（）"  # of bylines
    label: str = "{}"
    captions: float = 0  # so often a story has a picture's caption after it
    fit_heads: bool = False  # each column is as wide as its headline's longest line


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

OTHER = Shape("other", 0, pool="more-stories", heads="before", indent="kept", blank="blocks")
OTHER_PASTED = replace(OTHER, wrap=False, blank="paragraphs", indent="none", bylines="varied")


def _other(name, number, stories, widths=(15,), base=OTHER, **others):
    return replace(
        base, name=f"other-{name}", seed=700 + number, edition=number, stories=stories, widths=widths, **others
    )


HELD_OUT = [
    _other("narrowest", 0, 5, (8,), blank="each", indent="lost"),
    _other("widest", 1, 6, (30,), heads="after", blank="stories", trailing=True),
    _other("all-blank-before", 2, 7, (14, 24), blank="all", indent="lost", bylines="varied"),
    _other("all-blank-after", 3, 6, (13,), heads="after", blank="all", indent="lost", justify=True, newline="\r\n"),
    _other("all-blank-unsigned", 4, 5, (18,), blank="all", bylines="none", trailing=True),
    _other("stories-apart", 5, 8, (17,), blank="stories", indent="lost", bylines="varied", title_lines=2),
    _other("stories-apart-unsigned", 6, 6, (20,), blank="stories", bylines="none", gap=2),
    _other("stories-apart-after", 7, 7, (16,), heads="after", blank="stories", bylines="none"),
    _other("form-feeds", 8, 9, (12, 16), form_feeds=4, furniture="both", bylines="spaced"),
    _other("form-feeds-each", 9, 7, (14,), blank="each", indent="lost", heads="after", form_feeds=6, gap=2),
    _other("tabs", 10, 6, (19,), indent_text="\t", blank="none", bylines="right"),
    _other("half-brackets", 11, 8, (15, 11), brackets="()", bylines="right", newline="\r\n", trailing=True),
    _other("spaced-bylines", 12, 8, (22,), heads="after", bylines="spaced", blank="each", indent="lost"),
    _other("openings", 13, 7, (17,), bylines="opening", furniture="top"),
    _other("openings-half", 14, 6, (25,), bylines="opening", brackets="()", blank="none", title_lines=1),
    _other("under-heads", 15, 7, (14,), bylines="under"),
    _other("under-heads-tight", 16, 6, (21,), bylines="under", blank="none"),
    _other("under-heads-all-blank", 17, 5, (10,), bylines="under", blank="all", indent="lost", justify=True),
    _other("labels", 18, 10, (13, 16), label="【{}】", labels=True, bylines="varied", title_lines=2),
    _other("labels-after", 19, 8, (15,), label="【{}】", labels=True, heads="after", blank="each", indent="lost"),
    _other("gathered-start", 20, 6, (16,), far=EVERY, far_at="start", blank="each", indent="lost"),
    _other("gathered-end", 21, 8, (14, 18), far=EVERY, far_at="end", bylines="right", trailing=True),
    _other("fitting-heads", 22, 7, fit_heads=True, blank="each", indent="lost", justify=True, spaced_numbers=True),
    _other("fitting-heads-after", 23, 8, fit_heads=True, heads="after", blank="none"),
    _other("unsigned-after", 24, 6, (12, 20), heads="after", blank="each", indent="lost", bylines="none"),
    _other("mixed", 25, 9, (15, 9), heads="mixed", blank="each", indent="lost", bylines="varied", furniture="both"),
    _other("twelve", 26, 12, (18,), blank="blocks", indent="lost", bylines="varied", newline="\r\n", form_feeds=2),
    _other("pasted", 27, 3, base=OTHER_PASTED, newline="\r\n"),
    _other("pasted-tabs", 28, 9, base=OTHER_PASTED, indent="kept", indent_text="\t", blank="none", trailing=True),
    _other("pasted-labels", 29, 12, base=OTHER_PASTED, label="【{}】", labels=True, gap=2, brackets="()"),
    _other("captions", 30, 6, (16,), captions=0.6),
    _other("captions-each", 31, 7, (13, 19), captions=0.6, blank="each", indent="lost", heads="after"),
    _other("captions-unsigned", 32, 5, (17,), captions=0.6, bylines="none", blank="stories"),
    _other("captions-pasted", 33, 8, base=OTHER_PASTED, captions=0.6),
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


def random_held_out_shape(seed):
    rng = random.Random(f"held-out shape {seed}")
    bylines = rng.choice(["tail", "own", "right", "spaced", "opening", "under", "varied", "varied", "none"])
    signed = bylines in {"tail", "own", "right", "spaced"}
    heads = rng.choice(["before", "after", "mixed"] if signed else ["before", "before", "after"])
    if bylines in {"under", "varied"}:
        heads = "before"
    shape = Shape(
        f"other-random-{seed}",
        30_000 + seed,
        edition=rng.randrange(3),
        pool="more-stories",
        stories=rng.randint(3, 12),
        widths=tuple(sorted(rng.sample(range(8, 31), rng.randint(1, 3)))),
        blank=rng.choice(["each", "all", "blocks", "paragraphs", "stories", "none"]),
        indent=rng.choice(["kept", "kept", "lost", "none"]),
        indent_text=rng.choice(["　　", "\t", "    "]),
        heads=heads,
        far=rng.choice([0, 0, 0, 0, 3, EVERY]) if signed else 0,
        far_at=rng.choice(["start", "inside", "end"]),
        title_lines=rng.choice([0, 0, 1, 2]),
        bylines=bylines,
        labels=rng.random() < 0.3,
        label=rng.choice(["【{}】", "{}", "■{}"]),
        furniture=rng.choice(["", "", "top", "bottom", "both"]),
        justify=rng.random() < 0.3,
        spaced_numbers=rng.random() < 0.3,
        wander=rng.random() < 0.1,
        gap=rng.choice([1, 1, 1, 2]),
        trailing=rng.random() < 0.3,
        newline=rng.choice(["\n", "\n", "\r\n"]),
        form_feeds=rng.choice([0, 0, 0, 3]),
        brackets=rng.choice(["（）", "（）", "()"]),
        captions=rng.choice([0, 0, 0, 0, 0.4]),
        fit_heads=rng.random() < 0.15,
    )
    if rng.random() < 0.2:
        shape = replace(shape, wrap=False, blank=rng.choice(["none", "paragraphs", "blocks"]), heads="before", far=0)
    return _decidable(shape)


def _decidable(shape):
    """`shape` changed where nothing at all would tell headlines or paragraphs from one another."""
    if shape.blank in {"none", "all", "stories"} and (shape.far or shape.heads == "mixed"):
        shape = replace(shape, blank="each")
    if shape.blank in {"none", "stories"} and shape.indent == "none":
        shape = replace(shape, indent="lost")
    if shape.blank in {"none", "all"} and shape.labels:
        shape = replace(shape, blank="blocks")
    return shape
