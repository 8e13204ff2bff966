"""PDF files made for one test each: a page of typst code, and files that cannot be read."""

import hashlib
import io

import typst
from PIL import Image

WIDTH = 400  # points
_START = """
#set page(width: 400pt, height: 560pt, margin: 0pt)
#set document(date: none)
#set text(lang: "zh", region: "cn", font: "Noto Serif CJK SC", size: 9pt, cjk-latin-spacing: none)
#let put(x, y, words, size: 9) = place(dx: x * 1pt, dy: y * 1pt, text(size: size * 1pt, words))
#let column(x, y, ..lines) = for (number, words) in lines.pos().enumerate() {
  let indent = if words.starts-with("　") { 2 } else { 0 }
  put(x + indent * 9, y + number * 13.5, words.trim("　"))
}
"""


def printed(code):
    """The PDF of typst code; `put(x, y, words, size: 9)` and `column(x, y, ..lines)` count from the upper left."""
    return typst.compile((_START + code).encode())


def scanned():
    """A page that is nothing but a picture."""
    file = io.BytesIO()
    Image.new("L", (600, 800), 200).save(file, "PDF")
    return file.getvalue()


def assembled(objects, trailer=b""):
    """A PDF of the bodies of its objects, numbered from 1; the first is the catalogue."""
    content, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, trailer, len(content))
    )


def of_pages(count):
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 560]>>"
    return assembled(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids), *[page] * count]
    )


def encrypted():
    """Locked with the password "secret" (ISO 32000-1, 7.6.3, revision 2: RC4 with a key of 40 bits)."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    password, name = (b"secret" + pad)[:32], b"0123456789abcdef"
    owner = _rc4(hashlib.md5(password).digest()[:5], password)
    key = hashlib.md5(password + owner + (2**32 - 4).to_bytes(4, "little") + name).digest()[:5]
    lock = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (owner.hex().encode(), _rc4(key, pad).hex().encode())
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 560]>>", lock]
    return assembled(objects, b"/Encrypt 4 0 R/ID[<%s><%s>]" % ((name.hex().encode(),) * 2))


def _rc4(key, data):
    state, other = list(range(256)), 0
    for index in range(256):
        other = (other + state[index] + key[index % len(key)]) % 256
        state[index], state[other] = state[other], state[index]
    output, index, other = bytearray(), 0, 0
    for byte in data:
        index = (index + 1) % 256
        other = (other + state[index]) % 256
        state[index], state[other] = state[other], state[index]
        output.append(byte ^ state[(state[index] + state[other]) % 256])
    return bytes(output)


def without_unicode():
    """Characters by their numbers in a font that does not say what they are."""
    text = b"BT /F 9 Tf 20 500 Td <%s> Tj ET" % b"".join(b"%04x" % (0x1000 + 7 * number) for number in range(120))
    font = b"<</Type/Font/Subtype/Type0/BaseFont/Nameless/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    described = b"<</Type/FontDescriptor/FontName/Nameless/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 900"
    described += b"/Descent -100/CapHeight 700/StemV 80>>"
    descendant = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Nameless/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
    )
    descendant += b"/Supplement 0>>/FontDescriptor 7 0 R/DW 1000>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 560]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(text), text)
    catalogue, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    return assembled([catalogue, pages, page, stream, font, descendant, described])
