
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CycleTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name_nb', models.CharField(max_length=160)),
                ('name_nn', models.CharField(max_length=160)),
                ('preparation_months', models.PositiveSmallIntegerField(default=3)),
                ('experience_gathering_months', models.PositiveSmallIntegerField(default=12, help_text='after the last gathering')),
            ],
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=160)),
                ('owner', models.CharField(blank=True, max_length=160)),
            ],
        ),
        migrations.CreateModel(
            name='NationalCoordinator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(default=django.utils.timezone.localdate)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='national', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Network',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=160)),
                ('sort_name', models.CharField(editable=False, max_length=320)),
                ('region', models.CharField(blank=True, max_length=120)),
                ('round_label', models.CharField(blank=True, help_text="the programme's own period, as 2020-2023", max_length=20)),
                ('from_year', models.PositiveSmallIntegerField()),
                ('to_year', models.PositiveSmallIntegerField()),
                ('phase', models.CharField(choices=[('planned', 'planned'), ('running', 'running'), ('follow_up', 'in follow-up'), ('completed', 'completed')], default='planned', max_length=10)),
                ('language', models.CharField(choices=[('nb', 'Norwegian Bokmål'), ('nn', 'Norwegian Nynorsk'), ('en', 'English')], default='nb', max_length=2)),
                ('anchored_in_health_community', models.BooleanField(blank=True, help_text='empty: not stated', null=True)),
                ('note', models.TextField(blank=True)),
                ('template', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='networks.cycletemplate')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='networks', to='networks.programme')),
            ],
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('municipality', 'municipality'), ('district', 'district'), ('municipal_unit', 'municipal unit'), ('regional_authority', 'regional health authority'), ('trust', 'health trust'), ('hospital', 'hospital'), ('hospital_unit', 'hospital unit'), ('development_centre', 'development centre'), ('national_body', 'national body')], max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('sort_name', models.CharField(db_index=True, editable=False, max_length=400)),
                ('number', models.CharField(blank=True, max_length=4, verbose_name='municipality number')),
                ('orgnr', models.CharField(blank=True, max_length=9, verbose_name='organisation number')),
                ('county', models.CharField(blank=True, max_length=80)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='networks.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_on', models.DateField(blank=True, null=True)),
                ('joined_note', models.CharField(blank=True, max_length=200)),
                ('withdrawn', models.BooleanField(default=False)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=200)),
                ('anchored_by', models.CharField(blank=True, max_length=120, verbose_name='the leader who committed')),
                ('anchored_on', models.DateField(blank=True, null=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='networks.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='ParticipatingUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='networks.organisation')),
                ('participation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='networks.participation')),
            ],
        ),
        migrations.CreateModel(
            name='ParticipationLeader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network')),
                ('participation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leaders', to='networks.participation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='cycletemplate',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='templates', to='networks.programme'),
        ),
        migrations.CreateModel(
            name='RegisterMunicipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=4, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('sort_name', models.CharField(db_index=True, editable=False, max_length=240)),
                ('county', models.CharField(max_length=80)),
                ('valid_from', models.DateField(blank=True, help_text='empty: since before the register begins', null=True)),
                ('valid_to', models.DateField(blank=True, help_text='last day; empty: still in force', null=True)),
                ('successors', models.ManyToManyField(related_name='predecessors', to='networks.registermunicipality')),
            ],
        ),
        migrations.CreateModel(
            name='RegisterPopulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('persons', models.PositiveIntegerField()),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='populations', to='networks.registermunicipality')),
            ],
        ),
        migrations.CreateModel(
            name='SupervisingBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='networks.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='TemplateGathering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('months_after_previous', models.PositiveSmallIntegerField(default=0)),
                ('days', models.PositiveSmallIntegerField(default=2)),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gatherings', to='networks.cycletemplate')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='TemplateAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField()),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('answer', 'answer'), ('document', 'document'), ('poster', 'poster')], default='document', max_length=10)),
                ('title_nb', models.CharField(max_length=120)),
                ('title_nn', models.CharField(max_length=120)),
                ('guidance_nb', models.TextField(blank=True)),
                ('guidance_nn', models.TextField(blank=True)),
                ('days_before', models.PositiveSmallIntegerField(default=14)),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='networks.templategathering')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('coordinator', 'coordinator'), ('supervisor', 'supervisor'), ('team_member', 'team member'), ('leader', 'organisation leader'), ('observer', 'observer')], max_length=12)),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate)),
                ('ends_on', models.DateField(blank=True, help_text='the day access ends', null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'user', 'role'), name='one_membership_per_role')],
            },
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'municipality')), fields=('number',), name='one_municipality_per_number'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.UniqueConstraint(condition=models.Q(('orgnr', ''), _negated=True), fields=('orgnr',), name='one_organisation_per_orgnr'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'municipality'), _negated=True), ('number__regex', '^\\d{4}$'), _connector='OR'), name='municipality_has_number'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.UniqueConstraint(fields=('network', 'organisation'), name='one_participation_per_organisation'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn', True), ('withdrawn_on', None), _connector='OR'), name='withdrawal_date_needs_withdrawal'),
        ),
        migrations.AddConstraint(
            model_name='participatingunit',
            constraint=models.UniqueConstraint(fields=('participation', 'organisation'), name='one_participating_unit'),
        ),
        migrations.AddConstraint(
            model_name='participationleader',
            constraint=models.UniqueConstraint(fields=('participation', 'user'), name='one_leader_once_per_participation'),
        ),
        migrations.AddConstraint(
            model_name='network',
            constraint=models.CheckConstraint(condition=models.Q(('to_year__gte', models.F('from_year'))), name='network_period_in_order'),
        ),
        migrations.AddConstraint(
            model_name='registerpopulation',
            constraint=models.UniqueConstraint(fields=('municipality', 'year'), name='one_population_per_year'),
        ),
        migrations.AddConstraint(
            model_name='supervisingbody',
            constraint=models.UniqueConstraint(fields=('network', 'organisation'), name='one_supervising_body_per_network'),
        ),
        migrations.AddConstraint(
            model_name='templategathering',
            constraint=models.UniqueConstraint(fields=('template', 'number'), name='one_template_gathering_per_number'),
        ),
        migrations.AddConstraint(
            model_name='templateassignment',
            constraint=models.UniqueConstraint(fields=('gathering', 'slug'), name='one_template_assignment_per_slug'),
        ),
    ]
