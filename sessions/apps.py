from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """The label is "gatherings": Django's own app has "sessions"."""

    name = "sessions"
    label = "gatherings"

    def ready(self) -> None:
        from notices import wording
        from notices.kinds import register
        from sessions import letter_words
        from sessions.told import KINDS

        for kind in KINDS:
            register(kind)
        wording.offer("gatherings", letter_words.LABEL, *letter_words.WORDS)
