"""The kinds of notices that this room tells: what people know them as, how they come, and in which words."""

from django.utils.translation import gettext_lazy as _

from networks.models import Role
from notices.kinds import Kind, Topic
from sessions import answer_words, answers, late, programme, relief, reminder_words, reminders

TEAM = frozenset({Role.TEAM_MEMBER})
GUIDES = frozenset({Role.SUPERVISOR})

KINDS = (
    Kind(
        reminders.KIND,
        tell=reminders.tell,
        find=reminders.find,
        label=_("Deadlines"),
        may_decline=False,
        wordings=(reminder_words.DUE, reminder_words.DUE_LATE, reminder_words.DUE_RETURNED),
        roles=TEAM,
    ),
    Kind(
        late.SUPERVISOR,
        tell=late.tell_supervisors,
        find=late.find_for_supervisors,
        label=_("Teams I guide that are late"),
        wordings=(reminder_words.LATE_SUPERVISOR,),
        roles=GUIDES,
    ),
    Kind(
        late.LEADER,
        tell=late.tell_leaders,
        find=late.find_for_leaders,
        label=_("Teams of my organisation that are late"),
        wordings=(reminder_words.LATE_LEADER,),
        roles=frozenset({Role.LEADER}),
    ),
    Kind(
        answers.WAITING,
        tell=answers.tell_waiting,
        label=_("Work that waits for my answer"),
        wordings=(answer_words.WAITING,),
        roles=GUIDES,
    ),
    Kind(
        answers.ANSWERED,
        tell=answers.tell_answered,
        label=_("Answers to our work"),
        wordings=(answer_words.APPROVED, answer_words.RETURNED, answer_words.RETURNED_LATE),
        roles=TEAM,
    ),
    Kind(
        answers.REPLY,
        tell=answers.tell_replies,
        label=_("What is written under a delivery"),
        wordings=(answer_words.REPLY,),
        roles=TEAM | GUIDES,
    ),
    Kind(
        relief.KIND,
        tell=relief.tell,
        label=_("More time, or exempt"),
        may_decline=False,
        wordings=tuple(relief.WORDS.values()),
        roles=TEAM,
    ),
    Kind(
        programme.KIND,
        tell=programme.tell,
        label=_("Programmes of gatherings"),
        wordings=(answer_words.PROGRAMME, answer_words.PROGRAMME_CHANGED),
        roles=frozenset(programme.TOLD),
        topic=Topic.GATHERINGS,
    ),
)
