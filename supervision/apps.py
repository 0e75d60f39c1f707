from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "supervision"

    def ready(self) -> None:
        from notices.kinds import Kind, register
        from supervision.meetings import notices as meetings
        from supervision.scores import notices as scores

        register(Kind(scores.KIND, tell=scores.tell, find=scores.find))
        register(Kind(meetings.AGREEMENT, tell=meetings.tell_agreements, find=meetings.find_agreements))
        register(Kind(meetings.MEETING, tell=meetings.tell_meetings, find=meetings.find_meetings))
