"""Two scored tables, of pages named and random: the bench's own, and held-out ones. `make bench-intake` prints them."""

from newsletter.intake.parse import parse_page
from tests.intake.bench import compose, score


def scores(pages):
    """A `Score` for each page's name, from the text of the page alone."""
    found = {}
    for page in pages:
        day = str(page.date) if page.date else None
        result = parse_page(page.text.encode(), date=day, locality=page.locality, organizations=page.organizations)
        found[page.name] = score.score(page.stories, result["stories"])
    return found


if __name__ == "__main__":
    print(score.table(scores([*compose.pages(), *compose.random_pages(40)])))
    print("\nHeld out: counties and shapes that no rule was made for\n")
    held_out = [*compose.held_out(), *compose.random_held_out(40)]
    print(score.table(scores(held_out), captioned={page.name for page in held_out if page.shape.captions}))
