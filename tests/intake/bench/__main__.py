"""The scored tables of pages named and random, as text, held out and as PDF: `make bench-intake`."""

from newsletter.intake.parser.page import Refused, parse_page
from tests.intake.bench import compose, flowset, score, typeset


def scores(pages):
    """A `Score` for each page's name, from its file or its text alone."""
    found = {}
    for page in pages:
        day, content = str(page.date) if page.date else None, page.pdf or page.text.encode()
        try:
            result = parse_page(content, date=day, locality=page.locality, organizations=page.organizations)
        except Refused:
            result = {"stories": []}
        found[page.name] = score.score(page.stories, result["stories"])
    return found


if __name__ == "__main__":
    print(score.table(scores([*compose.pages(), *compose.random_pages(40)])))
    print("\nHeld out: counties and shapes that no rule was made for\n")
    held_out = [*compose.held_out(), *compose.random_held_out(40)]
    print(score.table(scores(held_out), captioned={page.name for page in held_out if page.shape.captions}))
    print("\nAs PDF\n")
    print(score.table(scores([*typeset.pdf_pages(), *typeset.random_pdf_pages(40)])))
    print()
    print(score.table(scores([*flowset.flow_pages(), *flowset.random_flow_pages(40)])))
