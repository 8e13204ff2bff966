"""Recognition on the stories themselves, so that no mistake in finding them blurs it."""

import datetime
import json
from pathlib import Path

import pytest

from newsletter.intake.parser.recognize import Directory, Story, recognize
from tests.intake.bench import score

PAGES = Path(__file__).parent / "pages"


def true_stories(name):
    """A `Count` for each kind of fact over all stories of a file in `pages`."""
    total = {kind: score.Count() for kind in score.FACTS}
    for edition in json.loads((PAGES / f"{name}.json").read_text("utf-8")):
        directory, about = Directory(edition["organizations"]), edition["edition"]
        day = datetime.date.fromisoformat(about["date"])
        for told in edition["stories"]:
            story = Story(told["title"], told["paragraphs"], told["byline"] or "", told["section"])
            facts = recognize(story, directory, date=day, locality=about["locality"]).facts()
            for kind, take in score.FACTS.items():
                total[kind].compare(list(take(told["facts"])), list(take(facts)))
    return total


# Precision and recall, a little below what was measured. No rule was made for fresh-stories.
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("stories", {"organizations": (0.99, 0.99), "dates": (1, 1), "awards": (1, 1), "amounts": (0.98, 0.98)}),
        (
            "more-stories",
            {"organizations": (0.98, 0.98), "dates": (1, 0.96), "awards": (1, 1), "amounts": (0.98, 0.98)},
        ),
        ("fresh-stories", {"organizations": (1, 0.96), "dates": (1, 0.77), "awards": (0.6, 0.6), "amounts": (1, 1)}),
    ],
)
def test_facts_of_true_stories_keep_their_scores(name, least):
    found = true_stories(name)

    assert {kind: (one.precision, one.recall) for kind, one in found.items() if one.precision < least[kind][0]} == {}
    assert {kind: (one.precision, one.recall) for kind, one in found.items() if one.recall < least[kind][1]} == {}
