"""A kind of record as a spreadsheet: its columns, which row is which record, and what importing rows would do."""

import hashlib
import json
import logging
from collections import Counter, defaultdict
from dataclasses import dataclass

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import RowResult

from newsletter.records.admin import SAVED_IN_THE_SAME_MOMENT
from newsletter.records.history import keep_first, one_revision
from newsletter.records.models import EditConflict

from .columns import Listed
from .files import Unreadable

logger = logging.getLogger(__name__)

NUMBER = "编号"
# In the column of numbers: the row of the empty file that shows how it is filled in. It is passed over.
EXAMPLE = "示例"
# Rows without a change cost next to nothing. A change takes 4 to 20 ms, in which nobody else can save on SQLite, and
# they wait for 20 seconds at most.
MAX_CHANGES = 500


@dataclass
class Cell:
    head: str
    old: str
    new: str
    errors: list


class Row(RowResult):
    """What importing one row does: `kind` is new, changed, unchanged or error; `cells` are those worth showing."""

    line = version = None
    label = ""
    cells = ()
    errors_of_row = ()

    def add_instance_info(self, instance):
        self.object_id = instance.pk

    @property
    def kind(self):
        if self.errors or self.validation_error:
            return "error"
        return {"new": "new", "skip": "unchanged"}.get(self.import_type, "changed")


class _TakenBack(Exception):
    """Leaves the revision."""


class Outcome:
    """What importing a table does, or did: `rows`, `counts` by kind, and a `digest` of all that is shown of it."""

    def __init__(self, rows):
        self.rows = rows
        self.counts = Counter(row.kind for row in rows)
        shown = [
            [
                row.line,
                row.kind,
                row.version and [row.object_id, row.version],
                [[c.head, c.old, c.new] for c in row.cells],
            ]
            for row in rows
        ]
        self.digest = hashlib.sha256(json.dumps(shown).encode()).hexdigest()

    @property
    def may_be_saved(self):
        return not self.counts["error"] and (self.counts["new"] or self.counts["changed"])

    def saved(self, kind):
        return [row.instance for row in self.rows if row.kind == kind]


