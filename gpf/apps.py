"""The house as a Django app: it brings the system checks, and the signs of life of worker and beat."""

from django.apps import AppConfig


class GpfConfig(AppConfig):
    """Registers `gpf.checks` and `gpf.liveness`."""

    name = "gpf"
    label = "gpf"

    def ready(self) -> None:
        from gpf import checks, liveness  # noqa: F401 - importing registers them
