"""What was posted, row by row: a block is put into empty rows, and what a row lacks is proposed from its text."""

from newsletter.records.text import clean_lines
from newsletter.records.uploads import SUFFIX

from .forms import MOST_ROWS, PREFIX, ROWS
from .splitting import propose_title, split, split_off_byline

# Hidden in each row: the marks of its proposals that were on the screen. What is no longer ticked there is not wanted.
SHOWN = "shown"
_TYPED = ("title", "text", "byline", "contributor", "when", "caption", "credit", "alt_text")


class Row:
    """The controls of one row in posted data (a `QueryDict` that may be changed), by their names in the row."""

    def __init__(self, data, number):
        self.data, self.prefix = data, f"{PREFIX}-{number}-"

    def __getitem__(self, name):
        return clean_lines(self.data.get(self.prefix + name, "")).strip()

    def __setitem__(self, name, value):
        self.data[self.prefix + name] = value

    def all(self, name):
        return self.data.getlist(self.prefix + name)

    def set_all(self, name, values):
        self.data.setlist(self.prefix + name, values)

    def is_blank(self, files):
        picture = f"{self.prefix}picture"
        return not any(self[name] for name in _TYPED) and picture not in files and picture + SUFFIX not in self.data


class Rows:
    """All rows of a post. `readings` is {number: `Reading`} of those that were looked at, `new` what they propose."""

    def __init__(self, data, files):
        posted = data.get(f"{PREFIX}-TOTAL_FORMS", "")
        self.data, self.files = data, files
        self.total = min(MOST_ROWS, max(ROWS, int(posted) if posted.isdecimal() else 0))
        self.readings, self.new = {}, []

    @property
    def total(self):
        return self._total

    @total.setter
    def total(self, number):
        self._total = number
        self.data[f"{PREFIX}-TOTAL_FORMS"], self.data[f"{PREFIX}-INITIAL_FORMS"] = str(number), "0"

    def put_in(self, block, reader):
        """Put the briefs of the block into empty rows, in their order; returns (how many, the text of those left)."""
        pieces = split(block, reader.is_name)
        empty = [number for number in range(MOST_ROWS) if Row(self.data, number).is_blank(self.files)]
        for number, piece in zip(empty, pieces, strict=False):
            row = Row(self.data, number)
            row["title"], row["text"], row["byline"] = piece.title, piece.text, piece.byline
            self.total = max(self.total, number + 1)
        return min(len(pieces), len(empty)), "\n\n".join(map(str, pieces[len(empty) :]))

    def look(self, reader, *, with_events):
        """Propose what rows with a text lack; `new` are the numbers of the rows that propose what was not shown."""
        for number in range(self.total):
            row = Row(self.data, number)
            if not row["text"]:
                continue
            is_titled = _take_apart(row, reader)
            reading = reader.read(row["title"], row["text"], row["byline"])
            if not with_events:
                reading.event_type = None
            self.readings[number] = reading
            if _propose(row, reading) or not is_titled:
                self.new.append(number)


def _take_apart(row, reader):
    """Byline and headline that stand in the text go to their places; returns whether the row had a headline."""
    text, byline = split_off_byline(row["text"], reader.is_name)
    if byline and row["byline"] in ("", byline):
        row["text"], row["byline"] = text, byline
    if row["title"]:
        return True
    pieces = split(row["text"], reader.is_name)
    if len(pieces) == 1 and pieces[0].title:
        row["title"], row["text"] = pieces[0].title, pieces[0].text
        return True
    row["title"] = propose_title(row["text"])
    return False


def _propose(row, reading):
    """Fill in what was never shown; returns whether that is anything."""
    new = [mark for mark in reading.marks if mark not in row[SHOWN].split()]
    if any(mark.startswith("by-") for mark in new) and not row["contributor"]:
        row["contributor"] = "、".join(map(str, reading.contributors))
    if "event" in new and not row["event_type"]:
        row["event_type"], row["when"] = reading.event_type.name, reading.when
    offered = [str(organization.pk) for organization in reading.organizations]
    ticked = [*row.all("organizations"), *new]
    row.set_all("organizations", [pk for pk in offered if pk in ticked])
    return bool(new)
