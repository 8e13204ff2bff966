"""A printed page with all that a page tells, and what an editor makes of it."""

from newsletter.intake.accepting import accept
from newsletter.intake.importing import take_in
from newsletter.intake.models import PageImport
from tests import factories
from tests.intake.word import paragraph, picture, word

AWARD = """龙港总商会获评“四好”商会
6月3日，温州市工商业联合会公布2018年度温州市“四好”商会名单，龙港总商会榜上有名。会长说，今后要做得更好。 （龙商）
"""
VISIT = """义卖款送到孩子手中
5月31日中午，蓝精灵幼儿园携手扶苗公益中心看望两户困难家庭。义卖共筹到爱心款2374元。 （扶苗）
"""
PAGE = f"{AWARD}\n{VISIT}"
ORGANIZATIONS = ["扶苗公益中心", "温州市工商业联合会", "蓝精灵幼儿园", "龙港总商会"]


def imported(text=PAGE, **values):
    return factories.page_import(text, **values)


def story_of(name):
    """A printed story of a name of its own, with an event of its host."""
    return f"{name}走进社区\n6月4日上午，{name}走进社区举办健康讲座，居民们听得很认真。 （{name}）\n"


def accepted(text=PAGE, *, by=None, **values):
    page_import = imported(text, by=by, **values)
    accept(page_import, by=by)
    page_import.refresh_from_db()
    return page_import


def with_photo(**values):
    """A page import of a Word file: a story with a photo."""
    title, text = VISIT.splitlines()
    content = word(
        paragraph(title, size=22),
        paragraph(text),
        paragraph(picture("p0")),
        pictures=[factories.picture_bytes(kind="PNG")],
    )
    fields = {"name": "page.docx", "title": "苍南社会组织", "date": factories.DAY, "locality": "苍南县", **values}
    return take_in(content, PageImport(**fields))


def change(page_import, number=1, **values):
    """Change a story of the review, as an editor would."""
    page_import.review["stories"][number - 1].update(values)
    page_import.save()
    return page_import
