"""The held-out pages themselves: what is expected of one is what it prints."""

import re

from tests.intake.bench import bylines, compose


def test_held_out_pages_have_counties_of_their_own():
    own, others = compose.editions(), compose.editions("more-stories")

    assert len(others) == 3
    assert not {edition["edition"]["locality"] for edition in own} & {page.locality for page in compose.held_out()}
    assert {page.locality for page in compose.random_pages(40)} == {edition["edition"]["locality"] for edition in own}
    assert {page.locality for page in compose.random_held_out(20)} == {
        edition["edition"]["locality"] for edition in others
    }


def leftovers(page):
    """What the page prints beside headlines and bodies, in pieces; fails where one of these is not printed."""
    rest = "".join(page.text.split())
    bodies = ["".join(story["paragraphs"]) for story in page.stories]
    heads = ["".join(story["title"]) for story in page.stories]
    for words in (bodies, heads):
        for text in sorted(("".join(text.split()) for text in words), key=len, reverse=True):
            assert text in rest, (page.name, text)
            rest = rest.replace(text, "\n", 1)
    return rest.split("\n")


def test_held_out_pages_print_their_stories_and_nothing_else():
    for page in [*compose.held_out(), *compose.random_held_out(100)]:
        signatures = [re.escape("".join(story["byline"].split())) for story in page.stories if story["byline"]]
        signed = "|".join(sorted(signatures, key=len, reverse=True)) or "(?!)"
        extras = ["责任编辑：钟杳版式：闻笛校对：祝余", "".join(page.expected["edition"]["title"].split())]
        if page.shape.captions:
            extras += ["".join(text.split()) for text in bylines.CAPTIONS]
        if page.shape.labels:
            extras += [page.shape.label.format(name) for name in page.expected["edition"]["sections"]]
        extra = "|".join([*map(re.escape, extras), r"\d+年\d+月\d+日第\d版", r"—\d—"])
        rest = leftovers(page)

        assert all(
            re.fullmatch(rf"(?:(?:本[报刊]讯)?[（(](?:{signed})[）)]|[□■◎]?(?:{signed})|{extra})*", one) for one in rest
        )
        for signature in signatures:
            assert re.search(signature, "\n".join(rest))


def test_facts_of_held_out_stories_are_in_their_words():
    for edition in compose.editions("more-stories"):
        known = {one["name"]: [one["name"], *one["names"]] for one in edition["organizations"]}
        for story in edition["stories"]:
            text, facts = "".join(story["paragraphs"]), story["facts"]
            amounts = re.findall(r"(?:[近约]|突破)?\d+(?:\.\d+)?[万亿]?[余多]?(?:元|人次|[人名户辆件场]|小时)", text)
            said = {name for name, names in known.items() if any(name in text for name in names)}

            assert sorted(amount["text"] for amount in facts["amounts"]) == sorted(amounts)
            assert said == {name for name in facts["organizations"] if name in known}
            assert all(name in text for name in facts["organizations"] if name not in known)
            for event in facts["events"]:
                day = event.get("start", "").split("-")
                assert event.get("when_text") or f"{int(day[1])}月{int(day[2])}日" in text
