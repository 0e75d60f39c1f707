from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "networks"

    def ready(self) -> None:
        from gpf import editing
        from networks.who_changed import name_of_last

        editing.ask_of(name_of_last)
