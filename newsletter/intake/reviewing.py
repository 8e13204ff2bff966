"""The review as a form: what an editor posts becomes the review, and one deed is done with it."""

import re

from newsletter.articles.models import Article
from orgs.models import Organization

from .findings import findings_of
from .importing import find_again
from .review import add, cleaned, make_title, merge, move, split, swap_titles, text_of


def read_review(page_import, post, *, all_anew=False, stale=False):
    """Bring what was posted (a `QueryDict`) into the review, do the deed that `do` names, and recognize anew.

    `all_anew`: the date or the locality has changed, so every story tells something else. `stale`: the review has
    changed since it was shown, so what was typed is kept, stories that have gone included, and no deed is done.
    Returns the key of the story to look at next, or None. Raises `LookupError` or `ValueError` for a deed that does
    not exist.
    """
    review = page_import.review
    stories = review["stories"]
    if stale:
        _bring_back(stories, post)
    before = {story["key"]: text_of(story) for story in stories}
    typed = {story["key"]: _read_story(story, post) for story in stories}
    new = {organization["name"] for story in stories for organization in story["new_organizations"]}
    for name, kind in zip(post.getlist("new-name"), post.getlist("new-kind"), strict=False):
        if name in new and kind in Organization.Kind.values:
            review["kinds"][name] = kind
    key = _do("save" if stale else post.get("do", "save"), stories, typed, page_import.result["lines"])
    # A story without a word is one that an editor has emptied; the one just added waits for its words.
    review["stories"] = stories = [story for story in stories if _has_words(story) or story["key"] == key]
    find_again(page_import, [story for story in stories if all_anew or before.get(story["key"]) != text_of(story)])
    return key


def _bring_back(stories, post):
    """Add the stories that somebody typed into and somebody else took away."""
    there = {story["key"] for story in stories}
    for name in post:
        if (match := re.fullmatch("story-([0-9]{1,9})-title", name)) and int(match[1]) not in there:
            add(stories)
            stories[-1]["key"] = int(match[1])


def _read_story(story, post):
    """Read the story's fields; return its paragraphs as they were typed, by whose places buttons name them."""
    name = f"story-{story['key']}-"
    if f"{name}title" not in post:
        return story["paragraphs"]
    story["taken"] = f"{name}taken" in post
    if (form := post.get(f"{name}form")) in Article.Form.values:
        story["form"] = form
    ticked = {*post.getlist(f"{name}finding")}
    story["dropped"] = [
        [finding.kind, finding.value] for number, finding in enumerate(findings_of(story)) if str(number) not in ticked
    ] + [["photo", photo] for photo in story["photos"] if str(photo) not in post.getlist(f"{name}photo")]
    typed = post.getlist(f"{name}paragraph")
    story["title"] = post.get(f"{name}title", "").splitlines()
    story["byline"], story["section"] = post.get(f"{name}byline", ""), post.get(f"{name}section", "")
    story["paragraphs"] = typed
    cleaned(story)
    return typed


def _do(deed, stories, typed, printed):
    name, *numbers = deed.split(":")
    numbers = [int(number) for number in numbers]
    match name, numbers:
        case "split", [key, typed_place]:
            return split(stories, key, _place(typed, key, typed_place), printed)
        case "title", [key, typed_place]:
            first, behind = (_place(typed, key, number) for number in (typed_place, typed_place + 1))
            return make_title(stories, key, first, behind)
        case "merge", [key]:
            return merge(stories, key)
        case "up", [key]:
            return move(stories, key, -1)
        case "down", [key]:
            return move(stories, key, 1)
        case "swap", [key]:
            return swap_titles(stories, key)
        case "add", []:
            return add(stories)
        case (("save" | "accept"), []):
            return None
    raise ValueError(deed)


def _place(typed, key, number):
    """The index among the cleaned paragraphs of what was typed at `number`: empty ones before it have gone."""
    before = {"title": [], "byline": "", "section": "", "paragraphs": typed[key][:number]}
    return len(cleaned(before)["paragraphs"])


def _has_words(story):
    return bool(story["title"] or story["paragraphs"])