class SpreadsheetResource(Resource):
    """The base of the resources. Columns are declared in their order; the first is the number.

    `queryset` are the records that this person may see, `by` is the person, and `refusal(obj)` says why they may not
    change the record (for None: add one), or nothing. Rows are imported one by one as the form saves one: cleaned,
    checked whole and saved by `Record.save`.
    """

    # Attributes by which a row without a number is recognized; at least these columns must then be there.
    identity = ()
    label = ()

    class Meta:
        instance_loader_class = BaseInstanceLoader
        use_transactions = True
        skip_diff = True

    def __init__(self, *, queryset=None, by=None, refusal=lambda obj: None):
        super().__init__()
        self.queryset = self._meta.model._default_manager.all() if queryset is None else queryset
        self.by, self.refusal = by, refusal
        self.heads = [column.column_name for column in self.fields.values()]
        for column in self.fields.values():
            column.resource = self

    @classmethod
    def get_row_result_class(cls):
        return Row

    def init_instance(self, row=None):
        return self._meta.model()

    # What a kind of record says for itself.

    def loaded(self, queryset):
        """The queryset with all that the columns read, so that no row needs a query of its own."""
        return queryset

    def numbered(self, numbers):
        """`{number in the cell: record}`."""
        raise NotImplementedError

    def candidates(self, rows):
        """The records, more or less, that rows without a number may mean."""
        raise NotImplementedError

    def identity_of_row(self, row):
        return tuple(self.read(row, name) for name in self.identity)

    def identity_of(self, instance):
        return tuple(self.fields[name].value(instance) for name in self.identity)

    def read(self, row, name):
        """The value that the row's cell means, for the attribute `name`. Raises `ValidationError`."""
        column = self.fields[name]
        try:
            return column.parse(row.get(column.column_name, ""))
        except ValidationError as error:
            raise ValidationError({name: error}) from error

    # Export

    def lines(self, queryset):
        """The heads, then the cells of each record, as lists of texts."""
        yield self.heads
        for instance in self.loaded(queryset).iterator(chunk_size=500):
            yield [column.export(instance) for column in self.fields.values()]

    def empty_lines(self):
        """The heads and an example."""
        return [self.heads, [EXAMPLE, *(column.example for column in [*self.fields.values()][1:])]]

    def explained_lines(self):
        heads = [_("Column"), _("What stands there"), _("Example")]
        return [heads, *([c.column_name, c.explanation(), c.example] for c in self.fields.values())]

    # Import

    def run(self, table, *, save=False):
        """The `Outcome` of importing the table: all of it is saved, or with an error or without `save` nothing.

        Raises `Unreadable` where the heads are not those of this kind.
        """
        self._check_heads(table.heads)
        dataset = tablib.Dataset(headers=table.heads)
        self._lines = []
        for line, cells in table.rows:
            row = dict(zip(table.heads, cells, strict=True))
            if row.get(NUMBER) != EXAMPLE:
                self._lines.append(line)
                dataset.append(cells)
        self._faults = table.faults
        if save:
            result = self.import_data(dataset, rollback_on_validation_errors=True)
        else:
            result = self._tried(dataset)
        if result.base_errors:
            raise result.base_errors[0].error
        return Outcome(result.rows)

    def _tried(self, dataset):
        """The result of an import that is taken back. No revisions are written of what was never saved."""
        try:
            with one_revision():
                result = self.import_data(dataset, dry_run=True)
                raise _TakenBack
        except _TakenBack:
            return result

    def _check_heads(self, heads):
        doubled = [head for head, times in Counter(heads).items() if times > 1 and head]
        if doubled:
            raise Unreadable(_("These columns stand there twice: %(heads)s.") % {"heads": "、".join(doubled)})
        unknown = [head or _("(empty)") for head in heads if head not in self.heads]
        if unknown:
            raise Unreadable(
                _("These columns are unknown: %(heads)s. Known are: %(known)s.")
                % {"heads": "、".join(unknown), "known": "、".join(self.heads)}
            )
        needed = [self.fields[name].column_name for name in self.identity]
        if NUMBER not in heads and not {*needed} <= {*heads}:
            raise Unreadable(
                _("The column %(number)s is missing, or the columns %(heads)s, by which rows are recognized.")
                % {"number": NUMBER, "heads": "、".join(needed)}
            )

    def before_import(self, dataset, **kwargs):
        rows = dataset.dict
        self._numbered = self.numbered({row[NUMBER] for row in rows if row.get(NUMBER)})
        self._known, self._taken, self._changes = defaultdict(list), {}, 0
        for instance in self.candidates([row for row in rows if not row.get(NUMBER)]):
            self._known[self.identity_of(instance)].append(instance)

    def import_row(self, row, instance_loader, **kwargs):
        self._line = self._lines[kwargs["row_number"] - 1]
        self._before, self._after, self._version, self._saved = {}, {}, None, None
        found = super().import_row(row, instance_loader, **kwargs)
        found.line, found.version, found.instance = self._line, self._version, self._saved
        self._describe(found, row)
        return found

    def get_or_init_instance(self, instance_loader, row):
        faults = {
            name: self._faults[self._line, column.column_name]
            for name, column in self.fields.items()
            if (self._line, column.column_name) in self._faults
        }
        if faults:
            raise ValidationError(faults)
        instance = self._meant(row)
        if instance is None:
            return self.init_instance(row), True
        other = self._taken.setdefault(instance.pk, self._line)
        if other != self._line:
            raise ValidationError(_("This is the same as row %(line)d.") % {"line": other})
        return instance, False

    def _meant(self, row):
        number = row.get(NUMBER)
        if number:
            if number not in self._numbered:
                message = _("Nothing has this number. Leave the cell empty if it is new.")
                raise ValidationError({next(iter(self.fields)): message})
            return self._numbered[number]
        return self.recognized(row)

    def recognized(self, row):
        """The record that a row without a number means, or None for a new one. Raises `ValidationError`."""
        found = self._known[self.identity_of_row(row)]
        if len(found) > 1:
            raise ValidationError(_("Several are like this. Export them, and keep the number of the right one."))
        return found[0] if found else None

    def after_init_instance(self, instance, new, row, **kwargs):
        if not new:
            self._version = instance.version
            self._before = self._cells_of(instance)

    def import_instance(self, instance, row, **kwargs):
        errors = {}
        for column in self.fields.values():
            try:
                self.import_field(column, instance, row, **kwargs)
            except ValidationError as error:
                errors[column.attribute] = error
        if errors:
            raise ValidationError(errors)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        self._after = self._cells_of(instance)
        return not import_validation_errors and not instance._state.adding and self._after == self._before

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        refused = self.refusal(None if instance._state.adding else instance)
        if refused:
            raise ValidationError(refused)
        self._changes += 1
        if self._changes > MAX_CHANGES:
            raise ValidationError(_("More than 500 rows are new or changed. Split the file."))
        self._clean(instance, import_validation_errors or {}, validate_unique=False, validate_constraints=False)

    def _clean(self, instance, errors, **kwargs):
        # Who did what and when cannot come from a file: nothing to look up for each row.
        others = {f.name for f in instance._meta.fields if f.is_relation and f.name not in self.fields}
        errors = dict(errors)
        try:
            instance.full_clean(exclude={*errors, *others}, **kwargs)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def do_instance_save(self, instance, is_create):
        """Save as the form does. Rules that the database holds are asked for their words only where it refuses.

        Asking for each rule beforehand, with a query and a savepoint, takes more than half of the time of an import,
        and on SQLite nobody else can save in that time.
        """
        if not is_create:
            keep_first(instance)
        with self.saving(instance):
            try:
                with transaction.atomic():
                    instance.save(by=self.by)
            except IntegrityError:
                self._clean(instance, {})
                raise
            self.write_lists(instance)

    def saving(self, instance):
        """The context in which a record is saved with its lists: one revision each."""
        return one_revision(self.by)

    def write_lists(self, instance):
        for column in self.fields.values():
            if isinstance(column, Listed):
                try:
                    column.write_waiting(instance)
                except ValidationError as error:
                    raise ValidationError({column.attribute: error.messages}) from error
        instance.__dict__.pop("_listed", None)

    def after_save_instance(self, instance, row, **kwargs):
        self._saved = instance
        self._taken[instance.pk] = self._line
        if not row.get(NUMBER):
            self._known[self.identity_of_row(row)] = [instance]

    def _cells_of(self, instance):
        return {column.column_name: column.export(instance) for column in self.fields.values()}

    def _describe(self, found, row):
        """Say of the row what the person needs to see: its name, the cells that differ, and what is wrong with them."""
        errors = self._errors_of(found)
        found.errors_of_row = errors.pop("", [])
        said = self._after or {**self._before, **row}
        found.label = " ".join(filter(None, (said.get(self.fields[name].column_name, "") for name in self.label)))
        heads = [head for head in self.heads if said.get(head, "") != self._before.get(head, "") or head in errors]
        found.cells = [
            Cell(
                head,
                self._before.get(head, ""),
                row.get(head, "") if head in errors else said.get(head, ""),
                errors.pop(head, []),
            )
            for head in heads
            if head != NUMBER or head in errors
        ]
        found.cells += [Cell(head, "", "", messages) for head, messages in errors.items()]

    def _errors_of(self, found):
        """`{head: [words]}`; those of the whole row under ""."""
        if found.errors:
            return {"": [self._words_of(found.errors[0].error)]}
        if not found.validation_error:
            return {}
        by_attribute = found.validation_error.update_error_dict({})
        return {
            self._head_of(name): [str(word) for error in errors for word in error.messages]
            for name, errors in by_attribute.items()
        }

    def _head_of(self, name):
        if name == NON_FIELD_ERRORS:
            return ""
        if name in self.fields:
            return self.fields[name].column_name
        return str(self._meta.model._meta.get_field(name).verbose_name)

    @staticmethod
    def _words_of(error):
        if isinstance(error, EditConflict):
            return SAVED_IN_THE_SAME_MOMENT
        logger.error("A row of a spreadsheet could not be saved.", exc_info=error)
        return _("The database refused this row. Please tell the operator.")
