from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "supervision"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from notices.kinds import Kind, register
        from supervision.meetings import notices as meetings
        from supervision.questions import notices as questions
        from supervision.scores import notices as scores

        register(Kind(scores.KIND, tell=scores.tell, find=scores.find))
        register(Kind(meetings.AGREEMENT, tell=meetings.tell_agreements, find=meetings.find_agreements))
        register(Kind(meetings.MEETING, tell=meetings.tell_meetings, find=meetings.find_meetings))
        register(Kind(questions.WAITING, tell=questions.tell_waiting, label=_("Questions from the teams you guide")))
        register(Kind(questions.ANSWERED, tell=questions.tell_answered, label=_("Answers to what the team asked")))
