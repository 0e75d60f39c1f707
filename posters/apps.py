from django.apps import AppConfig


class PostersConfig(AppConfig):
    name = "posters"

    def ready(self) -> None:
        from notices.kinds import register
        from posters.wall import told

        register(told.KIND)
