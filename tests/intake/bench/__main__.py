"""The scored tables of all named pages and of forty random ones, as text and as PDF: `make bench-intake`."""

from newsletter.intake.parse import Refused, parse_page
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
    print()
    print(score.table(scores([*typeset.pdf_pages(), *typeset.random_pdf_pages(40)])))
    print()
    print(score.table(scores([*flowset.flow_pages(), *flowset.random_flow_pages(40)])))
