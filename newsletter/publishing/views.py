from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import resolve
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.defaults import page_not_found
from django.views.generic import DetailView

from newsletter.records.files import stored_file_response

from .languages import in_chinese
from .models import Guest, PreviewLink, Tombstone


def opens_in_previews(view):
    """Marks a view of one publishable or of a file of it, which asks `may_be_seen_by`: preview links lead to it."""
    view.opens_in_previews = True
    return view


@method_decorator(opens_in_previews, name="dispatch")
class PublishableDetailView(DetailView):
    """One publishable: the page, or 410 with the reason once it was withdrawn, or a preview, or 404.

    What was public and is being revised answers 404 too, and says so; what was withdrawn before stays withdrawn.
    """

    def get(self, request, *args, **kwargs):
        try:
            self.object = self.get_object()
        except Http404:
            if tombstone := Tombstone.objects.filter(path=in_chinese(self.own_address())).first():
                return self.response_class(request, "410.html", {"object": tombstone}, status=410)
            raise
        preview_link = getattr(request.user, "preview_link", None)
        if self.object.is_published():
            return redirect(self.object) if preview_link else self.render_to_response(self.get_context_data())
        if self.object.is_gone():
            return self.response_class(request, "410.html", {"object": self.object}, status=410)
        if not may_be_seen_by(self.object, request.user):
            return self._unseen(request)
        response = self.render_to_response(self.get_context_data(is_preview=True, preview_link=preview_link))
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response

    def own_address(self):
        """The address of the publishable, under which it is remembered when it is deleted for good."""
        return self.request.path

    def _unseen(self, request):
        if not self.object.is_being_revised():
            raise Http404
        if self.object.withdrawn_at:
            return self.response_class(request, "410.html", {"object": self.object}, status=410)
        response = self.response_class(request, "revised.html", status=404)
        add_never_cache_headers(response)
        return response


def may_be_seen_by(publishable, user):
    """Whether the user may see it or a file of it now: readers what is public, others also what they may preview."""
    if publishable.is_published():
        return True
    if isinstance(user, Guest):
        return user.preview_link.shows(publishable)
    return publishable.may_be_previewed_by(user)


def file_response(request, publishable, name, opened, **kwargs):
    """The stored file `name`, which `opened()` opens, kept by caches a minute: it goes with its publishable."""
    response = stored_file_response(request, name, opened, **kwargs)
    response["Cache-Control"] = "max-age=60" if publishable.is_published() else "private, no-store"
    return response


def picture_response(request, publishable, picture, processors):
    """A rendition of a stored picture of the publishable."""
    return file_response(request, publishable, picture.rendition_name(processors), lambda: picture.opened(processors))


@require_safe
def preview(request, token, path=""):
    """What a preview link opens: the page of its thing or, by its own public `path`, a file of it.

    The page's own view answers, as its guest sees it: 302 to the public address once it is published, 410 once it
    was withdrawn. A link that has expired or was revoked is 410, too; an address that was not made here is 404.
    """
    link = PreviewLink.of_token(token)
    is_opening = not path and request.method == "GET" and not request.user.is_staff
    try:
        response = _as_guest(request, link, path)
    except Http404 as absence:
        if link and not link.is_valid():
            response = render(request, "publishing/preview_ended.html", status=410)
        else:
            response = page_not_found(request, absence)
    if is_opening and response.status_code == 200:
        link.note_opening()
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _as_guest(request, link, path):
    if link is None or link.publishable is None:
        raise Http404
    # Whoever is logged in sees what the guest sees, too.
    request.user = Guest(link)
    request.resolver_match = match = resolve(f"/{path}" if path else link.publishable.get_absolute_url())
    if not getattr(match.func, "opens_in_previews", False):
        raise Http404
    return match.func(request, *match.args, **match.kwargs)
