"""How the columns of all pages are read: which goes on in which, and which headline stands above which text."""

from newsletter.intake.parser.lines import Line

from .rows import overlap


class Story:
    """A headline (or none) and the columns of its text, in reading order."""

    def __init__(self, head, columns):
        self.head, self.columns = head, columns

    @property
    def first(self):
        return self.head or self.columns[0]


def stories_of(pages):
    """The `Story`s of all pages in reading order. `pages` holds, for each page, its `Column`s from the top down."""
    columns = [column for page in pages for column in page]
    texts = [column for column in columns if column.kind == "text"]
    above = {column: _above(column, pages[column.page]) for column in columns}
    heads = {}
    for text in texts:
        if above[text] is not None and above[text].kind == "head":
            heads.setdefault(above[text], []).append(text)
    headed = {min(beneath, key=lambda text: (text.left, text.top)): head for head, beneath in heads.items()}
    indents = any(_is_indented(line, text) for text in texts for line in text.lines)
    place = _Place(pages, above, headed)
    follows = _succession(texts, headed, place, indents)
    later = set(follows.values())
    stories = []
    for text in texts:
        if text in later:
            continue
        run = [text]
        while run[-1] in follows:
            run.append(follows[run[-1]])
        stories.append(Story(headed.get(text), run))
    heads = [column for column in columns if column.kind == "head"]
    _set_beneath(stories, heads, above)
    used = {story.head for story in stories}
    stories += [Story(head, []) for head in heads if head not in used]
    order = [column for page in pages for column in _read(page)]
    rank = {column: number for number, column in enumerate(order)}
    return sorted(stories, key=lambda story: rank[story.first])


def _set_beneath(stories, heads, above):
    """Gives the stories the headlines beneath them, if so fewer stories and headlines are left alone."""
    story_of = {column: story for story in stories for column in story.columns}
    beneath = {story_of[above[head]]: head for head in heads if above[head] in story_of}
    if len(beneath) > sum(story.head is not None for story in stories):
        for story in stories:
            story.head = beneath.get(story)


def _above(column, page):
    """The nearest column above, of any kind but labels."""
    found = None
    for other in page:
        if (
            other is not column
            and other.kind != "label"
            and other.top < column.top
            and other.bottom < column.top + 0.6 * column.size
            and overlap(other, column) > 0.8 * min(other.size, column.size)
            and (found is None or other.bottom > found.bottom)
        ):
            found = other
    return found


def _is_indented(line, column):
    return 1.5 * line.size <= line.left - column.left <= 2.8 * line.size


class _Place:
    """Where columns stand towards each other."""

    def __init__(self, pages, above, headed):
        self.pages, self.above, self.headed = pages, above, headed
        self.below = {}
        for column, upper in above.items():
            if upper is not None:
                self.below.setdefault(upper, []).append(column)

    def score(self, before, after):
        """How well `after` stands for the continuation of `before`; None: not at all."""
        if after.page != before.page:
            ends = after.page == before.page + 1 and self._is_last(before) and self._is_first(after)
            return 1.5 if ends else None
        if self.above[after] is before:
            return 2.5 - 0.05 * (after.top - before.bottom) / after.size
        if before.left < after.left and overlap(before, after) < 0.5 * after.size:
            return self._to_the_right(before, after)
        return None

    def _to_the_right(self, before, after):
        score = 0.0
        gap = after.left - before.right
        if gap > 0.6 * max(after.right - after.left, before.right - before.left):
            score -= 3.0
        head = self._head_of_row(before)
        # A picture may stand on top of the first column.
        tops = abs(before.top - after.top) < after.size or (head and 0 < after.top - head.bottom < 2.5 * after.size)
        beside = head is not None and head.top - after.size < after.top < before.top
        if tops or beside:
            return score + (3.5 if tops or before not in self.headed else 2.0)
        ends = not any(column.kind == "text" or overlap(column, after) <= 0 for column in self.below.get(before, ()))
        upper = self.above[after]
        if upper is not None and before.top < upper.top:
            score -= 3.0  # another headline's columns
        begins = upper is None or (upper.kind == "head" and overlap(upper, before) > 0)
        page = [column for column in self.pages[before.page] if column.kind == "text"]
        fills = before.bottom > max(column.bottom for column in page) - 3 * before.size
        fills = fills and after.top < min(column.top for column in page) + 3 * after.size
        return score + 0.7 * fills + (2.0 if ends and begins else 0.5 if begins or ends else -1.5)

    def _head_of_row(self, column):
        """The headline over the row of columns in which this one stands."""
        row = [one for one in self.headed if one.page == column.page and abs(one.top - column.top) < column.size]
        row = [one for one in row if one.left <= column.left]
        return self.headed[max(row, key=lambda one: one.left)] if row else None

    def _is_last(self, column):
        page = [one for one in self.pages[column.page] if one.kind == "text"]
        return not any(one.left > column.right and one.bottom > column.top for one in page) and not self.below.get(
            column
        )

    def _is_first(self, column):
        page = [one for one in self.pages[column.page] if one.kind == "text"]
        return self.above[column] is None and not any(
            one.right < column.left and one.top < column.bottom for one in page
        )


def _succession(texts, headed, place, indents):
    """Which text column goes on in which: the likeliest pairs first."""
    pairs = []
    for after in texts:
        if after in headed:
            continue
        for before in texts:
            if before is after:
                continue
            score = place.score(before, after)
            if score is not None:
                pairs.append((score + _reads_on(before, after, indents), before, after))
    follows, taken = {}, set()
    for score, before, after in sorted(pairs, key=lambda pair: -pair[0]):
        if score < -1 or before in follows or after in taken or _leads_to(follows, after, before):
            continue
        follows[before] = after
        taken.add(after)
    return follows


def _leads_to(follows, start, goal):
    while start in follows:
        start = follows[start]
        if start is goal:
            return True
    return start is goal


def _reads_on(before, after, indents):
    """How well the text of one column reads on in the next, by how the one ends and the other begins."""
    last = before.lines[-1]
    line = Line(last.text)
    starts_indented = indents and _begins_indented(after)
    if line.byline is not None:
        return -8.0
    if not line.ends_sentence:
        return -3.0 if starts_indented else 4.0
    if before.right - last.right < 1.6 * last.size:
        return 1.0
    return 0.5 if starts_indented or not indents else -5.0


def _begins_indented(column):
    if len(column.lines) > 1:
        return _is_indented(column.lines[0], column)
    return False


def _read(columns):
    """Columns in the order in which a reader's eyes take them: by bands across the page, and in a band by columns."""
    if len(columns) < 2:
        return columns
    for start, stop in (("top", "bottom"), ("left", "right")):
        groups, reach = [], None
        for column in sorted(columns, key=lambda one: getattr(one, start)):
            if reach is None or getattr(column, start) > reach - 1:
                groups.append([])
            groups[-1].append(column)
            reach = max(getattr(column, stop), reach if reach is not None else -1)
        if len(groups) > 1:
            return [column for group in groups for column in _read(group)]
    return sorted(columns, key=lambda one: (one.top, one.left))
