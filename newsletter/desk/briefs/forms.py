"""The screen's fields: what all briefs share, and a row for each of them."""

import datetime
import re
from contextlib import suppress
from types import MappingProxyType

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from newsletter.articles.models import Article, Photo, Section
from newsletter.editions.models import Edition, EditionItem
from newsletter.events.models import Event
from newsletter.intake.accepting import known_articles
from newsletter.records.fields import GatedFormField
from newsletter.records.pictures import PictureFormField
from newsletter.records.text import clean_line, clean_lines, digest

from .entering import Brief, Place
from .reading import Reading
from .splitting import propose_title

PREFIX = "rows"
ROWS, MOST_ROWS = 20, 60
_SECTIONS = ("简讯", "短讯", "快讯")
_DAY = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")


class PlaceForm(forms.Form):
    """Where and when the briefs are listed."""

    section = forms.ModelChoiceField(Section.objects.all(), label=_("Section"), required=False)
    date = Article._meta.get_field("date").formfield(
        label=_("Date"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    edition = forms.ModelChoiceField(
        Edition.objects.filter(state__in=[Edition.State.DRAFT, Edition.State.REVIEW]),
        label=_("Edition"),
        required=False,
        help_text=_("They come to stand behind what its page has already."),
    )
    page = EditionItem._meta.get_field("page").formfield(
        label=_("Page"), min_value=1, max_value=99, initial=1, required=False
    )

    def __init__(self, data=None, *, user):
        super().__init__(data, initial={"section": Section.objects.filter(name__in=_SECTIONS).first()})
        if not user.has_perms(["editions.change_edition", "editions.add_editionitem"]):
            del self.fields["edition"], self.fields["page"]

    @property
    def place(self):
        cleaned = self.cleaned_data
        return Place(cleaned.get("section"), cleaned.get("date"), cleaned.get("edition"), page=cleaned.get("page") or 1)


def _of(model, name, **kwargs):
    return model._meta.get_field(name).formfield(required=False, **kwargs)


class BriefForm(forms.Form):
    """One brief. `reading` is what its text names; `theirs` are the organizations of a correspondent, else None."""

    title = _of(Article, "title", widget=forms.Textarea, help_text="")
    text = GatedFormField(gate=clean_lines, label=_("Text"), required=False, strip=False, widget=forms.Textarea)
    byline = _of(Article, "byline", help_text="")
    contributor = GatedFormField(
        gate=clean_line,
        label=_("Contributor"),
        required=False,
        widget=forms.TextInput(attrs={"list": "briefs-organizations"}),
    )
    organizations = forms.MultipleChoiceField(
        label=_("Organizations in the text"), required=False, widget=forms.CheckboxSelectMultiple
    )
    event_type = forms.ChoiceField(label=_("Event type"), required=False)
    when = _of(Event, "when_text", label=_("Day of the event"), help_text="")
    picture = PictureFormField(
        label=_("Photo"), required=False, widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
    )
    caption = _of(Photo, "caption")
    credit = _of(Photo, "credit", help_text="")
    alt_text = _of(Photo, "alt_text", help_text="")
    decorative = _of(Photo, "decorative", help_text="")

    PHOTO = ("picture", "caption", "credit", "alt_text", "decorative")
    EVENT = ("event_type", "when")

    def __init__(self, *args, reading, reader, user, theirs, **kwargs):
        super().__init__(*args, **kwargs)
        self.reading, self.reader, self.theirs = reading or Reading(), reader, theirs
        self.fields["organizations"].choices = [
            (organization.pk, f"{organization} · {role.label}")
            for organization, role in self.reading.organizations.items()
        ]
        self.fields["event_type"].choices = [("", "—"), *((name, name) for name in reader.types)]
        for name in hidden_from(user):
            del self.fields[name]
        self.fields["text"].widget.attrs["rows"] = min(14, max(3, len(self["text"].value() or "") // 30 + 1))
        self.fields["title"].widget.attrs["rows"] = min(3, (self["title"].value() or "").strip().count("\n") + 1)

    def clean_contributor(self):
        """The organizations that were typed, with any of their names, with a mark or space between them."""
        typed = self.cleaned_data["contributor"]
        names = [typed] if self.reader.find(typed) else re.split(r"[、，,;；\s]+", typed)
        found = {name: self.reader.find(name) for name in filter(None, names)}
        for name, organization in found.items():
            if organization is None:
                raise ValidationError(_("The directory has no organization “%(name)s”."), params={"name": name})
            if self.theirs is not None and organization not in self.theirs:
                raise ValidationError(_("You do not write for “%(name)s”."), params={"name": organization})
        return list(dict.fromkeys(found.values()))

    def clean(self):
        cleaned = super().clean()
        for name, words in (("text", _("It has no text yet.")), ("title", _("It has no headline yet."))):
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, words)
        if cleaned.get("event_type") and not cleaned.get("when") and "when" not in self.errors:
            self.add_error("when", _("Say when: a day such as 2019-06-04, or the words as printed."))
        if "picture" in self.fields:
            self._clean_photo(cleaned)
        return cleaned

    def _clean_photo(self, cleaned):
        if not cleaned.get("picture") and "picture" not in self.errors:
            if any(cleaned.get(name) for name in self.PHOTO):
                self.add_error("picture", _("There are words about a photo, but no photo is chosen."))
        if cleaned.get("decorative") and cleaned.get("alt_text"):
            self.add_error("alt_text", _("Either the picture is decorative or it has an alternative text."))

    @property
    def title_is_proposed(self):
        title = self["title"].value()
        return bool(title) and title == propose_title(self["text"].value())

    @property
    def has_photo_words(self):
        return any(self[name].value() for name in self.PHOTO if name in self.fields)

    @property
    def brief(self):
        """The `Brief` of a valid form."""
        cleaned, reading = self.cleaned_data, self.reading
        ticked = set(cleaned["organizations"])
        contributors = cleaned["contributor"]
        photo = {name: cleaned[name] for name in self.PHOTO if name in cleaned} if cleaned.get("picture") else {}
        return Brief(
            cleaned["title"],
            cleaned["text"],
            cleaned["byline"],
            # A contributor that nothing in the byline names is what the byline means.
            "" if contributors and not reading.contributors else reading.person,
            contributors,
            {one: role for one, role in reading.organizations.items() if str(one.pk) in ticked},
            self.reader.types.get(cleaned.get("event_type")),
            self._event(cleaned),
            photo,
        )

    def _event(self, cleaned):
        """What was read of the event, where type and day are those that were read; else only the day."""
        reading, when = self.reading, cleaned.get("when", "")
        if reading.event_type and (reading.event_type.name, reading.when) == (cleaned.get("event_type"), when):
            return reading.event
        if day := _DAY.fullmatch(when):
            with suppress(ValueError):
                return {"start": datetime.date(*map(int, day.groups())).isoformat()}
        return {"when_text": when}


def hidden_from(user):
    """The fields of a brief that are not for this person."""
    hidden = () if user.has_perms(["events.add_event", "articles.add_articleevent"]) else BriefForm.EVENT
    return hidden + (() if user.has_perm("articles.add_photo") else BriefForm.PHOTO)


class BaseBriefFormSet(forms.BaseFormSet):
    def __init__(self, *args, readings=MappingProxyType({}), user, **kwargs):
        super().__init__(*args, prefix=PREFIX, **kwargs)
        self.readings, self.user = readings, user

    def get_form_kwargs(self, index):
        return {**super().get_form_kwargs(index), "reading": self.readings.get(index), "user": self.user}

    @property
    def filled(self):
        """The forms that hold a brief."""
        return [form for form in self.forms if form.has_changed()]

    def clean(self):
        """No text twice, on the screen or beside an article that is there."""
        texts = {form: form.cleaned_data["text"].split("\n") for form in self.filled if form.cleaned_data.get("text")}
        known = known_articles([{"key": form, "paragraphs": text} for form, text in texts.items()]) if texts else {}
        seen = set()
        for form, text in texts.items():
            if digest(text) in seen:
                form.add_error("text", _("A brief above has the same text."))
            elif form in known:
                form.add_error("text", self._known(known[form]))
            seen.add(digest(text))

    def _known(self, article):
        words = _("There is an article of this text already.")
        if not Article.objects.seen_by(self.user).filter(pk=article.pk).exists():
            return words
        return format_html(
            '{} <a href="{}">{}</a>', words, reverse("admin:articles_article_change", args=[article.pk]), article
        )


BriefFormSet = forms.formset_factory(
    BriefForm, formset=BaseBriefFormSet, extra=ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)
