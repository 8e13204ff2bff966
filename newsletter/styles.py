"""The style sheet of the public site: written as one file for each component, served as one file."""

import re
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE = "css/site.css"
_IMPORT = re.compile(r'@import url\("([^"]+)"\)( \w+)?;\n')


def joined(open_file, name=SITE):
    """The text of a style sheet in which stands, instead of each `@import`, what it imports.

    `open_file(name)` opens a static file. The imported files name no other file, so no address needs to be rewritten.
    """

    def imported(found):
        path, medium = found.groups()
        text = _text(open_file, str(PurePosixPath(name).parent / path))
        return f"@media{medium} {{\n{text}}}\n" if medium else text

    return _IMPORT.sub(imported, _text(open_file, name))


def _text(open_file, name):
    with open_file(name) as file:
        return file.read().decode()


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Joins the site's style sheet before the files get the names and the compressed forms under which they stay."""

    def post_process(self, paths, **options):
        if SITE in paths:
            source, _path = paths[SITE]
            text = joined(source.open)
            self.delete(SITE)
            self.save(SITE, ContentFile(text.encode()))
            paths = {**paths, SITE: (self, SITE)}
        yield from super().post_process(paths, **options)
