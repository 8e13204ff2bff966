from django.db import migrations

UNITS = {
    "CNY": "元",
    "person": "人",
    "person_time": "人次",
    "household": "户",
    "organization": "家",
    "vehicle": "辆",
    "item": "件",
    "session": "场",
    "hour": "小时",
}


def add_units(apps, schema_editor):
    unit = apps.get_model("articles", "Unit")
    unit.objects.bulk_create(unit(code=code, name=name) for code, name in UNITS.items())


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(add_units, migrations.RunPython.noop)]
