from django.http import FileResponse, Http404
from django.utils.cache import add_never_cache_headers
from django.views.generic import DetailView

from .models import Tombstone


class PublishableDetailView(DetailView):
    """One publishable: the page, or 410 with the reason once it was withdrawn, or a preview for staff, or 404.

    What was public and is being revised answers 404 too, and says so; what was withdrawn before stays withdrawn.
    """

    def get(self, request, *args, **kwargs):
        try:
            self.object = self.get_object()
        except Http404:
            if tombstone := Tombstone.objects.filter(path=request.path).first():
                return self.response_class(request, "410.html", {"object": tombstone}, status=410)
            raise
        if self.object.is_published():
            return self.render_to_response(self.get_context_data())
        gone = {self.object.State.WITHDRAWN, self.object.State.TRASHED}
        if self.object.state in gone and self.object.was_public():
            return self.response_class(request, "410.html", {"object": self.object}, status=410)
        if not self.object.may_be_previewed_by(request.user):
            if not self.object.is_being_revised():
                raise Http404
            if self.object.withdrawn_at:
                return self.response_class(request, "410.html", {"object": self.object}, status=410)
            response = self.response_class(request, "revised.html", status=404)
            add_never_cache_headers(response)
            return response
        response = self.render_to_response(self.get_context_data(is_preview=True))
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response


def may_be_seen_by(publishable, user):
    """Whether the user may see it or a file of it now: readers what is public, staff also what they may preview."""
    return publishable.is_published() or publishable.may_be_previewed_by(user)


def file_response(publishable, opened, **kwargs):
    """The file that `opened()` opens, kept by caches a minute: it goes with its publishable. 404 if it is lost."""
    try:
        response = FileResponse(opened(), **kwargs)
    except OSError:
        raise Http404 from None
    response["Cache-Control"] = "max-age=60" if publishable.is_published() else "private, no-store"
    return response
