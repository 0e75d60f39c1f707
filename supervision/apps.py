from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "supervision"

    def ready(self) -> None:
        from notices.kinds import Kind, register
        from supervision.scores import notices as scores

        register(Kind(scores.KIND, tell=scores.tell, find=scores.find))
