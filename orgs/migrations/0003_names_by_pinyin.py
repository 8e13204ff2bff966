from django.db import migrations, models

from newsletter.records.slugs import initials, pinyin


def fill(apps, schema_editor):
    names = apps.get_model("orgs", "OrganizationName").objects
    for name in names.all().iterator():
        name.pinyin = pinyin(name.key).replace(" ", "")[:600]
        name.initials = initials(name.key)[:100]
        name.save(update_fields=["pinyin", "initials"])


class Migration(migrations.Migration):
    dependencies = [("orgs", "0002_merger")]

    operations = [
        migrations.AddField(
            "OrganizationName",
            "pinyin",
            models.CharField(default="", editable=False, max_length=600),
            preserve_default=False,
        ),
        migrations.AddField(
            "OrganizationName",
            "initials",
            models.CharField(default="", editable=False, max_length=100),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
