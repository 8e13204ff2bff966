import tempfile

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import FileResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from newsletter.records.audit import AuditEntry, audit
from newsletter.records.dates import local_day

from . import waiting
from .files import MAX_BYTES, CellTooLong, Unreadable, read, write_csv, write_xlsx

SHOWN = 200
# Beyond, an export is refused: it would occupy the server for minutes. Lists can be filtered.
MAX_EXPORTED = 50_000
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class SpreadsheetForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("Excel (.xlsx) or CSV, at most 5 MB and 5,000 rows. Only the first sheet is read."),
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            # A byte more, so that what is too large is seen to be.
            self.table = read(upload.read(MAX_BYTES + 1), upload.name)
        except Unreadable as unreadable:
            raise forms.ValidationError(unreadable.args[0]) from unreadable
        return upload


def _imported(outcome):
    counts = {kind: outcome.counts[kind] for kind in ("new", "changed", "unchanged")}
    return _("Imported: %(new)d new, %(changed)d changed, %(unchanged)d unchanged.") % counts


class _NotSaved(Exception):
    """Leaves the transaction."""


class SpreadsheetAdmin:
    """Brings import and export of a list as spreadsheets; `resource_class` is its `SpreadsheetResource`."""

    resource_class = None

    def has_spreadsheet_permission(self, request):
        """Who may change all of a kind may take it away as a file, and bring one."""
        return self.has_view_permission(request) and self.has_change_permission(request)

    def refusal_of_row(self, request, obj):
        """Why this person may not change this record (for None: add one) by a spreadsheet; None where they may."""
        if obj is None:
            return None if self.has_add_permission(request) else _("You may not add these.")
        return None if self.has_change_permission(request, obj) else _("You may not change this one.")

    def changelist_view(self, request, extra_context=None):
        context = {"spreadsheets": self.has_spreadsheet_permission(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_urls(self):
        def page(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"{self._spreadsheet_address}_{name}")

        return [
            page("import/", self.import_view, "import"),
            page("import/empty/", self.empty_file_view, "import_empty"),
            page("export/", self.export_view, "export"),
            *super().get_urls(),
        ]

    @property
    def _spreadsheet_address(self):
        return f"{self.opts.app_label}_{self.opts.model_name}"

    # Import: a file brings a preview, the preview's button saves.

    def import_view(self, request):
        if not self.has_spreadsheet_permission(request):
            raise PermissionDenied
        if request.method == "POST" and "waiting" in request.POST:
            return self._confirmed(request, request.POST["waiting"])
        form = SpreadsheetForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                outcome = self._resource(request).run(form.table)
            except Unreadable as unreadable:
                form.add_error("file", unreadable.args[0])
            else:
                return self._preview(request, form.table, outcome)
        return self._page(request, "admin/spreadsheets/import.html", form=form, resource=self._resource(request))

    def _confirmed(self, request, name):
        kept = waiting.taken_up(name, by=request.user, label=self.opts.label)
        if kept is None:
            message = _("This preview has been used already, or is too old. Please choose the file again.")
            self.message_user(request, message, messages.ERROR)
            return HttpResponseRedirect(request.path)
        table, digest = kept
        outcome, saved = self._save(request, table, digest)
        waiting.drop(name)
        if not saved:
            message = _("Somebody changed one of these in the meantime, so nothing was saved. This is the state now.")
            self.message_user(request, message, messages.WARNING)
            return self._preview(request, table, outcome)
        self.message_user(request, _imported(outcome), messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:{self._spreadsheet_address}_changelist"))

    def _save(self, request, table, digest):
        """Save exactly what was shown: with any error, or if it would now be something else, nothing at all."""
        outcome = None
        try:
            with transaction.atomic():
                outcome = self._resource(request).run(table, save=True)
                if not outcome.may_be_saved or outcome.digest != digest:
                    raise _NotSaved
                for kind, flag in (("new", ADDITION), ("changed", CHANGE)):
                    LogEntry.objects.log_actions(
                        request.user.pk, outcome.saved(kind), flag, str(_("By a spreadsheet.")), single_object=False
                    )
                self._audit(request, AuditEntry.Deed.IMPORTED, str(_imported(outcome)))
        except _NotSaved:
            return outcome, False
        return outcome, True

    def _audit(self, request, deed, detail):
        audit(deed, by=request.user, detail=f"{self.opts.verbose_name_plural}：{detail}")

    def _resource(self, request):
        return self.resource_class(
            queryset=self.get_queryset(request).select_related(None).prefetch_related(None),
            by=request.user,
            refusal=lambda obj: self.refusal_of_row(request, obj),
        )

    def _preview(self, request, table, outcome):
        name = None
        if outcome.may_be_saved:
            name = waiting.keep(table, outcome.digest, by=request.user, label=self.opts.label)
        worth_showing = sorted(
            (row for row in outcome.rows if row.kind != "unchanged"), key=lambda row: (row.kind != "error", row.line)
        )
        return self._page(
            request,
            "admin/spreadsheets/preview.html",
            outcome=outcome,
            rows=worth_showing[:SHOWN],
            left_out=len(worth_showing[SHOWN:]),
            waiting=name,
        )

    def _page(self, request, template, **context):
        title = _("Import %(name)s from a spreadsheet") % {"name": self.opts.verbose_name_plural}
        context |= {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, template, context)

    # Files out

    def empty_file_view(self, request):
        if not self.has_spreadsheet_permission(request):
            raise PermissionDenied
        resource = self._resource(request)
        widths = self._widths(resource)
        sheets = {
            str(self.opts.verbose_name_plural): (widths, resource.empty_lines()),
            str(_("Explanations")): ([20, 80, 40], resource.explained_lines()),
        }
        return self._file("xlsx", lambda file: write_xlsx(file, sheets), f"{self.opts.model_name}-empty")

    def export_view(self, request):
        """The list as it is filtered and sorted, as a file; `format` is xlsx or csv."""
        if not self.has_spreadsheet_permission(request):
            raise PermissionDenied
        kind = request.GET.get("format", "xlsx")
        if kind not in TYPES:
            raise BadRequest("Unknown format.")
        # The list itself must not take the format for a filter.
        request.GET = request.GET.copy()
        request.GET.pop("format", None)
        found = self.get_changelist_instance(request)
        # The list itself counts no further than some pages.
        number = found.queryset.order_by()[: MAX_EXPORTED + 1].count()
        if number > MAX_EXPORTED:
            return self._not_exported(request, _("These are more than 50,000. Filter the list first."))
        resource = self._resource(request)
        lines = resource.lines(found.queryset.select_related(None).prefetch_related(None))
        sheets = {str(self.opts.verbose_name_plural): (self._widths(resource), lines)}
        write = {"csv": lambda file: write_csv(file, lines), "xlsx": lambda file: write_xlsx(file, sheets)}[kind]
        try:
            response = self._file(kind, write, self.opts.model_name)
        except CellTooLong as text:
            message = _("“%(text)s…” is too long for a cell of Excel. Export as CSV.") % {"text": text}
            return self._not_exported(request, message)
        self._audit(request, AuditEntry.Deed.EXPORTED, f"{kind}，{number}")
        return response

    def _not_exported(self, request, message):
        self.message_user(request, message, messages.ERROR)
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponseRedirect(reverse(f"admin:{self._spreadsheet_address}_changelist") + query)

    @staticmethod
    def _widths(resource):
        return [
            max(12, 2 * len(head) + 4, min(40, 2 * len(c.example)))
            for head, c in zip(resource.heads, resource.fields.values(), strict=True)
        ]

    @staticmethod
    def _file(kind, write, name):
        # Written whole before the first byte is sent: half a file would look like all of it.
        file = tempfile.SpooledTemporaryFile(max_size=MAX_BYTES)
        write(file)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=f"{name}-{local_day()}.{kind}", content_type=TYPES[kind])
