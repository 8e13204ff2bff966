"""Where packages above take part in the forms of publishables: they may ask before a step, and refuse a save."""

from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse

from newsletter.records.admin import RecordAdmin
from newsletter.records.text import clean_lines

from . import signals
from .models import SaveRefused


def _note_key(obj):
    return f"note-{obj.uuid}"


class AskingAdmin(RecordAdmin):
    def asked_first(self, request, obj, step):
        """The response that leads to what is to be asked before the step; None where it may be taken at once."""
        if step not in self.steps_of(request, obj):
            return None
        answers = signals.step_wanted.send(type(obj), publishable=obj, step=step, request=request)
        address = next((address for _receiver, address in answers if address), None)
        if address is None:
            return None
        request.session[_note_key(obj)] = self.note_of(request)
        return HttpResponseRedirect(address)

    def asked_first_of_all(self, request, chosen, step):
        """The page that asks something before the step is taken with several; None where it may be taken at once."""
        if "_asked" in request.POST:
            return None
        possible = [one for one in chosen if step in self.steps_of(request, one)]
        answers = signals.steps_wanted.send(self.model, publishables=possible, step=step, request=request)
        template, asked = next((answer for _receiver, answer in answers if answer), (None, None))
        if template is None:
            return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "action": request.POST["action"],
            # What cannot take the step comes along, and is told so then.
            "chosen": [one for one in chosen if one not in asked["left_out"]],
            **asked,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, template, context)

    @staticmethod
    def note_of(request):
        """The note that was typed beside the button of a step."""
        return clean_lines(request.POST.get("_note", ""))

    @staticmethod
    def forget_note(request, obj):
        request.session.pop(_note_key(obj), None)

    @staticmethod
    def waiting_note(request, obj):
        """The note of the step that waits for an answer."""
        return request.session.get(_note_key(obj), "")

    def save_related(self, request, form, formsets, change):
        signals.form_accepted.send(type(form.instance), publishable=form.instance, request=request)
        super().save_related(request, form, formsets, change)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except SaveRefused as refusal:
            # Nothing was saved. The form comes again with what was typed, as after any mistake.
            request.refusal = refusal
            for file in request.FILES.values():
                file.seek(0)
            return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), "refusal": refusal})

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if refusal := getattr(request, "refusal", None):
            form = type(form.__name__, (_Refused, form), {"refusal": refusal})
        return form


class _Refused:
    def clean(self):
        cleaned = super().clean()
        self.add_error(None, self.refusal)
        return cleaned
