from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "supervision"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from notices.kinds import Kind, register
        from supervision import words
        from supervision.meetings import notices as meetings
        from supervision.questions import notices as questions
        from supervision.scores import notices as scores

        register(
            Kind(
                scores.KIND,
                tell=scores.tell,
                find=scores.find,
                label=_("Choosing a level before a gathering"),
                wordings=(words.SCORE_TEAM, words.SCORE_SUPERVISOR),
            )
        )
        register(
            Kind(
                meetings.AGREEMENT,
                tell=meetings.tell_agreements,
                find=meetings.find_agreements,
                label=_("What we agreed on in guidance"),
                wordings=(words.AGREEMENT,),
            )
        )
        register(
            Kind(
                meetings.MEETING,
                tell=meetings.tell_meetings,
                find=meetings.find_meetings,
                label=_("Guidance meetings, the day before"),
                wordings=(words.MEETING,),
            )
        )
        register(
            Kind(
                questions.WAITING,
                tell=questions.tell_waiting,
                label=_("Questions from the teams you guide"),
                wordings=(questions.ASKED,),
            )
        )
        register(
            Kind(
                questions.ANSWERED,
                tell=questions.tell_answered,
                label=_("Answers to what the team asked"),
                wordings=(questions.REPLIED,),
            )
        )
