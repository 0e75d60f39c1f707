from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """The label is "gatherings": Django's own app has "sessions"."""

    name = "sessions"
    label = "gatherings"

    def ready(self) -> None:
        from notices import wording
        from notices.kinds import Kind, register
        from sessions import answers, letter_words, relief, reminders

        register(Kind(reminders.KIND, tell=reminders.tell, find=reminders.find))
        register(Kind(answers.WAITING, tell=answers.tell_waiting))
        register(Kind(answers.ANSWERED, tell=answers.tell_answered))
        register(Kind(relief.KIND, tell=relief.tell))
        wording.offer("gatherings", letter_words.LABEL, *letter_words.WORDS)
