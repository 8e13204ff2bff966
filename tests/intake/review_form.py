"""The review as a browser sees it: read from the page, typed into, posted with everything that stands there."""

from tests.reading import Page


class ReviewForm:
    """`data` is what a browser would post: a list of values for each name."""

    def __init__(self, client, page_import):
        self.client, self.path = client, page_import.get_absolute_url()
        self.read(client.get(self.path))

    def read(self, response):
        assert response.status_code == 200, response.status_code
        self.page = Page(response)
        self.data = {}
        for form in self.page.root.all("form", **{"class": "import-review"}):
            for control in form.walk():
                if control.tag in {"input", "textarea", "select"} and "disabled" not in control.attrs:
                    self.data.setdefault(control.attrs["name"], []).extend(_values(control))
        return self

    def fill(self, **values):
        """Type into fields; a `__` is a `-` of the field's name: `story__1__title`. Texts of several fields: a list."""
        for name, value in values.items():
            self.data[name.replace("__", "-")] = value if isinstance(value, list) else [value]
        return self

    def post(self, do="save", **values):
        """Press a button; the answer itself."""
        return self.client.post(self.path, {**self.data, **values, "do": do})

    def press(self, do="save"):
        """Press a button, insist that it was done, and look at the page that follows."""
        response = self.post(do)
        assert response.status_code == 302, response.status_code
        return self.read(self.client.get(response["Location"].partition("#")[0]))

    def texts(self, part):
        """What stands in this field of each story, in their order: `title`, `byline`, `paragraph` …"""
        return [value for name, values in self.data.items() if name.endswith(f"-{part}") for value in values]


def _values(control):
    attrs = control.attrs
    if control.tag == "select":
        options = control.all("option")
        return [option.attrs["value"] for option in options if "selected" in option.attrs] or [
            options[0].attrs["value"]
        ]
    if control.tag == "textarea":
        return ["".join(control.pieces()).removeprefix("\n").replace("\n", "\r\n")]
    if attrs.get("type") == "checkbox":
        return [attrs.get("value", "on")] if "checked" in attrs else []
    return [attrs.get("value", "")]
