
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('teams', '0002_tenancy'),
    ]

    operations = [
        migrations.AddField(
            model_name='team',
            name='language',
            field=models.CharField(choices=[('nb', 'Norwegian Bokmål'), ('nn', 'Norwegian Nynorsk')], default='nb', help_text='it writes in', max_length=2),
        ),
        migrations.AddField(
            model_name='teammember',
            name='title',
            field=models.CharField(blank=True, help_text='her work: nurse, adviser, user representative', max_length=120),
        ),
    ]
