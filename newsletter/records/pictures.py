"""The picture gate: what an uploaded picture must be before it is stored, whatever path it came by."""

from io import BytesIO
from pathlib import PurePath
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from imagefield.fields import ImageField
from imagefield.processing import register
from PIL import Image, ImageOps

_FORMATS = ("JPEG", "PNG", "WEBP")
# Pillow's own limit refuses without saying how large the picture is; the gate asks before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


class CleanPicture(SimpleUploadedFile):
    """A picture that has passed the gate, with its `colour` (see `average_colour`)."""

    def __init__(self, name, content, content_type, colour):
        super().__init__(name, content, content_type)
        self.colour = colour


def clean_picture(upload):
    """A new file of the same picture: upright, same format, without EXIF or GPS, at most PICTURE_LONG_SIDE long.

    `upload` is an open file with `name` and `size`. The name of the new file is random. Raises `ValidationError`
    with words for an editor when the file is no picture of an accepted format, is damaged, or is too large.
    """
    if upload.size > settings.PICTURE_MAX_BYTES:
        raise ValidationError(
            _("The file is larger than %(limit)d MB. Please make it smaller and choose it again."),
            params={"limit": settings.PICTURE_MAX_BYTES // 2**20},
        )
    upload.seek(0)
    try:
        with Image.open(upload, formats=_FORMATS) as image:
            # Read from the header, before any pixel is decoded.
            if image.width * image.height > settings.PICTURE_MAX_PIXELS:
                raise ValidationError(
                    _("The picture has %(pixels)d megapixels; %(limit)d are accepted. Please make it smaller."),
                    params={
                        "pixels": image.width * image.height // 1_000_000,
                        "limit": settings.PICTURE_MAX_PIXELS // 1_000_000,
                    },
                )
            # Phones put a second picture into a JPEG, and Pillow calls that MPO.
            kind = {"MPO": "JPEG"}.get(image.format, image.format)
            upright = ImageOps.exif_transpose(image)
            if upright.mode not in ("RGB", "RGBA", "L"):
                upright = upright.convert("RGB" if kind == "JPEG" else "RGBA")
                upright.info.pop("icc_profile", None)
            upright.thumbnail((settings.PICTURE_LONG_SIDE, settings.PICTURE_LONG_SIDE))
            # Nothing but the colour profile goes with the pixels.
            upright.info = {key: value for key, value in upright.info.items() if key == "icc_profile"}
            content = BytesIO()
            upright.save(content, kind, **({"optimize": True} if kind == "PNG" else {"quality": 88}))
    except ValidationError:
        raise
    except Exception as error:  # Pillow raises a dozen kinds for damaged or hostile files.
        raise ValidationError(
            _("“%(name)s” is not a JPEG, PNG or WebP picture, or it is damaged. The other fields are kept."),
            params={"name": PurePath(upload.name or "").name},
        ) from error
    name, content_type = f"{uuid4().hex}.{kind.lower()}", f"image/{kind.lower()}"
    return CleanPicture(name, content.getvalue(), content_type, average_colour(upright))


def average_colour(image):
    """The average colour of a Pillow image as `#rrggbb`; empty where a ground would be seen through it."""
    if image.has_transparency_data and image.convert("RGBA").getchannel("A").getextrema()[0] < 255:
        return ""
    return "#{:02x}{:02x}{:02x}".format(*image.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))


def tint(colour):
    """The classes of static/css/components/tint.css that give an element about this colour (`#rrggbb`, or empty)."""
    return "tint r{1} g{3} b{5}".format(*colour) if colour else ""


@register
def as_webp(get_image, quality):
    """Like the library's `force_webp`, whose quality of 95 makes files larger than the JPEG beside them."""

    def processor(image, context):
        context.save_kwargs["format"] = "WEBP"
        image = get_image(image, context)
        context.save_kwargs["quality"] = quality
        return image

    return processor


def webp(*processors, quality=80):
    """A format of a `PictureField`: what the processors make, as WebP of this quality (0 to 100)."""

    def spec(_file, context):
        context.extension = ".webp"
        context.processors = [("as_webp", quality), "default", *processors]

    return spec


def size_within(side, width, height):
    """Width and height in pixels of what a `thumbnail` of this side makes of a picture, which it never enlarges."""
    scale = min(1, side / width, side / height)
    return int(width * scale), int(height * scale)


def sources_within(sides, width, height, address):
    """`[(address, width in pixels), …]` for a browser to choose from, the smallest first, each width once.

    `sides` is `{name of a rendition: its side}`, the smallest first; `address(name)` is where the rendition is.
    """
    names = {}
    for name, side in sides.items():
        names.setdefault(size_within(side, width, height)[0], name)
    return [(address(name), pixels) for pixels, name in names.items()]


class PictureFormField(forms.ImageField):
    """Puts the gate before Django's own check, which would let any decoder of Pillow have a look."""

    def to_python(self, data):
        return super().to_python(clean_picture(data) if data else data)


class PictureFieldFile(ImageField.attr_class):
    def save(self, name, content, save=True):
        clean = content if isinstance(content, CleanPicture) else clean_picture(content)
        if self.field.colour_field:
            setattr(self.instance, self.field.colour_field, clean.colour)
        super().save(clean.name, clean, save=save)

    def rendition_name(self, processors):
        """The name of the rendition in the storage, which is not asked, as `process` would ask it."""
        return self._process_context(processors).name

    def rendition(self, ask, processors):
        """What `ask(name)`, a method of the storage, answers of the rendition, which is made if it is not there.

        Raises `OSError` where the picture itself is lost.
        """
        try:
            return ask(self.rendition_name(processors))
        except FileNotFoundError:
            return ask(self.process(processors))

    def opened(self, processors):
        return self.rendition(self.storage.open, processors)


class PictureField(ImageField):
    """An image field behind the picture gate, with width, height and focal point (`<name>_ppoi`) beside it.

    `colour_field` names a `ColourField` that keeps the picture's average colour. It stands after this one in the model,
    as fields are stored in their order.

    The gate runs in the form, for a message beside the field, and on saving for any path that never saw a form.
    """

    attr_class = PictureFieldFile

    def __init__(self, *args, colour_field=None, **kwargs):
        self.colour_field = colour_field
        super().__init__(*args, **{"auto_add_fields": True, "max_length": 200, **kwargs})

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PictureFormField, **kwargs})


class ColourField(models.CharField):
    """`#rrggbb`, as the picture gate finds it; empty where it is not known."""

    default_validators = (RegexValidator(r"\A#[0-9a-f]{6}\Z"),)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 7, "blank": True, "editable": False, **kwargs})
