from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "supervision"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from networks.models import Role
        from notices.kinds import Kind, Topic, register
        from notices.members_only import keep_for_members
        from sessions import feed
        from supervision import words
        from supervision.meetings import calendar
        from supervision.meetings import notices as meetings
        from supervision.questions import notices as questions
        from supervision.scores import notices as scores

        team, guides = frozenset({Role.TEAM_MEMBER}), frozenset({Role.SUPERVISOR})
        register(
            Kind(
                scores.KIND,
                tell=scores.tell,
                find=scores.find,
                label=_("Choosing a level before a gathering"),
                wordings=(words.SCORE_TEAM, words.SCORE_SUPERVISOR),
                roles=team | guides,
                topic=Topic.GUIDANCE,
            )
        )
        register(
            Kind(
                meetings.AGREEMENT,
                tell=meetings.tell_agreements,
                find=meetings.find_agreements,
                label=_("What we agreed on in guidance"),
                wordings=(words.AGREEMENT,),
                roles=team | guides,
                topic=Topic.GUIDANCE,
            )
        )
        register(
            Kind(
                meetings.MEETING,
                tell=meetings.tell_meetings,
                find=meetings.find_meetings,
                label=_("Guidance meetings, the day before"),
                wordings=(words.MEETING,),
                roles=team | guides | {Role.COORDINATOR},
                topic=Topic.GUIDANCE,
            )
        )
        register(
            Kind(
                questions.WAITING,
                tell=questions.tell_waiting,
                label=_("Questions from the teams you guide"),
                wordings=(questions.ASKED,),
                roles=guides,
                topic=Topic.GUIDANCE,
            )
        )
        register(
            Kind(
                questions.ANSWERED,
                tell=questions.tell_answered,
                label=_("Answers to what the team asked"),
                wordings=(questions.REPLIED,),
                roles=team,
                topic=Topic.GUIDANCE,
            )
        )
        feed.contribute(calendar.meetings_of)
        keep_for_members(r"guidance:.*:(asked|moved)")
        keep_for_members(r"leader-report:.*")
