from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from newsletter.records.text import clean_line

from .models import PageImport
from .parser.reading.text import ENCODINGS

MAX_BYTES = 30 * 2**20
PASTED = "粘贴的文字.txt"
_NAMES = {"utf-8": "UTF-8", "utf-16": "UTF-16", "gb18030": "GB18030 (GBK, GB2312)"}


class PlaceForm(forms.ModelForm):
    """Of which edition and page it is, and how its days and names are to be understood."""

    class Meta:
        model = PageImport
        fields = ("title", "number", "date", "page", "locality")
        widgets = {
            "title": AdminTextInputWidget,
            "number": AdminTextInputWidget,
            "date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "vDateField"}),
            "locality": AdminTextInputWidget,
        }


class UploadForm(PlaceForm):
    """A file, or the text of one; gives its `content` (bytes) and the `source`, the field in which it came."""

    upload = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF with text in it, Word (.docx) or plain text, at most 30 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.txt"}),
    )
    text = forms.CharField(
        label=_("or its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"}),
        help_text=_("Copied out of anything, with its line ends as they are."),
    )
    encoding = forms.ChoiceField(
        label=_("Encoding of the text"),
        required=False,
        choices=[("", _("told by the file itself")), *((name, _NAMES[name]) for name in ENCODINGS)],
        help_text=_("Choose one only if you were asked for it."),
    )
    field_order = ("upload", "text", "encoding", "title", "number", "date", "page", "locality")

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload and upload.size > MAX_BYTES:
            raise ValidationError(
                _("“%(name)s” is larger than %(limit)d MB."), params={"name": upload.name, "limit": MAX_BYTES // 2**20}
            )
        return upload

    def clean(self):
        cleaned = super().clean()
        upload, text = cleaned.get("upload"), cleaned.get("text", "")
        if upload and text.strip():
            raise ValidationError(_("Either a file or a text, not both."))
        if upload:
            self.source, self.content, self.instance.name = "upload", upload.read(), clean_line(upload.name)[-200:]
            self.instance.encoding = cleaned.get("encoding", "")
        elif text.strip():
            self.source, self.content, self.instance.name = "text", text.encode(errors="replace"), PASTED
            self.instance.encoding = "utf-8"
        elif not self.errors:
            raise ValidationError(_("Choose a file, or paste its text."))
        return cleaned
