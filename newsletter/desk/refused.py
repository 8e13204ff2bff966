"""Pages for a form of staff that was refused before any view saw it. What was typed is in the browser's draft."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.shortcuts import render
from django.urls import reverse
from django.views.csrf import csrf_failure as public_csrf_failure

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# More than anybody sends by accident; the rest of a larger body is not waited for.
READ_AT_MOST = 2**30


def _is_for_staff(request):
    return request.path.startswith(reverse("admin:index"))


def _refused(request, reason, status):
    context = {
        "reason": reason,
        "same_form": request.get_full_path(),
        "fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        "files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "text_size": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20,
        "whole_size": settings.UPLOAD_MAX_BYTES // 2**20,
    }
    return render(request, "admin/refused.html", context, status=status)


def csrf_failure(request, reason=""):
    # Of the log-in page nothing is kept in the browser, and nobody has typed a text.
    if not _is_for_staff(request) or request.path == reverse("admin:login"):
        return public_csrf_failure(request, reason)
    return _refused(request, "csrf", 403)


def too_large(request, exception):
    """413 with what to do about it, for the exceptions of TOO_LARGE."""
    _read_to_the_end(request)
    if not _is_for_staff(request):
        return render(request, "400.html", status=413)
    return _refused(request, type(exception).__name__, 413)


def _read_to_the_end(request):
    """A server that closes a connection with something unread in it resets it, and the browser shows no page at all."""
    read = 0
    try:
        while read < READ_AT_MOST and (chunk := request.read(2**16)):
            read += len(chunk)
    except OSError:
        pass  # They have gone.
