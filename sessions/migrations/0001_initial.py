import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_initial"),
        ("networks", "0001_initial"),
        ("teams", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField()),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=[("answer", "answer"), ("document", "document"), ("poster", "poster")],
                        default="document",
                        max_length=10,
                    ),
                ),
                ("title_nb", models.CharField(max_length=120)),
                ("title_nn", models.CharField(blank=True, max_length=120)),
                ("guidance_nb", models.TextField(blank=True)),
                ("guidance_nn", models.TextField(blank=True)),
                ("days_before", models.PositiveSmallIntegerField(default=14)),
                ("due", models.DateField(db_index=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.network"
                    ),
                ),
                (
                    "template_assignment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="networks.templateassignment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "not delivered"),
                            ("delivered", "delivered"),
                            ("returned", "sent back"),
                            ("approved", "approved"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("begun", models.BooleanField(default=False, help_text="the team has saved something")),
                ("delivered_at", models.DateTimeField(blank=True, help_text="the newest version", null=True)),
                ("extended_to", models.DateField(blank=True, null=True)),
                ("extension_reason", models.CharField(blank=True, max_length=250)),
                ("exempt", models.BooleanField(default=False)),
                ("exempt_reason", models.CharField(blank=True, max_length=250)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="gatherings.assignment",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.network"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="teams.team"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeliveryVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("comment", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("delivered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="gatherings.delivery"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.network"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Gathering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("network", "gathering"),
                            ("experience", "experience gathering"),
                            ("measurement_workshop", "measurement workshop"),
                            ("conference", "experience conference"),
                            ("webinar", "webinar"),
                        ],
                        default="network",
                        max_length=24,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "month",
                    models.DateField(blank=True, help_text="first of the month, where no day is known", null=True),
                ),
                (
                    "form",
                    models.CharField(
                        blank=True,
                        choices=[("physical", "in person"), ("digital", "digital"), ("hybrid", "hybrid")],
                        max_length=10,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=160)),
                ("programme", models.TextField(blank=True, verbose_name="programme of the day")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "planned"), ("held", "held"), ("cancelled", "cancelled")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("postponed", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=250)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.network"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="assignment",
            name="gathering",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="gatherings.gathering"
            ),
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("commented", "commented"), ("approved", "approved"), ("returned", "sent back")],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("reviewed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="networks.network"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="gatherings.deliveryversion",
                    ),
                ),
            ],
            options={
                "ordering": ["reviewed_at"],
            },
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("extended_to__isnull", False)), fields=["extended_to"], name="delivery_extended"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("team", "assignment"), name="one_delivery_per_team_and_assignment"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "open"), ("delivered_at__isnull", False), _connector="OR"),
                name="delivered_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryversion",
            constraint=models.UniqueConstraint(fields=("delivery", "number"), name="one_version_per_number"),
        ),
        migrations.AddConstraint(
            model_name="deliveryversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("delivered_at", None)), fields=("delivery",), name="one_draft_per_delivery"
            ),
        ),
        migrations.AddConstraint(
            model_name="gathering",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "network")), fields=("network", "number"), name="one_gathering_per_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="gathering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("starts_on", None), ("ends_on", None)),
                    models.Q(("ends_on__gte", models.F("starts_on")), ("month", None), ("starts_on__isnull", False)),
                    _connector="OR",
                ),
                name="gathering_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(fields=("gathering", "slug"), name="one_assignment_per_slug"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict", "approved"), models.Q(("text", ""), _negated=True), _connector="OR"),
                name="comment_and_return_have_words",
            ),
        ),
    ]
