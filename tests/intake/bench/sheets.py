"""How pages are set as PDFs: what differs from newspaper to newspaper beside the stories and how they are signed."""

import random
from dataclasses import dataclass

from tests.intake.bench.shapes import Shape


@dataclass(frozen=True)
class Sheet:
    name: str
    shape: Shape  # which stories, and how they are signed
    columns: int = 3
    characters: int = 15  # a column is so many characters wide
    layout: str = "flow"  # flow or blocks
    size: float = 9
    head_size: float = 2.0  # times the body's size; smaller where the line is too long for its columns
    lesser_lines: bool = False  # headline lines after the first are smaller
    centred: bool = False
    around: bool = False  # the last column of a wide block begins beside its headline
    frames: bool = False
    pictures: int = 0
    justify: bool = True
    height: float = 0  # of the page; 0: as much as one page needs
    scrambled: bool = False  # the file's own order is not the reading order


def _shape(seed, edition, stories, **others):
    return Shape("", 500 + seed, edition, stories, heads="before", **others)


SHEETS = [
    Sheet("pdf-flow-2", _shape(1, 0, 5), columns=2, characters=22),
    Sheet("pdf-flow-3", _shape(2, 1, 6), columns=3, head_size=1.6, pictures=2),
    Sheet("pdf-flow-4-unsigned", _shape(3, 2, 8, bylines="none"), columns=4, characters=13, head_size=1.4),
    Sheet("pdf-flow-5", _shape(4, 3, 12, furniture="both"), columns=5, characters=12, head_size=1.8, frames=True),
    Sheet("pdf-flow-open", _shape(5, 0, 6, bylines="open"), columns=3, characters=17, scrambled=True),
    Sheet("pdf-flow-two-pages", _shape(6, 1, 9, furniture="top"), columns=3, characters=16, height=560),
    Sheet("pdf-blocks-3", _shape(7, 2, 6, furniture="both"), columns=3, layout="blocks", head_size=2.4, centred=True),
    Sheet("pdf-blocks-4", _shape(8, 3, 8), columns=4, characters=14, layout="blocks", head_size=3, frames=True),
    Sheet("pdf-blocks-5", _shape(9, 0, 12, furniture="top"), columns=5, characters=11, layout="blocks", pictures=3),
    Sheet("pdf-blocks-labels", _shape(10, 1, 7, labels=True), columns=4, characters=15, layout="blocks", pictures=2),
    Sheet("pdf-blocks-unsigned", _shape(11, 2, 5, bylines="none"), layout="blocks", characters=16, lesser_lines=True),
    Sheet("pdf-blocks-mixed", _shape(12, 3, 9, bylines="mixed"), columns=4, layout="blocks", scrambled=True),
    Sheet("pdf-blocks-around", _shape(13, 0, 5), columns=3, layout="blocks", around=True, head_size=2.2),
    Sheet(
        "pdf-blocks-scrambled",
        _shape(14, 1, 8, bylines="own", spaced_numbers=True),
        columns=5,
        characters=12,
        layout="blocks",
        justify=False,
        centred=True,
        scrambled=True,
    ),
    Sheet("pdf-three-lines", _shape(15, 2, 6, title_lines=3), columns=4, layout="blocks", lesser_lines=True),
    Sheet("pdf-three-stories", _shape(16, 3, 3), columns=2, characters=20, layout="blocks", head_size=2.6, pictures=1),
]


def random_sheet(seed):
    rng = random.Random(f"sheet {seed}")
    shape = Shape(
        "",
        20_000 + seed,
        rng.randrange(4),
        rng.randint(3, 12),
        heads="before",
        bylines=rng.choice(["tail", "tail", "own", "open", "mixed", "none"]),
        labels=rng.random() < 0.3,
        furniture=rng.choice(["", "top", "bottom", "both"]),
        title_lines=rng.choice([0, 0, 1, 3]),
        spaced_numbers=rng.random() < 0.2,
    )
    return Sheet(
        f"pdf-random-{seed}",
        shape,
        rng.randint(2, 5),
        rng.randint(11, 20),
        rng.choice(["flow", "blocks", "blocks"]),
        head_size=rng.choice([1.4, 1.6, 2, 2.4, 3]),
        lesser_lines=rng.random() < 0.3,
        centred=rng.random() < 0.4,
        around=rng.random() < 0.15,
        frames=rng.random() < 0.3,
        pictures=rng.choice([0, 0, 1, 2]),
        justify=rng.random() < 0.7,
        scrambled=rng.random() < 0.3,
    )
