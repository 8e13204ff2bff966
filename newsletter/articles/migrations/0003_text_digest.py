from django.db import migrations, models

from newsletter.records.text import digest, paragraphs_of


def fill(apps, schema_editor):
    articles = apps.get_model("articles", "Article").objects
    for pk, body in articles.values_list("pk", "body").iterator(chunk_size=500):
        articles.filter(pk=pk).update(text_digest=digest(paragraphs_of(body)))


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_units")]
    operations = [
        migrations.AddField(
            model_name="article",
            name="text_digest",
            field=models.CharField(blank=True, db_index=True, editable=False, max_length=64),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
