from functools import partial, update_wrapper

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from newsletter.records.form_keys import FIELD

# The order in which staff need them; what is not named here follows.
ORDER = (
    *("articles", "events", "awards", "editions", "intake", "orgs", "pages", "desk"),
    *("publishing", "accounts", "records"),
    *("Article", "Event", "Award", "Edition", "PageImport", "Organization", "Page", "Publication", "User"),
)


class DeskSite(admin.AdminSite):
    """The admin. Its front page is the desk: what waits, what is scheduled, the edition in work."""

    site_title = site_header = _("Newsletter desk")
    index_title = _("Desk")
    index_template = "admin/desk.html"
    enable_nav_sidebar = True

    def get_urls(self):
        from newsletter.search.admin import urls_of as search_urls

        from .briefs.views import urls_of as briefs_urls
        from .findings.views import urls_of

        return [*urls_of(self), *briefs_urls(self), *search_urls(self), *super().get_urls()]

    def each_context(self, request):
        from .desk import number_to_review

        # A function: only a page with a header asks it.
        return {**super().each_context(request), "number_to_review": partial(number_to_review, self, request)}

    def admin_view(self, view, cacheable=False):
        asked = super().admin_view(view, cacheable)

        def inner(request, *args, **kwargs):
            if FIELD in request.POST and not self.has_permission(request):
                messages.warning(
                    request,
                    _(
                        "Your session has ended, and nothing was saved. What you typed is kept in this browser: "
                        "log in, and it is offered above the form. Photos and files must be chosen again."
                    ),
                )
            return asked(request, *args, **kwargs)

        return update_wrapper(inner, asked)

    def index(self, request, extra_context=None):
        from .desk import desk_of

        return super().index(request, {**desk_of(self, request), **(extra_context or {})})

    def get_app_list(self, request, app_label=None):
        def place(name):
            return ORDER.index(name) if name in ORDER else len(ORDER)

        apps = sorted(super().get_app_list(request, app_label), key=lambda app: place(app["app_label"]))
        for app in apps:
            app["models"].sort(key=lambda model: place(model["object_name"]))
        return apps
