"""What an editor makes of the parser's proposal before anything is created: plain data in, plain data out.

A review is `{"stories": [...], "kinds": {...}}`. A story is what `facts_of` and `parse_page` of `parser.page` give, and
beside it `key` (a number that stays), `taken` (whether it becomes a draft), `form` and `dropped` (the findings that
are not believed, as [kind, value]). `kinds` are the kinds of new organizations that the editor chose, by name.
"""

from copy import copy

from newsletter.articles.models import Article
from newsletter.records.text import bare, clean_line, clean_lines

TEXT_KEYS = ("title", "byline", "section", "paragraphs")


def review_of(result):
    """The review with which an editor begins: everything as the parser proposes it."""
    stories = [
        {**story, "key": key, "taken": True, "form": _usual_form(story), "dropped": []}
        for key, story in enumerate(result["stories"], 1)
    ]
    return {"stories": stories, "kinds": {}}


def _usual_form(story):
    if story["section"] == "图说":
        return Article.Form.PHOTO_STORY.value
    if story["section"] in {"简讯", "短讯", "快讯"} and len(story["paragraphs"]) == 1:
        return Article.Form.BRIEF.value
    return Article.Form.ARTICLE.value


def cleaned(story):
    """The story with its texts through the gate; an empty paragraph or title line is none."""
    story["title"] = [line for line in map(clean_line, story["title"]) if line]
    story["paragraphs"] = [
        line for text in story["paragraphs"] for line in map(clean_line, clean_lines(text).split("\n")) if line
    ]
    story["byline"], story["section"] = clean_line(story["byline"]), clean_line(story["section"])
    return story


def text_of(story):
    """What the findings depend on, as a copy."""
    return {key: copy(story[key]) for key in TEXT_KEYS}


# Deeds. Each changes the list of stories in place and returns the key of the story to look at next; `LookupError` where
# there is no such story.


def split(stories, key, paragraph, printed):
    """Make a story of its own of everything from the paragraph of this index on. `printed` are the page's lines."""
    at, upper = _find(stories, key)
    if not 0 < paragraph < len(upper["paragraphs"]):
        return key
    lower = _blank(stories, like=upper)
    lower |= {"paragraphs": upper["paragraphs"][paragraph:], "byline": upper["byline"]}
    upper |= {"paragraphs": upper["paragraphs"][:paragraph], "byline": ""}
    lower["lines"] = _lines_of(lower, upper, printed)
    upper["lines"] = [number for number in upper["lines"] if number not in lower["lines"]]
    stories.insert(at + 1, lower)
    return lower["key"]


def merge(stories, key):
    """Put the story behind the one above it; no word of either is lost."""
    at, lower = _find(stories, key)
    if at == 0:
        return key
    upper = stories[at - 1]
    if upper["byline"] and lower["byline"]:
        # As it was printed: the credit closes its text.
        upper["paragraphs"][-1:] = ["".join(upper["paragraphs"][-1:]) + f"（{upper['byline']}）"]
    if upper["title"] and lower["title"]:
        upper["paragraphs"].append(" ".join(lower["title"]))
    upper |= {
        "title": upper["title"] or lower["title"],
        "section": upper["section"] or lower["section"],
        "paragraphs": upper["paragraphs"] + lower["paragraphs"],
        "byline": lower["byline"] or upper["byline"],
        "lines": upper["lines"] + lower["lines"],
        "photos": upper["photos"] + lower["photos"],
        "dropped": upper["dropped"] + lower["dropped"],
        "doubts": list(dict.fromkeys(upper["doubts"] + lower["doubts"])),
    }
    del stories[at]
    return upper["key"]


def move(stories, key, step):
    at, story = _find(stories, key)
    to = min(max(at + step, 0), len(stories) - 1)
    stories.insert(to, stories.pop(at))
    return story["key"]


def make_title(stories, key, first, behind):
    """Take the paragraphs from `first` to before `behind` out of the text and put them below the title's lines."""
    _at, story = _find(stories, key)
    story["title"] += story["paragraphs"][first:behind]
    del story["paragraphs"][first:behind]
    return key


def swap_titles(stories, key):
    """Change titles with the story above."""
    at, lower = _find(stories, key)
    if at:
        upper = stories[at - 1]
        upper["title"], lower["title"] = lower["title"], upper["title"]
        for story in (upper, lower):
            story["doubts"] = []
    return key


def add(stories):
    """A blank story, for what the parser did not see."""
    story = _blank(stories)
    stories.append(story)
    return story["key"]


def _find(stories, key):
    for at, story in enumerate(stories):
        if story["key"] == key:
            return at, story
    raise LookupError(key)


def _blank(stories, like=None):
    return {
        "key": 1 + max((story["key"] for story in stories), default=0),
        "taken": True,
        "title": [],
        "byline": "",
        "section": like["section"] if like else "",
        "form": like["form"] if like else Article.Form.ARTICLE.value,
        "paragraphs": [],
        "facts": {"organizations": [], "events": [], "awards": [], "amounts": []},
        "remarks": [],
        "new_organizations": [],
        "dropped": list(like["dropped"]) if like else [],
        "doubts": [],
        "lines": [],
        "photos": [],
    }


def _lines_of(lower, upper, printed):
    """Which of the upper story's printed lines stand in the text of the lower one only."""
    above, below = (
        bare("".join([*story["title"], *story["paragraphs"], f"（{story['byline']}）"])) for story in (upper, lower)
    )
    texts = {number: bare(printed[number]["text"]) for number in upper["lines"]}
    return [number for number, text in texts.items() if text in below and text not in above]
