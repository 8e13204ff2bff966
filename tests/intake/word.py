"""Word files for tests, made by hand: paragraphs and pictures as XML, and the zip around them."""

import io
import struct
import zipfile
import zlib
from xml.sax.saxutils import escape

_SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def run(text, size=None, bold=False):
    """A run of text; a line break where the text has one. `size` is in points."""
    properties = ("<w:b/>" if bold else "") + (f'<w:sz w:val="{int(size * 2)}"/>' if size else "")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def paragraph(*contents, style=None, centred=False, indent=0, **looks):
    """A paragraph of texts (see `run` for `looks`) and of ready XML, which begins with `<`. `indent` is in points."""
    properties = (
        (f'<w:pStyle w:val="{style}"/>' if style else "")
        + (f'<w:ind w:firstLine="{int(indent * 20)}"/>' if indent else "")
        + ('<w:jc w:val="center"/>' if centred else "")
    )
    inner = "".join(content if content.startswith("<") else run(content, **looks) for content in contents)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def picture(relation, attribute="r:embed"):
    """A run with the picture of a relation."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="1"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
        f'<a:blip {attribute}="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        f"</w:drawing></w:r>"
    )


def text_box(*paragraphs):
    return (
        f"<w:r><mc:AlternateContent><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{''.join(paragraphs)}"
        f"</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def table(*rows):
    """Rows of cells; a cell is text."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def document(*blocks):
    """The XML of a document."""
    return f"<w:document {_SPACES}><w:body>{''.join(blocks)}</w:body></w:document>"


def styles(**sizes):
    """The XML of styles: name and size in points of each by its id, `Heading1=("heading 1", 22)`."""
    each = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f'<w:rPr><w:sz w:val="{int(size * 2)}"/></w:rPr></w:style>'
        for id_, (name, size) in sizes.items()
    )
    return f"<w:styles {_SPACES}>{each}</w:styles>"


def part(kind, *contents):
    """The XML of comments or footnotes: `part("footnotes", "<w:footnote …>")`."""
    return f"<w:{kind} {_SPACES}>{''.join(contents)}</w:{kind}>"


def relations(targets, kind="image"):
    """The relations of a part: `{"rId1": "media/1.png"}`; what has a scheme stands outside the file."""
    each = ""
    for id_, target in targets.items():
        mode = ' TargetMode="External"' if ":" in target else ""
        each += f'<Relationship Id="{id_}" Type="{_RELATION}{kind}" Target="{escape(target)}"{mode}/>'
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def package(parts):
    """A zip of the parts: name and content."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def word(*blocks, pictures=(), links=None, **parts):
    """A Word file (bytes). `pictures` are files, as relations `p0`, `p1` …; `links` further relations; `styles` and
    `footnotes` XML of parts."""
    targets = {f"p{number}": f"media/{number}.png" for number in range(len(pictures))}
    return package(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": relations({"d": "word/document.xml"}, "officeDocument"),
            "word/document.xml": document(*blocks),
            "word/_rels/document.xml.rels": relations({**targets, **(links or {})}),
            **{f"word/media/{number}.png": file for number, file in enumerate(pictures)},
            **{f"word/{name}.xml": content for name, content in parts.items()},
        }
    )


def png(shade=0, side=2):
    """A square PNG of one grey."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\0" + bytes([shade]) * side) * side
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
