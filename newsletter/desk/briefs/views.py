from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import CharField
from django.db.models.functions import Cast
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from reversion.models import Version

from newsletter.articles.models import Article
from newsletter.records.admin import SAVED_IN_THE_SAME_MOMENT
from newsletter.records.dates import local_day
from newsletter.records.form_keys import key_to_show, saved_once
from newsletter.records.history import versions_of
from newsletter.records.models import EditConflict
from newsletter.records.uploads import forget_kept, keep_files, put_kept_in_place
from orgs.models import Organization

from .entering import enter_briefs
from .forms import BriefFormSet, PlaceForm, hidden_from
from .reading import Reader
from .rows import Rows


def urls_of(site):
    """The address of the screen, among those of articles."""
    model_admin = site._registry[Article]
    view = partial(briefs_view, model_admin=model_admin)
    return [path("articles/article/briefs/", site.admin_view(view), name="articles_article_briefs")]


def briefs_view(request, model_admin):
    """The screen; with `?made=` what one save of it has made."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    request.current_app = model_admin.admin_site.name
    if request.method != "POST":
        made = request.GET.get("made", "")
        return _made(request, model_admin, made) if made else _Screen(request, model_admin).blank()
    if request.POST.get("do") != "save":
        return _Screen(request, model_admin).look()
    return saved_once(request, _Screen(request, model_admin).save, _show_made, is_new=True)


def _show_made(revision):
    return HttpResponseRedirect(f"{reverse('admin:articles_article_briefs')}?made={revision}")


class _Screen:
    def __init__(self, request, model_admin):
        self.request, self.model_admin, self.user = request, model_admin, request.user
        may_all = self.user.has_perm("articles.edit_every_article")
        self.theirs = None if may_all else list(self.user.writes_for.all())

    def blank(self):
        reader = Reader(local_day())
        return self._answer(PlaceForm(user=self.user), self._formset(reader), reader)

    def look(self):
        """The screen again, with the block put into rows and everything that these lack proposed."""
        put_kept_in_place(self.request)
        return self._answer(*self._read())

    def save(self):
        """All briefs as drafts; or the screen again, where something is wrong or was not looked at yet."""
        put_kept_in_place(self.request)
        place_form, formset, reader = self._read()
        if all([place_form.is_valid(), formset.is_valid()]) and not hasattr(self.request, "form_refusal"):
            if self.is_unseen:
                words = _("Nothing is saved yet: please look at what was found in the text, and save again.")
                messages.warning(self.request, words)
            elif not formset.filled:
                messages.error(self.request, _("There is no brief yet."))
            else:
                try:
                    articles = enter_briefs([form.brief for form in formset.filled], place_form.place, by=self.user)
                except EditConflict:
                    messages.error(self.request, SAVED_IN_THE_SAME_MOMENT)
                except ValidationError as error:
                    messages.error(self.request, " ".join(error.messages))
                else:
                    return self._saved(articles)
        return self._answer(place_form, formset, reader)

    def _saved(self, articles):
        forget_kept(self.request)
        self.request.saved_object = versions_of(articles[0])[0].revision
        words = ngettext(
            "%(count)d brief was saved as a draft.", "%(count)d briefs were saved as drafts.", len(articles)
        )
        messages.success(self.request, words % {"count": len(articles)})
        return _show_made(self.request.saved_object.pk)

    def _read(self):
        """(form of the place, formset, reader) of the post, completed as far as its texts tell."""
        place_form = PlaceForm(self.request.POST, user=self.user)
        place_form.is_valid()
        place = place_form.place
        day = place.date or (place.edition.date if place.edition else local_day())
        reader = Reader(day, place.edition.locality if place.edition else "")
        self.data = self.request.POST.copy()
        rows = Rows(self.data, self.request.FILES)
        if block := self.data.get("block", "").strip():
            count, self.data["block"] = rows.put_in(block, reader)
            words = ngettext(
                "%(count)d brief was found in the block.", "%(count)d briefs were found in the block.", count
            )
            messages.info(self.request, words % {"count": count})
        rows.look(reader, with_events="event_type" not in hidden_from(self.user))
        self.is_unseen = bool(block or rows.new)
        return place_form, self._formset(reader, rows.data, self.request.FILES, readings=rows.readings), reader

    def _formset(self, reader, *posted, **kwargs):
        return BriefFormSet(*posted, form_kwargs={"reader": reader, "theirs": self.theirs}, user=self.user, **kwargs)

    def _answer(self, place_form, formset, reader):
        if refusal := getattr(self.request, "form_refusal", None):
            messages.error(self.request, str(refusal))
        if formset.is_bound:
            for form in formset:
                keep_files(self.request, form)
        names = [
            (organization, "、".join(name for name in names if name != organization.name))
            for organization, names in reader.names.items()
            if organization.status == Organization.Status.ACTIVE
            and (self.theirs is None or organization in self.theirs)
        ]
        context = {
            **self.model_admin.admin_site.each_context(self.request),
            "opts": self.model_admin.opts,
            "title": _("Enter briefs"),
            "place_form": place_form,
            "formset": formset,
            "wrong_rows": [number for number, form in enumerate(formset, 1) if formset.is_bound and form.errors],
            "pasted": self.data.get("block", "") if formset.is_bound else "",
            "names": names,
            "form_key": key_to_show(self.request),
        }
        return TemplateResponse(self.request, "admin/briefs/enter.html", context)


def _made(request, model_admin, revision):
    """The articles of one revision of this person, as far as they still may see them."""
    versions = Version.objects.get_for_model(Article).annotate(of=Cast("revision", CharField()))
    versions = versions.filter(of=revision, revision__user=request.user)
    articles = model_admin.get_queryset(request).filter(pk__in=[*versions.values_list("object_id", flat=True)])
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Briefs that were entered"),
        "articles": [
            (article, model_admin.state_label(article))
            for article in articles.select_related("section").prefetch_related("photos", "events__type").order_by("-pk")
        ],
    }
    context["drafts"] = [article for article, _label in context["articles"] if article.state == Article.State.DRAFT]
    context["list_address"] = (
        reverse("admin:articles_article_changelist")
        + "?id__in="
        + ",".join(str(article.pk) for article, _label in context["articles"])
    )
    return TemplateResponse(request, "admin/briefs/made.html", context)
