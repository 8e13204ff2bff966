"""Bring the Chinese catalogues in line with the source: `make messages`. Needs no GNU gettext.

`django.po` holds what newsletter/, orgs/ and templates/ say, `djangojs.po` what scripts say. A project's catalogue wins
over those of packages. So they also hold whatever a package without Chinese says, and they may hold better words for a
package that has Chinese: write such an entry by hand, and it stays as long as the package has that text.
"""

from importlib.util import find_spec
from io import BytesIO
from itertools import chain
from pathlib import Path

import polib
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
SOURCES = {
    "django": ("newsletter/**/*.py", "orgs/**/*.py", "newsletter/**/*.html", "orgs/**/*.html", "templates/**/*.*"),
    "djangojs": ("newsletter/**/*.js", "orgs/**/*.js", "static/**/*.js"),
}
PACKAGES = ("django_prose_editor", "imagefield", "django.contrib.admin", "django.contrib.auth", "django.conf", "taggit")

# Nothing that changes by itself, such as a date: running this twice changes nothing.
HEADER = {
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
KEYWORDS = {**DEFAULT_KEYWORDS, **{f"{name}_lazy": places for name, places in DEFAULT_KEYWORDS.items()}}


def key(entry):
    return entry.msgctxt, entry.msgid


def own_texts(domain):
    """An entry without a translation for each text of our source, in the order of the files."""
    catalogue = Catalog()
    for path in sorted(set(chain.from_iterable(ROOT.glob(pattern) for pattern in SOURCES[domain]))):
        for _line, text, comments, context in _texts_of(path):
            place = (str(path.relative_to(ROOT)), None)
            catalogue.add(text, locations=[place], auto_comments=comments, context=context)
    return [_entry(message) for message in catalogue if message.id]


def _texts_of(path):
    content = path.read_text()
    if path.suffix not in {".py", ".js"}:
        # A template becomes Python in which all but the texts is blanked out; only its indentation would not pass.
        content = "\n".join(line.strip() for line in templatize(content).splitlines())
    method = "javascript" if path.suffix == ".js" else "python"
    return extract(method, BytesIO(content.encode()), KEYWORDS, ["Translators"], {"encoding": "utf-8"})


def _entry(message):
    singular, plural = message.id if message.pluralizable else (message.id, "")
    return polib.POEntry(
        msgid=singular,
        msgid_plural=plural,
        msgctxt=message.context,
        occurrences=sorted({(file, "") for file, _line in message.locations}),
        comment="\n".join(message.auto_comments),
        flags=["python-format"] if message.python_format else [],
    )


def package_texts(domain, *, with_chinese):
    """An entry without a translation for each text of those packages that have, or have not, a Chinese catalogue."""
    entries = []
    for package in PACKAGES:
        locale = Path(find_spec(package).origin).parent / "locale"
        if (locale / "zh_Hans").exists() != with_chinese:
            continue
        for file in sorted(locale.glob(f"{'en' if with_chinese else '*'}/LC_MESSAGES/{domain}.po")):
            entries += [
                polib.POEntry(
                    msgid=text.msgid,
                    msgid_plural=text.msgid_plural,
                    msgctxt=text.msgctxt,
                    occurrences=[(package, "")],
                    flags=[flag for flag in text.flags if flag != "fuzzy"],
                )
                for text in polib.pofile(str(file))
                if not text.obsolete
            ]
    return entries


def needed(domain):
    """The entries that the catalogue must have."""
    return _once([*own_texts(domain), *package_texts(domain, with_chinese=False)])


def allowed(domain):
    """The entries that the catalogue may have."""
    return _once([*needed(domain), *package_texts(domain, with_chinese=True)])


def _once(entries):
    first = {}
    for entry in entries:
        first.setdefault(key(entry), entry)
    return list(first.values())


def update(domain):
    """Write the catalogue anew with the translations that it has, and say what a translator must look at."""
    path = CATALOGUES / f"{domain}.po"
    before = {key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    must = {key(entry) for entry in needed(domain)}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.header = "Translations are written here; `make messages` writes all the rest."
    catalogue.metadata = HEADER
    for entry in allowed(domain):
        known = before.get(key(entry))
        if known is None and key(entry) not in must:
            continue
        if entry.msgid_plural:
            entry.msgstr_plural = (known and known.msgstr_plural) or {0: ""}
        elif known:
            entry.msgstr = known.msgstr
        if known:
            entry.tcomment = known.tcomment
            entry.flags += [flag for flag in known.flags if flag == "fuzzy"]
        catalogue.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))

    after = {key(entry) for entry in catalogue}
    print(f"{domain}: {len(catalogue)} texts")
    for entry in catalogue:
        if not entry.translated():
            print(f"  to translate: {entry.msgid}")
    for known in before.values():
        if key(known) not in after:
            print(f"  gone: {known.msgid} = {known.msgstr or known.msgstr_plural}")


if __name__ == "__main__":
    for domain in DOMAINS:
        update(domain)
