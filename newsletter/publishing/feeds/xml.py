from contextlib import contextmanager
from io import StringIO

from django.utils.xmlutils import SimplerXMLGenerator

from newsletter.records.text import storable


class FeedXML(SimplerXMLGenerator):
    """Writes any stored text, less the characters that no XML file can hold."""

    def __init__(self):
        self._file = StringIO()
        super().__init__(self._file, "utf-8", short_empty_elements=True)
        self.startDocument()

    def startElement(self, name, attrs=None):
        super().startElement(name, {key: storable(str(value)) for key, value in (attrs or {}).items()})

    def characters(self, content):
        super().characters(storable(str(content)))

    def add(self, name, content=None, **attrs):
        """An element without children. A trailing underscore is dropped from the names of attributes."""
        self.addQuickElement(name, content, {key.rstrip("_"): value for key, value in attrs.items() if value != ""})

    @contextmanager
    def element(self, name, **attrs):
        self.startElement(name, attrs)
        yield
        self.endElement(name)

    def document(self):
        self.endDocument()
        return self._file.getvalue().encode()
