"""Why a file is not taken in, in words for an editor."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "encoding": _("It cannot be told in which encoding the text is: say UTF-8, UTF-16 or GB18030."),
    "not_text": _("Only PDF and plain text are taken in so far; copy the text out of the Word file."),
    "scanned": _("It is a picture of a page: there is no text in it. Ask for the file from which it was printed."),
    "encrypted": _("It is locked with a password: save it without one."),
    "damaged": _("The file is damaged or was not copied to its end: fetch it again."),
    "too_many_pages": _("It has more than 16 pages: take in those of one edition."),
    "unreadable_fonts": _(
        "Its fonts do not say which characters they show: ask for a PDF with text that can be copied."
    ),
    "no_stories": _("No story was found in it."),
    "too_long": _("Reading it took too long and was stopped."),
    "too_large": _("It needs more memory than a page may."),
    "crashed": _("The file is damaged, or made in a way that cannot be read."),
}
