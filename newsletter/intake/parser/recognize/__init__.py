"""Facts of one story: organizations, events, honours and amounts, by written rules; each finding with score and doubt.

Pure Python: no Django, no network. Nothing here raises on odd input; what is not understood is left out.
"""

from newsletter.intake.parser.recognize.awards import find_awards
from newsletter.intake.parser.recognize.contributor import find_contributor
from newsletter.intake.parser.recognize.directory import Directory
from newsletter.intake.parser.recognize.events import find_events
from newsletter.intake.parser.recognize.figures import find_figures
from newsletter.intake.parser.recognize.names import Finder
from newsletter.intake.parser.recognize.story import Mark, Passage, Recognized, Story, readable, sentences

__all__ = ["Directory", "Mark", "Recognized", "Story", "recognize"]


def recognize(story, directory, *, date, locality):
    """The `Recognized` facts of `story`.

    `date` is the edition's day (datetime.date) or None, then days without a year stay words; `locality` is the county
    that `县…` means, such as 苍南县, or "".
    """
    locality = locality or ""
    index = directory.index(locality)
    title = Passage("title", readable("\n".join(story.title or [])))
    body = [Passage(n, readable(text or "")) for n, text in enumerate(story.paragraphs or [])]
    for passage in (title, *body):
        passage.sentences = sentences(passage.text)
    finder = Finder(index)
    proposed = finder.find([*body, title])
    headline = title.text.replace("\n", " ")
    events = find_events(body, headline, date)
    awards = find_awards(body, date, locality)
    figures = find_figures(body, events, date)
    byline = readable(story.byline or "")
    contributor, _ = find_contributor(byline, index, finder.proposer)

    facts = {
        **contributor,
        "organizations": _in_order([*title.mentions, *(mention for passage in body for mention in passage.mentions)]),
        "events": [event.fact for event in events],
        "awards": [fact for *_, fact in awards],
        "amounts": [fact for *_, fact in figures],
    }
    printed = {"title": "\n".join(story.title or []), **dict(enumerate(story.paragraphs or []))}
    marks = [_mark_of(mention, passage.where, printed) for passage in (title, *body) for mention in passage.mentions]
    marks += [_mark(printed, "award", where, start, end, fact, 0.8) for where, start, end, fact in awards]
    marks += [_mark(printed, "amount", where, start, end, fact, 0.9) for where, start, end, fact in figures]
    for event in events:
        when = event.when
        score = 0.6 if when.words else 0.9
        doubt = when.doubt or ("没有印出确切日期，只保留原词" if when.words else "")
        marks.append(_mark(printed, "date", event.where, when.start, when.end, _dated(event.fact), score, doubt))
        marks.append(_mark(printed, "event", event.where, *event.sentence, event.fact, 0.8))
    if contributor:
        known = contributor["contributor_kind"] == "person" or contributor["contributor"] in directory.kinds
        doubt = "" if known else "名录中没有这个单位，请核对"
        value = contributor["contributor"]
        marks.append(
            Mark("contributor", "byline", 0, len(story.byline), story.byline, value, 1.0 if known else 0.6, doubt)
        )
    marks.sort(key=lambda mark: (_place(mark.where), mark.start, -mark.end))
    return Recognized(marks, list(proposed.values()), facts)


def _in_order(mentions):
    return list(dict.fromkeys(mention.name for mention in mentions))


def _mark_of(mention, where, printed):
    kind = "organization" if mention.known else "new_organization"
    return _mark(printed, kind, where, mention.start, mention.end, mention.name, mention.score, mention.doubt)


def _mark(printed, kind, where, start, end, value, score, doubt=""):
    return Mark(kind, where, start, end, printed[where][start:end], value, score, doubt)


def _dated(fact):
    return {key: fact[key] for key in ("start", "end", "part_of_day", "time", "when_text") if key in fact}


def _place(where):
    return {"title": -1, "byline": 10**6}.get(where, where)
