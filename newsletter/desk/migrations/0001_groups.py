from django.db import migrations

GROUPS = ("通讯员", "编辑", "总编", "管理员")


def make_groups(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for name in GROUPS:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    # Their permissions follow after the last migration, when Django has made them: see newsletter.desk.roles.
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
