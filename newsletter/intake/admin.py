from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from newsletter.articles.models import Article, Section
from newsletter.editions.file import EditionFileError
from newsletter.publishing.models import Publication
from newsletter.records.admin import SAVED_IN_THE_SAME_MOMENT, RecordAdmin
from newsletter.records.dates import local_day
from newsletter.records.form_keys import announce_saved, form_key
from newsletter.records.models import EditConflict
from orgs.models import Organization

from .accepting import NotPossible, accept, changed_since, rows_of, undo, why_not_undone
from .forms import PlaceForm, UploadForm
from .importing import AlreadyImported, forget_files, read_again, take_in
from .models import PageImport
from .original import original_of
from .parser.child import ParseFailed
from .proposal import proposals_of, unknown_organizations
from .refusals import REASONS, imported_before
from .reviewing import read_review

# What accepting creates: whoever accepts must be allowed to create it by hand.
_CREATES = (
    *("articles.add_article", "editions.add_edition", "events.add_event"),
    *("awards.add_award", "orgs.add_organization"),
)
_SAVED_BETWEEN = _(
    "Somebody else worked on this page in between, so nothing was saved. What you typed is kept here: open the page in "
    "another window and bring the two together."
)


@admin.register(PageImport)
class PageImportAdmin(RecordAdmin):
    """Upload, review and undo: the three pages of a page import; its list and history are the admin's own."""

    list_display = ("name", "place", "state_label", "created_at", "created_by")
    list_filter = ("state",)
    list_select_related = ("created_by", "edition")
    search_fields = ("name", "title", "number")
    date_hierarchy = "date"

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        # What was read may be a megabyte a row, and the list shows none of it.
        changelist.result_list = changelist.result_list.defer("result", "review", "created")
        return changelist

    @admin.display(description=_("edition and page"), ordering="date")
    def place(self, page_import):
        return f"{page_import.title} {page_import.date:%Y-%m-%d} · {page_import.page}"

    @admin.display(description=_("state"), ordering="state")
    def state_label(self, page_import):
        kind = "review" if page_import.is_open else "published"
        return format_html('<span class="state state-{}">{}</span>', kind, page_import.get_state_display())

    def get_actions(self, request):
        return {}

    def has_delete_permission(self, request, obj=None):
        if obj is not None and not obj.is_open:
            return False
        return super().has_delete_permission(request, obj)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        transaction.on_commit(lambda: forget_files(obj))

    def may_accept(self, request):
        return request.user.has_perms(_CREATES)

    def get_urls(self):
        again = path("<path:object_id>/again/", self.admin_site.admin_view(self.again_view), name="intake_again")
        undone = path("<path:object_id>/undo/", self.admin_site.admin_view(self.undo_view), name="intake_undo")
        return [again, undone, *super().get_urls()]

    # Uploading.

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        publication = Publication.current()
        initial = {"title": publication.masthead, "locality": publication.locality, "date": local_day()}
        form = UploadForm(request.POST or None, request.FILES or None, initial=initial)
        if request.method == "POST" and form.is_valid() and (page_import := self._take_in(request, form)):
            return HttpResponseRedirect(page_import.get_absolute_url())
        context = {**self._context(request, _("Import a printed page")), "form": form}
        return TemplateResponse(request, "admin/intake/upload.html", context)

    def _take_in(self, request, form):
        name = form.instance.name
        try:
            page_import = take_in(form.content, form.save(commit=False), by=request.user)
        except ParseFailed as failed:
            form.add_error("encoding" if failed.code == "encoding" else form.source, f"{name}：{REASONS[failed.code]}")
        except AlreadyImported as error:
            known = error.args[0]
            words = format_html('<a href="{}">{}</a>：{}', known.get_absolute_url(), known, imported_before(known))
            form.add_error(None, words)
        else:
            self.log_addition(request, page_import, [{"added": {}}])
            return page_import

    # Reviewing.

    def change_view(self, request, object_id, form_url="", extra_context=None):
        page_import = self._asked_for(request, object_id)
        if request.method != "POST":
            return self._review(request, page_import, PlaceForm(instance=page_import))
        if not self.has_change_permission(request, page_import):
            raise PermissionDenied
        return self._save_review(request, page_import)

    def _asked_for(self, request, object_id):
        page_import = self.get_object(request, unquote(object_id))
        if page_import is None:
            raise Http404
        if not self.has_view_permission(request, page_import):
            raise PermissionDenied
        return page_import

    def _save_review(self, request, page_import):
        try:
            with transaction.atomic():
                page_import = PageImport.objects.select_for_update().get(pk=page_import.pk)
                if not page_import.is_open:
                    raise NotPossible(_("This page was accepted already."))
                was_read = request.POST.get("read_version") == str(page_import.version)
                form = PlaceForm(request.POST, instance=page_import)
                is_valid = form.is_valid()
                try:
                    anew = bool({"date", "locality"} & {*form.changed_data})
                    key = read_review(page_import, request.POST, all_anew=is_valid and anew, stale=not was_read)
                except (LookupError, ValueError) as error:
                    raise BadRequest("No such deed.") from error
                if not (was_read and is_valid):
                    if not was_read:
                        form.add_error(None, _SAVED_BETWEEN)
                    return self._review(request, page_import, form, version=request.POST.get("read_version"))
                page_import.save(by=request.user)
        except NotPossible as error:
            messages.error(request, error.args[0])
            return HttpResponseRedirect(page_import.get_absolute_url())
        if request.POST.get("do") == "accept":
            self._accept(request, page_import)
        place = f"#story-{key}" if key else ""
        return announce_saved(request, HttpResponseRedirect(page_import.get_absolute_url() + place))

    def _accept(self, request, page_import):
        if not self.may_accept(request):
            raise PermissionDenied
        try:
            articles = accept(page_import, by=request.user)
        except (NotPossible, EditConflict) as error:
            messages.error(request, error.args[0] if error.args else SAVED_IN_THE_SAME_MOMENT)
        except EditionFileError as error:
            for line in error.errors[:10]:
                messages.error(request, line)
        else:
            self.log_change(request, page_import, str(_("Accepted")))
            messages.success(request, _("%(count)d drafts were made.") % {"count": len(articles)})

    def _review(self, request, page_import, form, version=None):
        context = {
            **self._context(request, page_import.name, page_import),
            "form": form,
            "version": version or page_import.version,
            "form_key": form_key(request),
            "original": original_of(page_import),
            "may_change": page_import.is_open and self.has_change_permission(request, page_import),
            "may_accept": self.may_accept(request),
            "may_delete": self.has_delete_permission(request, page_import),
        }
        if page_import.is_open:
            context |= {
                "proposals": proposals_of(page_import),
                "unknown_organizations": unknown_organizations(page_import),
                "forms": Article.Form.choices,
                "kinds": Organization.Kind.choices,
                "sections": Section.objects.values_list("name", flat=True),
            }
        else:
            context |= {
                "articles": [row for row, _version in rows_of(page_import) if isinstance(row, Article)][::-1],
                "why_not_undone": why_not_undone(page_import),
            }
        return TemplateResponse(request, "admin/intake/review.html", context)

    def again_view(self, request, object_id):
        """Read the kept file anew with the parser and the directory of today; the review begins from the start."""
        page_import = self._asked_for(request, object_id)
        if not self.has_change_permission(request, page_import) or not page_import.is_open:
            raise PermissionDenied
        if request.method == "POST":
            try:
                read_again(page_import, by=request.user)
            except ParseFailed as failed:
                messages.error(request, f"{page_import}：{REASONS[failed.code]}")
            except EditConflict:
                messages.error(request, SAVED_IN_THE_SAME_MOMENT)
            else:
                messages.success(request, _("The page was read again."))
        return HttpResponseRedirect(page_import.get_absolute_url())

    # Undoing.

    def undo_view(self, request, object_id):
        page_import = self._asked_for(request, object_id)
        if not (self.has_change_permission(request, page_import) and self.may_accept(request)):
            raise PermissionDenied
        changed = changed_since(page_import)
        if request.method == "POST" and (not changed or "even_changed" in request.POST):
            try:
                kept = undo(page_import, by=request.user)
            except (NotPossible, EditConflict) as error:
                messages.error(request, error.args[0] if error.args else SAVED_IN_THE_SAME_MOMENT)
            else:
                self.log_change(request, page_import, str(_("Undone")))
                messages.success(request, _("The import was undone; the page can be reviewed again."))
                if kept:
                    names = "、".join(map(str, kept))
                    messages.warning(request, _("These stay, because others use them: %(names)s.") % {"names": names})
            return HttpResponseRedirect(page_import.get_absolute_url())
        context = {
            **self._context(request, _("Undo the import"), page_import),
            "rows": sorted(
                ({"kind": row._meta.verbose_name, "name": row} for row, _version in rows_of(page_import)),
                key=lambda row: str(row["kind"]),
            ),
            "changed": changed,
            "why_not_undone": why_not_undone(page_import),
        }
        return TemplateResponse(request, "admin/intake/undo.html", context)

    def _context(self, request, title, page_import=None):
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "page_import": page_import,
            "has_view_permission": True,
        }
