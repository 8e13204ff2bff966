"""Who signs held-out stories, and where: more ways than the bench's own pages have."""

PERSONS = [
    "韦一诺",
    "倪小北",
    "欧阳澈",
    "司徒静",
    "江 南",
    "雷晓",
    "阿布都",
    "车前子",
    "柯景行",
    "路遥知",
    "童 画",
    "辜微",
]
STYLES = ["tail", "tail", "own", "right", "spaced", "opening", "under", "none"]
CAPTIONS = [
    "图为活动现场。",
    "图为志愿者和老人们在一起。 童画 摄",
    "图为会场一角。（资料图片）",
    "图为村民在领取物资。",
    "图①：签到现场 图②：合影留念",
    "上图：大家在认真听讲。 车前子/摄",
]


def opening(rng, brackets):
    """The byline and what is printed before the first paragraph for it."""
    one, two, three = rng.sample(PERSONS, 3)
    byline = rng.choice(
        [
            f"记者 {one} 通讯员 {two}",
            f"记者 {one} {two} 通讯员 {three}",
            f"记者 {one}",
            f"通讯员 {one} {two}",
            f"特约记者 {one}",
        ]
    )
    paper = rng.choice(["本报讯", "本报讯", "本刊讯", "本报讯 "])
    return byline, f"{paper}{brackets[0]}{byline}{brackets[1]}" + rng.choice(["", "", " "])


def under(rng, signed):
    """The byline and its line under the headline; `signed` is the story's own byline or None."""
    one, two = rng.sample(PERSONS, 2)
    byline = rng.choice(
        [
            f"本报记者 {one}",
            f"本报记者 {one} 通讯员 {two}",
            f"通讯员 {one} 记者 {two}",
            f"文/图 {one}",
            f"本报通讯员 {one}",
            None,
            None,
        ]
    )
    if byline is None:
        byline = signed or one
        return byline, rng.choice(["□ ", "■ ", "□", "◎ "]) + byline
    return byline, rng.choice(["", "", "□ "]) + byline
