"""A Word file as a zip of parts: opened within limits, with nothing left in it but text, relations and pictures."""

import io
import zipfile
import zlib
from xml.parsers import expat

from . import Refused

# What is inside may be this large; the file itself is compressed.
SIZE = 60 * 2**20
MEMBERS = 4000
# Elements and their attributes. Measured: mammoth takes 22 µs and 1 kB for an element, and the Word file of a page has
# ten to twenty thousand of them.
NODES = 250_000
# Bytes of text and marks together; the time for a single long text grows with its square.
MARKUP = 16 * 2**20

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What belongs to no story; where it is damaged, the text is not.
_ASIDE = ("comments", "footnotes", "endnotes", "header", "footer", "glossary/", "theme/", "settings", "webSettings")


def is_office(content):
    """Whether `content` is a zip, or a file of the older Office programs."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLD))


def clean_package(content):
    """The Word file (bytes) again, as an open file, with its text, its relations and its JPEG, PNG and WebP pictures.

    Nothing is left that could grow: no entities, no compression. Raises `Refused`.
    """
    if content.startswith(_OLD):
        raise Refused(_kind_of_old(content))
    parts = _parts(content)
    if not any(name.startswith("word/") for name in parts):
        raise Refused("not_word")
    texts = {name: part for name, part in parts.items() if _is_text(name)}
    if sum(map(len, texts.values())) > MARKUP or sum(map(_count, texts.values())) > NODES:
        raise Refused("too_large")
    pictures = {name: part for name, part in parts.items() if is_picture(part)}
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w") as package:
        for name, part in (pictures | texts).items():
            package.writestr(name, part)
    clean.seek(0)
    return clean


def _is_text(name):
    if name.startswith("word/") and name.endswith(".xml"):
        return not name.startswith(tuple("word/" + aside for aside in _ASIDE))
    return name == "[Content_Types].xml" or name.endswith(".rels")


def _count(part):
    """How many elements and attributes an XML part has."""
    nodes = 0

    def count(_name, attributes):
        nonlocal nodes
        nodes += 1 + len(attributes)
        if nodes > NODES:
            raise Refused("too_large")

    def refuse(*_doctype):
        # Word writes none; entities in it could stand for any amount of text, or for files.
        raise Refused("damaged")

    parser = expat.ParserCreate()
    parser.StartElementHandler = count
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise Refused("damaged") from error
    return nodes


def is_picture(content):
    """Whether the bytes begin as a JPEG, PNG or WebP file does."""
    return content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    )


def _kind_of_old(content):
    """A file locked with a password is a file of the older kind, too, with the new one inside as one stream."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "encrypted"
    return "old_word" if "WordDocument".encode("utf-16-le") in content else "not_word"


def _parts(content):
    """Name and bytes of each part."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            if len(members) > MEMBERS or sum(member.file_size for member in members) > SIZE:
                raise Refused("too_large")
            if any(member.flag_bits & 0x1 for member in members):
                raise Refused("encrypted")
            if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
                raise Refused("damaged")
            return {member.filename: _inflated(package, member) for member in members}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise Refused("damaged") from error


def _inflated(package, member):
    """The bytes of a member, and no more than it says of itself: zipfile alone would first inflate all there is."""
    with package.open(member) as file:
        part = file.read(member.file_size + 1)
    if len(part) != member.file_size:
        raise Refused("damaged")
    return part
