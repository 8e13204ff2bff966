import struct
import time
import zlib
from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.forms import modelform_factory
from django.utils import translation
from PIL import Image

from newsletter.articles.models import Photo
from newsletter.records.pictures import clean_picture, tint
from tests.factories import draft_article, picture_bytes, picture_file

RED, BLUE = (200, 30, 30), (30, 30, 200)
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 60 40\n%%EndComments\n(/etc/passwd) run showpage\n%%EOF\n"


def opened(file):
    file.seek(0)
    return Image.open(BytesIO(file.read()))


def from_a_phone(orientation=1):
    """A JPEG, its left half red and its right half blue, that tells camera and place in EXIF and XMP."""
    image = Image.new("RGB", (60, 40), RED)
    image.paste(BLUE, (30, 0, 60, 40))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, "HUAWEI"
    exif.get_ifd(GPS).update({1: "N", 2: (27.0, 30.0, 0.0), 3: "E", 4: (120.0, 33.0, 0.0)})
    content = BytesIO()
    image.save(
        content, "JPEG", quality=95, exif=exif, xmp=b"<x:xmpmeta>GPSLatitude 27.5</x:xmpmeta>", comment=b"SECRET"
    )
    return content.getvalue()


def header_of_png(width, height):
    """The beginning of a PNG that claims a size; no pixel of it can be decoded."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)[:-4])


@pytest.mark.parametrize(("kind", "suffix"), [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp")])
def test_picture_stays_in_its_format_under_a_random_name(kind, suffix):
    first = clean_picture(picture_file("张三 家门口.jpg", kind=kind))
    second = clean_picture(picture_file("张三 家门口.jpg", kind=kind))

    assert (opened(first).format, opened(first).size) == (kind, (60, 40))
    assert first.name.endswith(f".{suffix}")
    assert len(first.name.removesuffix(f".{suffix}")) == 32
    assert first.name != second.name


def test_picture_loses_everything_but_its_pixels():
    upload = from_a_phone()
    assert b"GPSLatitude" in upload and b"HUAWEI" in upload and b"SECRET" in upload

    cleaned = clean_picture(picture_file(content=upload)).read()

    assert [word for word in (b"GPSLatitude", b"HUAWEI", b"SECRET", b"Exif") if word in cleaned] == []
    assert dict(Image.open(BytesIO(cleaned)).getexif()) == {}


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_picture_of_another_format_loses_its_exif_too(kind):
    exif = Image.Exif()
    exif[MAKE] = "HUAWEI"
    upload = picture_bytes(kind=kind, exif=exif)
    assert b"HUAWEI" in upload

    cleaned = clean_picture(picture_file(content=upload)).read()

    assert b"HUAWEI" not in cleaned


@pytest.mark.parametrize(
    ("orientation", "size", "red", "blue"),
    [
        (1, (60, 40), (5, 20), (55, 20)),
        (3, (60, 40), (55, 20), (5, 20)),
        (6, (40, 60), (20, 5), (20, 55)),
        (8, (40, 60), (20, 55), (20, 5)),
    ],
)
def test_picture_is_turned_upright(orientation, size, red, blue):
    image = opened(clean_picture(picture_file(content=from_a_phone(orientation))))

    assert image.size == size
    assert image.getpixel(red) == pytest.approx(RED, abs=12)
    assert image.getpixel(blue) == pytest.approx(BLUE, abs=12)


def test_picture_keeps_its_colour_profile():
    profile = b"\x00" * 128
    cleaned = opened(clean_picture(picture_file(kind="PNG", icc_profile=profile)))

    assert cleaned.info.get("icc_profile") == profile


def two_frames(kind):
    return picture_bytes(kind=kind, save_all=True, append_images=[Image.new("RGB", (60, 40), BLUE)], duration=100)


@pytest.mark.parametrize(
    ("upload", "kind"),
    [
        pytest.param(lambda: picture_bytes(kind="PNG", mode="P"), "PNG", id="palette PNG"),
        pytest.param(lambda: picture_bytes(kind="PNG", mode="LA"), "PNG", id="grey PNG with transparency"),
        pytest.param(lambda: picture_bytes(kind="PNG", mode="1"), "PNG", id="black and white PNG"),
        pytest.param(lambda: picture_bytes(kind="PNG", mode="I;16"), "PNG", id="16 bit PNG of a scanner"),
        pytest.param(lambda: picture_bytes(kind="JPEG", mode="L"), "JPEG", id="grey JPEG"),
        pytest.param(lambda: picture_bytes(kind="JPEG", mode="CMYK"), "JPEG", id="CMYK JPEG of a printer"),
        pytest.param(lambda: two_frames("WEBP"), "WEBP", id="animated WebP"),
        pytest.param(lambda: two_frames("PNG"), "PNG", id="animated PNG"),
        pytest.param(lambda: two_frames("MPO"), "JPEG", id="JPEG of a phone with a second picture inside"),
    ],
)
def test_unusual_picture_is_accepted_as_a_still_one_that_browsers_show(upload, kind):
    cleaned = clean_picture(picture_file(content=upload()))

    image = opened(cleaned)
    image.load()
    assert (image.format, image.size, getattr(image, "n_frames", 1)) == (kind, (60, 40), 1)
    assert image.mode in {"RGB", "RGBA", "L", "LA"}
    assert (cleaned.name.rpartition(".")[2], cleaned.content_type) == (kind.lower(), f"image/{kind.lower()}")


def test_transparent_palette_picture_stays_transparent():
    image = Image.new("P", (60, 40), 0)
    image.putpalette([200, 30, 30])
    content = BytesIO()
    image.save(content, "PNG", transparency=0)

    cleaned = opened(clean_picture(picture_file(content=content.getvalue())))

    assert cleaned.convert("RGBA").getpixel((0, 0))[3] == 0


def test_large_picture_is_made_smaller_and_a_small_one_not_larger(settings):
    settings.PICTURE_LONG_SIDE = 100

    sizes = [
        opened(clean_picture(picture_file(size=size))).size for size in [(400, 200), (200, 400), (100, 50), (9, 9)]
    ]

    assert sizes == [(100, 50), (50, 100), (100, 50), (9, 9)]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("这不是图片".encode(), id="text"),
        pytest.param(b"", id="nothing"),
        pytest.param(POSTSCRIPT, id="PostScript"),
        pytest.param(picture_bytes(kind="GIF"), id="GIF"),
        pytest.param(picture_bytes(kind="TIFF"), id="TIFF"),
        pytest.param(picture_bytes(kind="BMP"), id="BMP"),
        pytest.param(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', id="SVG"),
        pytest.param(picture_bytes(size=(600, 400))[:-1500], id="truncated JPEG"),
        pytest.param(picture_bytes(size=(600, 400), kind="PNG")[:300], id="truncated PNG"),
        pytest.param(picture_bytes()[:4], id="four bytes of a JPEG"),
    ],
)
@translation.override("en")
def test_file_that_is_no_sound_picture_is_refused_by_its_name(content):
    with pytest.raises(ValidationError) as refused:
        clean_picture(picture_file("活动照片.jpg", content=content))

    assert refused.value.messages == [
        "“活动照片.jpg” is not a JPEG, PNG or WebP picture, or it is damaged. The other fields are kept."
    ]


@pytest.mark.parametrize(("side", "megapixels"), [(6400, 40), (13_000, 169), (20_000, 400), (60_000, 3600)])
@translation.override("en")
def test_picture_of_too_many_pixels_is_refused_before_any_is_decoded(side, megapixels):
    upload = picture_file("大图.png", content=header_of_png(side, side))
    before = time.monotonic()

    with pytest.raises(ValidationError) as refused:
        clean_picture(upload)

    # Decoding this file would find it damaged.
    assert refused.value.messages == [
        f"The picture has {megapixels} megapixels; 40 are accepted. Please make it smaller."
    ]
    assert time.monotonic() - before < 1


@translation.override("en")
def test_file_of_too_many_bytes_is_refused(settings):
    settings.PICTURE_MAX_BYTES = 2**20

    with pytest.raises(ValidationError) as refused:
        clean_picture(picture_file(content=picture_bytes() + b"\x00" * 2**20))

    assert refused.value.messages == ["The file is larger than 1 MB. Please make it smaller and choose it again."]


# The gate stands before storage, whatever path a picture came by.


def by_create(article, upload):
    return Photo.objects.create(article=article, picture=upload)


def by_form(article, upload):
    form = modelform_factory(Photo, fields=["picture"])({}, {"picture": upload}, instance=Photo(article=article))
    return form.save()


def by_save_of_the_file(article, upload):
    photo = Photo(article=article)
    photo.picture.save(upload.name, ContentFile(upload.read()))
    return photo


PATHS = pytest.mark.parametrize("path", [by_create, by_form, by_save_of_the_file])


@pytest.mark.django_db
@PATHS
def test_stored_picture_is_clean_whatever_path_it_came_by(path):
    photo = path(draft_article(), picture_file("张三 家门口.jpg", content=from_a_phone(orientation=6)))

    photo.refresh_from_db()
    with photo.picture.open() as file:
        stored = file.read()
    assert (b"GPSLatitude" in stored, b"HUAWEI" in stored) == (False, False)
    assert "张三" not in photo.picture.name
    assert Image.open(BytesIO(stored)).size == (photo.picture_width, photo.picture_height) == (40, 60)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(POSTSCRIPT, id="PostScript"),
        pytest.param(picture_bytes(size=(600, 400))[:-1500], id="truncated JPEG"),
        pytest.param(header_of_png(9000, 9000), id="huge PNG"),
    ],
)
@pytest.mark.parametrize("path", [by_create, by_save_of_the_file])
def test_picture_that_is_refused_is_not_stored_whatever_path_it_came_by(path, content, settings, tmp_path):
    article = draft_article()
    settings.MEDIA_ROOT = tmp_path

    with pytest.raises(ValidationError), transaction.atomic():
        path(article, picture_file("照片.jpg", content=content))

    assert not Photo.objects.exists()
    assert [*tmp_path.rglob("*")] == []


@pytest.mark.django_db
def test_form_says_beside_the_field_that_a_file_is_no_picture():
    form = modelform_factory(Photo, fields=["picture", "caption"])(
        {"caption": "端午"}, {"picture": picture_file(content=POSTSCRIPT)}
    )

    assert [*form.errors] == ["picture"]
    assert form.cleaned_data["caption"] == "端午"


@pytest.mark.django_db
def test_stored_picture_is_not_encoded_again_when_its_caption_changes():
    photo = by_create(draft_article(), picture_file())
    name = photo.picture.name
    with photo.picture.open() as file:
        before = file.read()

    photo.caption = "送考车队"
    photo.save()

    photo.refresh_from_db()
    with photo.picture.open() as file:
        assert (photo.picture.name, file.read()) == (name, before)


# The average colour, which a page shows until the picture is there.


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colour_of_a_picture_is_the_average_of_its_pixels(kind):
    half = Image.new("RGB", (64, 64), (240, 0, 0))
    half.paste((0, 0, 240), (32, 0, 64, 64))
    content = BytesIO()
    half.save(content, kind, quality=95)

    colour = clean_picture(picture_file(content=content.getvalue())).colour

    assert [int(colour[place : place + 2], 16) for place in (1, 3, 5)] == pytest.approx([120, 0, 120], abs=8)


def test_picture_that_one_sees_through_has_no_colour():
    assert clean_picture(picture_file(kind="PNG", mode="RGBA")).colour == ""
    assert clean_picture(picture_file(content=picture_bytes(kind="PNG", mode="L"))).colour == "#000000"


@pytest.mark.django_db
@PATHS
def test_colour_is_stored_with_the_picture_whatever_path_it_came_by_and_changes_with_it(path):
    photo = path(draft_article(), picture_file())
    photo.refresh_from_db()
    assert photo.picture_colour[1::2] == "c11"  # of 200, 30, 30; a JPEG keeps it nearly

    photo.picture = picture_file(kind="PNG", content=picture_bytes(kind="PNG", mode="L"))
    photo.save()
    photo.refresh_from_db()
    assert photo.picture_colour == "#000000"


@pytest.mark.parametrize("text", ["red", "#FFF", "#12345", '#12345"', "#123456\n"])
def test_colour_is_six_hexadecimal_digits(text):
    with pytest.raises(ValidationError):
        Photo._meta.get_field("picture_colour").clean(text, None)


def test_colour_becomes_classes_that_the_style_sheet_has():
    css = (settings.BASE_DIR / "static/css/components/tint.css").read_text()

    assert (tint("#7fa0c4"), tint("")) == ("tint r7 ga bc", "")
    assert all(f".{channel}{digit:x} {{ --{channel}: {digit}; }}" in css for channel in "rgb" for digit in range(16))
