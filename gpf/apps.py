"""The house as a Django app: it brings the system checks, the signs of life of worker and beat, and the guard."""

from django.apps import AppConfig


class GpfConfig(AppConfig):
    """Registers `gpf.checks` and `gpf.liveness`, and guards the text columns of every room."""

    name = "gpf"
    label = "gpf"

    def ready(self) -> None:
        from gpf import checks, liveness  # noqa: F401 - importing registers them
        from gpf.guarded import guard_columns

        guard_columns()
