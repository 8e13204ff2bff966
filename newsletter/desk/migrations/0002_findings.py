import django.db.models.deletion
import newsletter.records.fields
from django.conf import settings
from django.db import migrations, models

from newsletter.desk.findings.repetition import digests_in


def keep_digests(apps, schema_editor):
    paragraph_digest = apps.get_model("desk", "ParagraphDigest")
    for pk, body in apps.get_model("articles", "Article").objects.values_list("pk", "body").iterator(chunk_size=200):
        rows = [paragraph_digest(article_id=pk, digest=digest) for digest in sorted(digests_in(body))]
        paragraph_digest.objects.bulk_create(rows)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('articles', '0004_versions_and_trash'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('desk', '0001_groups'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WatchedWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('modified_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('word', newsletter.records.fields.LineField(help_text='As it stands in texts, e.g. 残废人.', max_length=40, unique=True, verbose_name='word')),
                ('replacement', newsletter.records.fields.LineField(blank=True, help_text='e.g. 残疾人', max_length=80, verbose_name='rather')),
                ('note', newsletter.records.fields.LineField(blank=True, help_text='Colleagues read it beside the finding.', max_length=200, verbose_name='why')),
                ('severity', models.PositiveSmallIntegerField(choices=[(2, 'Probably wrong'), (3, 'Please look')], default=3, verbose_name='weight')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
                ('modified_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
            ],
            options={
                'verbose_name': 'watched word',
                'verbose_name_plural': 'watched words',
                'ordering': ['word'],
            },
        ),
        migrations.CreateModel(
            name='ParagraphDigest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BigIntegerField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.article')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('digest', 'article'), name='paragraph_digest_once_per_article', violation_error_message='This paragraph of the article is in the index already.')],
            },
        ),
        migrations.CreateModel(
            name='PersonalDataConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('title', newsletter.records.fields.LineField(max_length=300, verbose_name='title of the text')),
                ('kind', models.CharField(choices=[('identity_card', 'identity card'), ('mobile', 'mobile phone'), ('bank_card', 'bank card')], max_length=20, verbose_name='kind of number')),
                ('masked', models.CharField(max_length=30, verbose_name='masked number')),
                ('fingerprint', models.CharField(editable=False, max_length=64)),
                ('step', models.CharField(choices=[('submit', 'Submitting'), ('approve', 'Review'), ('publish', 'Publishing'), ('save', 'Change of what is public')], max_length=10, verbose_name='step')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('reason', newsletter.records.fields.LineField(blank=True, max_length=300, verbose_name='reason')),
                ('by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype', verbose_name='kind of text')),
            ],
            options={
                'verbose_name': 'confirmation of personal data',
                'verbose_name_plural': 'confirmations of personal data',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='confirmation_of_object')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='confirmation_says_why', violation_error_message='Say why the number may be published.')],
            },
        ),
        migrations.RunPython(keep_digests, migrations.RunPython.noop),
    ]
