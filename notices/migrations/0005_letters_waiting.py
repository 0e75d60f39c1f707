
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0004_library'),
        ('networks', '0004_recording'),
        ('notices', '0004_letters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='state',
            field=models.CharField(choices=[('queued', 'waiting to be sent'), ('sending', 'being sent'), ('sent', 'sent'), ('failed', 'not sent'), ('withdrawn', 'withdrawn before it was sent')], default='sending', max_length=10),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state__in', ['queued', 'sending']), models.Q(('key', ''), _negated=True)), fields=['network', 'created_at'], name='letter_waiting'),
        ),
    ]
