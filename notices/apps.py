from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self) -> None:
        from anymail.signals import tracking

        from networks.models import Role
        from notices import bounces, troubles, troubles_told
        from notices.kinds import Kind, Topic, register

        register(
            Kind(
                troubles.KIND,
                troubles_told.tell,
                while_planned=True,
                label=_("Addresses that mail comes back from"),
                roles=frozenset({Role.COORDINATOR}),
                topic=Topic.NETWORK,
            )
        )
        # The only signal in the product: it is how anymail hands over what a mail service tells.
        tracking.connect(bounces.receive, dispatch_uid="notices.bounces")
