"""The admin's forms as a browser sees them: read from the page, filled in, posted with everything that stands there."""

import re
from html import unescape
from html.parser import HTMLParser

from django.urls import reverse


def address(model_or_object, page="changelist"):
    """The admin address of a model's page, or of an object's (`change`, `delete`, `history`)."""
    meta = model_or_object._meta
    args = [model_or_object.pk] if page in {"change", "delete", "history"} else []
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


class Form:
    """The form of an add or change page; `data` is what a browser would post."""

    def __init__(self, client, path):
        self.client, self.path = client, path
        self.page = client.get(path)
        assert self.page.status_code == 200, self.page.status_code
        self.data = controls(self.page.content.decode())

    def fill(self, **values):
        """Type into fields; a `__` is a `-` of the field's name in the page: `names__0__name`. None: take it away."""
        for name, value in values.items():
            name = name.replace("__", "-")
            if value is None:
                self.data.pop(name, None)
            else:
                self.data[name] = value
        return self

    def add_row(self, inline, **values):
        """Press “add another” of an inline and type into the new row."""
        total = f"{inline}-TOTAL_FORMS"
        number = int(self.data[total])
        self.data[total] = str(number + 1)
        empty = f"{inline}-__prefix__-"
        row = {
            name.removeprefix(empty): value
            for name, value in controls(self.page.content.decode(), templates=True).items()
            if name.startswith(empty)
        }
        self.data |= {f"{inline}-{number}-{name}": value for name, value in {**row, **values}.items()}
        return self

    def post(self, button="_save", value="1"):
        """Press a button and follow to the page that answers."""
        return self.client.post(self.path, {**self.data, button: value}, follow=True)

    def again(self, response):
        """The form as it stands in the page that answered, to go on with."""
        form = Form.__new__(Form)
        form.client, form.path, form.page = self.client, self.path, response
        form.data = controls(response.content.decode())
        return form

    def save(self):
        """Press “Save” and insist that the form was accepted."""
        response = self.post()
        assert errors_of(response) == {}
        return response


def add_form(client, model):
    return Form(client, address(model, "add"))


def change_form(client, obj):
    return Form(client, address(obj, "change"))


def errors_of(response):
    """The complaints that stand in the answered page: `{field: [words]}`, those beside no field under ""."""
    found = {}
    lists = re.findall(
        r'<ul class="errorlist[^"]*"(?: id="id_([^"]*)_error")?>(.*?)</ul>', response.content.decode(), re.S
    )
    for field, lines in lists:
        found.setdefault(field, []).extend(unescape(line) for line in re.findall(r"<li>(.*?)</li>", lines, re.S))
    return found


def controls(html, *, templates=False):
    """`{name: value}` of the controls that a browser would post, of all forms of the page.

    The hidden rows from which “add another” copies are left out, or with `templates` put in.
    """
    parser = _Controls()
    parser.feed(html)
    return {name: value for name, value in parser.found.items() if templates or "__prefix__" not in name}


class _Controls(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = {}
        self.select = self.textarea = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "input" and name:
            kind = attrs.get("type", "text")
            if kind in {"submit", "button", "file"} or (kind in {"checkbox", "radio"} and "checked" not in attrs):
                return
            value = attrs.get("value", "on" if kind == "checkbox" else "")
            is_another = kind == "checkbox" and name in self.found
            self.found[name] = [*_listed(self.found[name]), value] if is_another else value
        elif tag == "textarea" and name:
            self.textarea, self.found[name] = name, ""
        elif tag == "select" and name:
            self.select = (name, "multiple" in attrs)
        elif tag == "option" and self.select:
            self._option(attrs)

    def _option(self, attrs):
        name, multiple = self.select
        if multiple and "selected" in attrs:
            self.found.setdefault(name, []).append(attrs["value"])
        elif not multiple and ("selected" in attrs or name not in self.found):
            self.found[name] = attrs.get("value", "")

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea" and self.textarea:
            self.found[self.textarea] = self.found[self.textarea].removeprefix("\n").removeprefix("\r\n")
            self.textarea = None

    def handle_data(self, data):
        if self.textarea:
            self.found[self.textarea] += data


def _listed(value):
    return value if isinstance(value, list) else [value]
