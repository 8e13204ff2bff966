"""Files that were made to do harm, or chosen by mistake: each is read or refused in words, within the limits."""

import io
import os
import socket
import struct
import time
import zipfile

import pytest

from newsletter.intake.parser.child import ParseFailed, parse_in_child
from newsletter.intake.parser.reading import Refused
from newsletter.intake.parser.reading import package as limits
from newsletter.intake.parser.reading.file import CHARACTERS, LINES, read_file
from tests.intake.word import document, package, paragraph, picture, png, word

TITLE = paragraph("登山协会举办比赛", size=22)
TEXT = "9月1日上午，县登山协会在乌石镇举办登山比赛，来自各地的选手三百余人参加了活动，年龄最大的一位已经八十二岁。"
STORY = TITLE + paragraph(TEXT)


def refusal(content, encoding=None):
    with pytest.raises(Refused) as refused:
        read_file(content, encoding)
    return refused.value.code


def with_part(name, content, file=None):
    """A good Word file with one part put in the place of another."""
    with zipfile.ZipFile(io.BytesIO(file or word(STORY))) as parts:
        return package({**{other: parts.read(other) for other in parts.namelist()}, name: content})


def old_file(*streams):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"".join(name.encode("utf-16-le") for name in streams)


# Chosen by mistake.


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "not_word"),
        (package({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}), "not_word"),
        (package({"photo.jpg": b"\xff\xd8\xff"}), "not_word"),
        (package({}), "not_word"),
        (old_file("Workbook"), "not_word"),
        (old_file("1Table", "WordDocument"), "old_word"),
        (old_file("EncryptionInfo", "EncryptedPackage"), "encrypted"),
        (b"{\\rtf1\\ansi \\'b5\\'c7}", "not_text"),
        (b"<!DOCTYPE html><p>1", "not_text"),
        ("\ufeff\n<HTML><p>登山".encode(), "not_text"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "not_text"),
        (png(), "not_text"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "not_text"),
        (b"GIF89a\1\0\1\0", "not_text"),
        (b"\0\0\0\x18ftypheic", "not_text"),
        (b"Rar!\x1a\7\0", "not_text"),
        (os.urandom(20_000), "not_text"),
        (b"\xff\0\x01\x02" * 500, "not_text"),
    ],
    ids=range(18),
)
def test_what_is_neither_word_nor_text_is_refused_by_what_it_is(content, code):
    assert refusal(content) == code


def test_naming_an_encoding_makes_no_text_of_what_is_none():
    assert refusal(b"\xff\0\x01\x02" * 500, encoding="utf-8") == "not_text"


# Damaged.


@pytest.mark.parametrize(
    "content",
    [
        word(STORY)[:-40],
        b"PK\x03\x04word",
        word(STORY).replace(b"word/document.xml", b"word/documenX.xml"),
        with_part("word/document.xml", "<w:document"),
        with_part("word/document.xml", ""),
        with_part("word/document.xml", document("").replace("w:body", "w:nobody")),
        with_part("word/document.xml", b"\xff\xfe\0"),
        with_part("word/styles.xml", "<not closed"),
        with_part("word/document.xml", document("<w:sdt>" * 3000 + "</w:sdt>" * 3000)),
        word(paragraph(picture("nowhere"))),
    ],
    ids=range(10),
)
def test_a_damaged_word_file_is_called_damaged(content):
    assert refusal(content) == "damaged"


@pytest.mark.parametrize("name", ["comments", "footnotes", "header1", "settings", "theme/theme1"])
def test_damage_beside_the_text_does_no_harm(name):
    assert read_file(with_part(f"word/{name}.xml", "<not closed")).lines[1].text == TEXT


def test_a_zip_with_a_password_is_called_encrypted():
    content = bytearray(word(STORY))
    flags = content.index(b"PK\x01\x02") + 8
    content[flags] |= 1

    assert refusal(bytes(content)) == "encrypted"


# Larger inside than outside.


def test_a_bomb_is_refused_by_what_it_says_of_itself():
    content = with_part("word/media/bomb.png", b"\0" * (limits.SIZE + 1))

    assert len(content) < 100_000
    assert refusal(content) == "too_large"


def test_a_bomb_that_lies_is_inflated_no_further_than_its_lie():
    content = bytearray(with_part("word/media/bomb.png", b"\0" * 100 * 2**20))
    for size in (22, 24):  # where it stands after the marks of the local and of the central header
        mark = content.rindex(b"PK\x03\x04" if size == 22 else b"PK\x01\x02", 0, content.rindex(b"bomb.png") + 1)
        content[mark + size : mark + size + 4] = struct.pack("<I", 10)
    began = time.process_time()

    assert refusal(bytes(content)) == "damaged"
    assert time.process_time() - began < 0.1


