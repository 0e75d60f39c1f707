
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('gatherings', '0001_initial'),
        ('networks', '0001_initial'),
        ('teams', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Poster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=160)),
                ('language', models.CharField(choices=[('nb', 'Norwegian Bokmål'), ('nn', 'Norwegian Nynorsk'), ('en', 'English')], default='nb', max_length=2)),
                ('content', models.JSONField(default=dict, help_text='section key → text')),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posters', to='gatherings.gathering')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posters', to='teams.team')),
            ],
        ),
        migrations.CreateModel(
            name='Rendering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paper', models.CharField(choices=[('A3', 'A3'), ('A1', 'A1')], max_length=2)),
                ('content_hash', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('queued', 'waiting'), ('working', 'being made'), ('ready', 'ready'), ('too_long', 'too long'), ('failed', 'failed')], default='queued', max_length=10)),
                ('too_long', models.JSONField(default=list, help_text='keys of sections that do not fit')),
                ('queued_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network')),
                ('poster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renderings', to='posters.poster')),
            ],
        ),
        migrations.AddConstraint(
            model_name='poster',
            constraint=models.UniqueConstraint(fields=('team', 'gathering'), name='one_poster_per_team_and_gathering'),
        ),
        migrations.AddConstraint(
            model_name='rendering',
            constraint=models.UniqueConstraint(fields=('poster', 'paper', 'content_hash'), name='one_rendering_per_content'),
        ),
    ]
