"""Why a file is not taken in, in words for an editor."""

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

REASONS = {
    "encoding": _("It cannot be told in which encoding the text is: say UTF-8, UTF-16 or GB18030."),
    "not_text": _("PDF, Word (.docx) and plain text are taken in; this is neither."),
    "not_word": _("It is an Office file or an archive, but no Word document: save the text as .docx."),
    "old_word": _("It is a Word file of the old kind (.doc): save it as .docx or PDF."),
    "encrypted": _("It is locked with a password: save it without one."),
    "damaged": _("The file is damaged: open it, save it again and choose the new file."),
    "scanned": _("It is a picture of a page: there is no text in it. Ask for the file from which it was printed."),
    "too_many_pages": _("It has more than 16 pages: take in those of one edition."),
    "unreadable_fonts": _(
        "Its fonts do not say which characters they show: ask for a PDF with text that can be copied."
    ),
    "no_stories": _("No story was found in it."),
    "too_much_text": _("It has more text than an edition: divide it into parts."),
    "too_long": _("Reading it took too long and was stopped."),
    "too_large": _("It holds more than a page may: fewer or smaller pictures help."),
    "crashed": _("The file is damaged, or made in a way that cannot be read."),
}


def imported_before(page_import):
    """In words that the file is known: when it came, and by whom."""
    day = timezone.localtime(page_import.created_at)
    return gettext("imported on %(day)s by %(person)s.") % {
        "day": f"{day:%Y-%m-%d %H:%M}",
        "person": page_import.created_by or gettext("a command"),
    }