def test_parts_that_share_their_bytes_count_each():
    """The form of bombs that grow a million times: every entry points into the same compressed bytes."""
    content = with_part("word/media/bomb.png", b"\0" * 10 * 2**20)
    directory, end = content.rindex(b"PK\x01\x02"), content.rindex(b"PK\x05\x06")
    entry = content[directory:end]
    tail = bytearray(content[end:])
    count = struct.unpack("<H", tail[8:10])[0] + 9
    tail[8:12] = struct.pack("<HH", count, count)
    tail[12:16] = struct.pack("<I", struct.unpack("<I", tail[12:16])[0] + 9 * len(entry))

    assert refusal(content[:end] + entry * 9 + bytes(tail)) == "too_large"


def test_too_many_parts_are_refused():
    assert refusal(package({f"word/{number}": "" for number in range(limits.MEMBERS + 1)})) == "too_large"


def test_entities_are_refused_before_they_grow():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "哈">{laughs}]>'

    assert refusal(with_part("word/document.xml", doctype + document(paragraph("<w:r><w:t>&l9;</w:t></w:r>")))) == (
        "damaged"
    )


def test_entities_that_name_files_are_refused():
    doctype = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'

    assert refusal(with_part("word/document.xml", doctype + document("&secret;"))) == "damaged"


def test_more_elements_than_a_page_has_are_refused():
    assert refusal(word("<w:p/>" * (limits.NODES + 1))) == "too_large"


def test_more_markup_than_a_page_has_is_refused():
    assert refusal(with_part("word/document.xml", " " * (limits.MARKUP + 1))) == "too_large"


def test_ten_thousand_pictures_are_refused():
    content = word(STORY, paragraph(*[picture("p0")] * 10_000), pictures=[png()])

    assert refusal(content) == "too_large"


def test_pictures_that_are_too_much_together_are_refused():
    photos = [b"\xff\xd8\xff" + bytes([number]) * 15 * 2**20 for number in range(3)]

    assert refusal(word(STORY, *[paragraph(picture(f"p{n}")) for n in range(3)], pictures=photos)) == "too_large"


# Reaching out.


@pytest.fixture
def impatient():
    socket.setdefaulttimeout(0.2)
    yield
    socket.setdefaulttimeout(None)


def test_linked_pictures_are_never_fetched(impatient):
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        links = {
            "web": address + "1.png",
            "file": "file:///etc/passwd",
            "bare": "/etc/passwd",
            "up": "../../1.png",
            "xml": "document.xml",
        }
        shown = [picture(name, how) for name in links for how in ("r:embed", "r:link")]

        reading = read_file(word(STORY, paragraph(*shown), links=links))

        assert (len(reading.lines), reading.photos) == (2, [])
        with pytest.raises(TimeoutError):
            server.accept()


def test_names_that_lead_out_of_the_file_lead_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    content = with_part("../../escaped.png", png(), with_part("/etc/escaped.png", png()))

    assert read_file(content).photos == []
    assert not [*tmp_path.iterdir()]


def test_macros_are_dropped_and_the_text_is_read():
    content = with_part("word/vbaProject.bin", old_file("VBA"))

    assert "vbaProject" in str(content)
    assert zipfile.ZipFile(limits.clean_package(content)).namelist() == [
        *("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels")
    ]
    assert read_file(content).lines[1].text == TEXT


# Through the parsing process, as the site reads.


def outcome(content):
    try:
        return [story["title"] for story in parse_in_child(content, {})["stories"]]
    except ParseFailed as failed:
        return failed.code


def test_a_word_file_passes_through_the_parsing_process():
    result = parse_in_child(word(STORY, paragraph(picture("p0")), pictures=[png()]), {})

    assert [(story["title"], story["photos"]) for story in result["stories"]] == [(["登山协会举办比赛"], [0])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("登" * 7_000_000, "too_much_text"),
        ("登山\n" * 1_000_000, "too_much_text"),
        ("1" * 5_000_000, "too_much_text"),
        ("登\n" * (LINES + 1), "too_much_text"),
        ("登" * (CHARACTERS + 1), "too_much_text"),
        ("\0" * 300_000, "no_stories"),
        ("（" * CHARACTERS, [[]]),
        ("“" * (CHARACTERS // 2) + "”" * (CHARACTERS // 2), [[]]),
        ("1" * CHARACTERS, [[]]),
        ("登 " * (CHARACTERS // 2), [[]]),
        ((TEXT * 2000)[:CHARACTERS], [[]]),
    ],
    ids=range(11),
)
def test_hostile_text_is_read_or_refused_in_time(text, expected):
    assert outcome(text.encode()) == expected


def test_a_text_that_is_too_long_is_refused_unread():
    began = time.process_time()

    assert refusal("登".encode() * 7_000_000) == "too_much_text"
    assert time.process_time() - began < 0.1


def test_the_longest_page_of_lines_that_all_look_like_headlines_ends_in_time():
    page = "".join(f"{TEXT[:13]}{number}\n" for number in range(LINES))[:CHARACTERS]

    assert isinstance(outcome(page.encode()), list)
