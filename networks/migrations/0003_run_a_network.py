
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('networks', '0002_tenancy'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='network',
            name='copied_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='networks.network'),
        ),
        migrations.AddField(
            model_name='network',
            name='posters_shown',
            field=models.CharField(choices=[('after_deadline', 'when the deadline has passed'), ('when_delivered', 'as soon as they are delivered'), ('never', 'not at all')], default='after_deadline', max_length=16),
        ),
        migrations.AddField(
            model_name='network',
            name='reopened_on',
            field=models.DateField(blank=True, help_text='from then on it is closed by hand only', null=True),
        ),
        migrations.AddField(
            model_name='network',
            name='work_shown',
            field=models.CharField(choices=[('when_shared', 'when the team shares them'), ('when_delivered', 'as soon as they are delivered'), ('never', 'not at all')], default='when_shared', max_length=16),
        ),
        migrations.AddField(
            model_name='participation',
            name='anchored_title',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name='cycletemplate',
            name='experience_gathering_months',
            field=models.PositiveSmallIntegerField(default=12, help_text='after the last gathering; 0: none is planned'),
        ),
        migrations.CreateModel(
            name='HealthCommunity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('name', models.CharField(max_length=160)),
                ('sort_name', models.CharField(editable=False, max_length=320)),
                ('municipality_numbers', models.JSONField(blank=True, default=list, help_text='four digits each, in order')),
                ('trust', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='health_communities', to='networks.organisation')),
            ],
        ),
        migrations.AddField(
            model_name='network',
            name='health_community',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='networks', to='networks.healthcommunity'),
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('batch', models.BigIntegerField(help_text='the transaction')),
                ('action', models.CharField(choices=[('added', 'added'), ('changed', 'changed'), ('removed', 'removed')], max_length=8)),
                ('table', models.CharField(max_length=63)),
                ('row', models.BigIntegerField()),
                ('before', models.JSONField(default=dict, help_text='what differed, as it was; the whole row where it was removed')),
                ('after', models.JSONField(default=dict, help_text='what differed, as it became; the whole row where it was added')),
                ('actor', models.ForeignKey(db_constraint=False, help_text='empty: the product itself, or somebody without an account', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('network', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='networks.network')),
            ],
            options={
                'indexes': [models.Index(fields=['network', '-id'], name='change_newest'), models.Index(fields=['network', 'table', 'row'], name='change_of_a_row')],
            },
        ),
    ]
