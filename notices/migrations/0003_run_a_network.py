
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0003_run_a_network'),
        ('networks', '0003_run_a_network'),
        ('notices', '0002_tenancy'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='address',
            field=models.EmailField(blank=True, help_text='of a letter', max_length=254),
        ),
        migrations.AddField(
            model_name='message',
            name='calendar',
            field=models.TextField(blank=True, help_text='an iCalendar object that goes along'),
        ),
        migrations.AddField(
            model_name='message',
            name='claimed_at',
            field=models.DateTimeField(blank=True, help_text='when a worker took the letter', null=True),
        ),
        migrations.AddField(
            model_name='message',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document'),
        ),
        migrations.AddField(
            model_name='message',
            name='key',
            field=models.CharField(blank=True, help_text='what the letter is; empty: a part of a digest', max_length=160),
        ),
        migrations.AddField(
            model_name='message',
            name='name',
            field=models.CharField(blank=True, help_text='of who gets a letter', max_length=120),
        ),
        migrations.AlterField(
            model_name='message',
            name='recipient',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='message',
            name='state',
            field=models.CharField(choices=[('queued', 'waiting to be sent'), ('sending', 'being sent'), ('sent', 'sent'), ('failed', 'not sent')], default='sending', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('network', 'key'), name='one_letter_per_key'),
        ),
    ]
