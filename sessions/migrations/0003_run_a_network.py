
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gatherings', '0002_tenancy'),
        ('networks', '0003_run_a_network'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name='assignment',
            name='template_assignment',
        ),
        migrations.AddField(
            model_name='assignment',
            name='hidden',
            field=models.BooleanField(default=False, help_text='the network does not use it'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='planned',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='shared_at',
            field=models.DateTimeField(blank=True, help_text="the team shows it to the network's members", null=True),
        ),
        migrations.AddField(
            model_name='gathering',
            name='calendar_sequence',
            field=models.PositiveSmallIntegerField(default=0, help_text='how often calendars were told of a change'),
        ),
        migrations.AddField(
            model_name='gathering',
            name='online_link',
            field=models.URLField(blank=True),
        ),
        migrations.AddField(
            model_name='gathering',
            name='planned',
            field=models.JSONField(blank=True, help_text='as the template had it; empty: added by the network', null=True),
        ),
        migrations.AddField(
            model_name='gathering',
            name='title',
            field=models.CharField(blank=True, help_text='a name of its own, where the kind does not say enough', max_length=120),
        ),
        migrations.CreateModel(
            name='GatheringMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_starts_on', models.DateField(blank=True, null=True)),
                ('from_ends_on', models.DateField(blank=True, null=True)),
                ('to_starts_on', models.DateField()),
                ('to_ends_on', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=250)),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('told', models.PositiveIntegerField(default=0)),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='gatherings.gathering')),
                ('moved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network')),
            ],
            options={
                'ordering': ['-moved_at', '-pk'],
            },
        ),
    ]
