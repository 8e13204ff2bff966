from django.db import migrations
from PIL import Image

import newsletter.records.pictures
from newsletter.records.pictures import average_colour


def fill(apps, schema_editor):
    photos = apps.get_model("articles", "Photo").objects
    for photo in photos.only("picture").iterator(chunk_size=500):
        try:
            with photo.picture.open() as file, Image.open(file) as image:
                # Of a JPEG an eighth of the pixels is decoded: thousands of photos take minutes, not an hour.
                image.draft("RGB", (image.width // 8, image.height // 8))
                colour = average_colour(image)
        except OSError:  # The disk has lost it, or it is damaged: the page shows its place without a colour.
            continue
        photos.filter(pk=photo.pk).update(picture_colour=colour)


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_merged_not_chosen")]
    operations = [
        migrations.AddField(
            model_name="photo",
            name="picture_colour",
            field=newsletter.records.pictures.ColourField(blank=True, editable=False, max_length=7),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
