"""The house as a Django app: it brings the system checks."""

from django.apps import AppConfig


class GpfConfig(AppConfig):
    """Registers `gpf.checks`."""

    name = "gpf"
    label = "gpf"

    def ready(self) -> None:
        from gpf import checks  # noqa: F401 - importing registers them
