"""Why a file is not taken in, in words for an editor."""

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

REASONS = {
    "encoding": _("It cannot be told in which encoding the text is: say UTF-8, UTF-16 or GB18030."),
    "not_text": _("Only plain text is taken in so far; copy the text out of the PDF or Word file."),
    "no_stories": _("No story was found in it."),
    "too_long": _("Reading it took too long and was stopped."),
    "too_large": _("It needs more memory than a page may."),
    "crashed": _("The file is damaged, or made in a way that cannot be read."),
}


def imported_before(page_import):
    """In words that the file is known: when it came, and by whom."""
    day = timezone.localtime(page_import.created_at)
    return gettext("imported on %(day)s by %(person)s.") % {
        "day": f"{day:%Y-%m-%d %H:%M}",
        "person": page_import.created_by or gettext("a command"),
    }
