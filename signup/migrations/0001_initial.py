
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0003_run_a_network'),
        ('networks', '0003_run_a_network'),
        ('notices', '0003_run_a_network'),
        ('teams', '0003_run_a_network'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='InvitationRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('answer_by', models.DateField()),
                ('subject_nb', models.CharField(max_length=160)),
                ('text_nb', models.TextField()),
                ('subject_nn', models.CharField(max_length=160)),
                ('text_nn', models.TextField()),
                ('signed_by', models.CharField(help_text='name, title and organisation of who signs', max_length=250)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Invitee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leader_name', models.CharField(blank=True, max_length=120)),
                ('leader_title', models.CharField(blank=True, max_length=120)),
                ('leader_email', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(choices=[('nb', 'Norwegian Bokmål'), ('nn', 'Norwegian Nynorsk')], default='nb', max_length=2)),
                ('link_number', models.PositiveSmallIntegerField(default=1)),
                ('expires_on', models.DateField(blank=True, help_text='the last day the link works', null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('reminders', models.PositiveSmallIntegerField(default=0)),
                ('declined_at', models.DateTimeField(blank=True, null=True)),
                ('decline_reason', models.CharField(blank=True, max_length=500)),
                ('withdrawn_at', models.DateTimeField(blank=True, help_text='the coordinator took the invitation back', null=True)),
                ('letter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='documents.document')),
                ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='notices.message')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='networks.organisation')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitees', to='signup.invitationround')),
            ],
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1, help_text='an organisation may register several teams')),
                ('state', models.CharField(choices=[('draft', 'being written'), ('submitted', 'waits for an answer'), ('asked', 'asked back'), ('waiting', 'on the waiting list'), ('accepted', 'accepted'), ('declined', 'declined')], default='draft', max_length=10)),
                ('team_name', models.CharField(blank=True, max_length=120)),
                ('patient_group', models.CharField(blank=True, max_length=200)),
                ('units', models.TextField(blank=True, help_text='one a line')),
                ('language', models.CharField(blank=True, choices=[('nb', 'Norwegian Bokmål'), ('nn', 'Norwegian Nynorsk')], max_length=2)),
                ('leader_name', models.CharField(blank=True, help_text='the leader who commits', max_length=120)),
                ('leader_title', models.CharField(blank=True, max_length=120)),
                ('leader_email', models.EmailField(blank=True, max_length=254)),
                ('committed_on', models.DateField(blank=True, null=True)),
                ('reorganisation', models.CharField(blank=True, choices=[('no', 'no'), ('partly', 'partly'), ('yes', 'yes')], max_length=6)),
                ('conflict', models.CharField(blank=True, choices=[('no', 'no'), ('partly', 'partly'), ('yes', 'yes')], max_length=6)),
                ('other_efforts', models.CharField(blank=True, choices=[('no', 'no'), ('partly', 'partly'), ('yes', 'yes')], max_length=6)),
                ('time_set_aside', models.CharField(blank=True, choices=[('no', 'no'), ('partly', 'partly'), ('yes', 'yes')], max_length=6)),
                ('money_set_aside', models.CharField(blank=True, choices=[('no', 'no'), ('partly', 'partly'), ('yes', 'yes')], max_length=6)),
                ('readiness_note', models.TextField(blank=True)),
                ('written_by', models.CharField(blank=True, help_text='who filled it in', max_length=120)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, help_text='what the coordinator wrote with her decision')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('copy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='documents.document')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invitee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to='signup.invitee')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='registrations', to='teams.team')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='RegisteredPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('function', models.CharField(choices=[('leader', 'team leader'), ('measurement_lead', 'measurement lead'), ('user_representative', 'user representative'), ('member', 'member')], default='member', max_length=20)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('unit', models.CharField(blank=True, max_length=120)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='signup.registration')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='invitee',
            constraint=models.UniqueConstraint(fields=('round', 'organisation'), name='one_invitation_per_organisation_and_round'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(fields=('invitee', 'number'), name='one_registration_per_number'),
        ),
    ]
