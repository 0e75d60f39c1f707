"""Ready measures: what most teams measure, defined so that two people count alike, and teams can be compared."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from improvement.measures.models import Measure

Words = str | Promise
Kind, Direction, Role, Rhythm = Measure.Kind, Measure.Direction, Measure.Role, Measure.Rhythm


@dataclass(frozen=True)
class Ready:
    """A measure to begin with. `example` says it with two numbers."""

    key: str
    title: Words
    why: Words
    kind: Measure.Kind = Kind.SHARE
    direction: Measure.Direction = Direction.INCREASE
    role: Measure.Role = Role.PROCESS
    rhythm: Measure.Rhythm = Rhythm.WEEK
    unit: Words = ""
    per: int = 1
    numerator: Words = ""
    denominator: Words = ""
    how: Words = ""
    target: int | None = None
    example: Words = ""


LIBRARY: tuple[Ready, ...] = (
    Ready(
        "hph2-3-days",
        _("Nurse's structured follow-up within three days (HPH2)"),
        _("Most readmissions come early. The visit finds what went wrong on the way home."),
        numerator=_("users who got the visit within three days of coming home"),
        denominator=_("users who came home from hospital"),
        how=_("Counted once a week from the work list or the record, by the day they came home."),
        target=90,
        example=_("9 came home in week 45. 7 had the visit within three days: 7 of 9, 78 %."),
    ),
    Ready(
        "hph3-14-days",
        _("Visit to the GP within fourteen days (HPH3)"),
        _("The GP sees the changes in medication and takes over the follow-up."),
        rhythm=Rhythm.MONTH,
        numerator=_("users who were at the GP within fourteen days of coming home"),
        denominator=_("users who came home from hospital"),
        how=_("Counted once a month, for those who came home so early that fourteen days have passed."),
        target=80,
        example=_("22 came home in October. 15 were at the GP in time: 15 of 22, 68 %."),
    ),
    Ready(
        "hph5-4-weeks",
        _("Review after four weeks (HPH5)"),
        _("After four weeks it shows whether the help is right, too much or too little."),
        rhythm=Rhythm.MONTH,
        numerator=_("users who had the review within five weeks of coming home"),
        denominator=_("users who came home from hospital"),
        how=_("Counted once a month from the work list."),
        target=80,
        example=_("18 came home in September. 12 have had the review: 12 of 18, 67 %."),
    ),
    Ready(
        "hph6-3-hours",
        _("Information to the hospital within three hours of admission (HPH6)"),
        _("The hospital then knows from the start what the user manages and what matters to her."),
        rhythm=Rhythm.MONTH,
        numerator=_("admissions where the information was sent within three hours"),
        denominator=_("admissions of users who have home-based services"),
        how=_("Counted once a month from the messages that were sent."),
        target=90,
        example=_("14 were admitted in October. 11 times it was sent in time: 11 of 14, 79 %."),
    ),
    Ready(
        "asked-what-matters",
        _("New users asked “What matters to you?”"),
        _("The answer is to steer the plan. Whether the question is asked is the first thing to know."),
        rhythm=Rhythm.MONTH,
        numerator=_("new users who were asked, with the answer written in the plan"),
        denominator=_("new users"),
        how=_("Counted once a month from the plans of those who are new."),
        target=100,
        example=_("11 were new in October. 8 were asked: 8 of 11, 73 %."),
    ),
    Ready(
        "checklists-complete",
        _("Checklists that are complete"),
        _("A list that is half filled in is a sign that it asks for too much, or comes at the wrong time."),
        rhythm=Rhythm.MONTH,
        numerator=_("checklists with every item answered"),
        denominator=_("checklists begun"),
        how=_("Look at ten lists drawn by chance each month, or at all where they are fewer."),
        target=90,
        example=_("10 lists drawn. 6 were complete: 6 of 10, 60 %."),
    ),
    Ready(
        "readmission-30-days",
        _("Readmission within thirty days"),
        _("Says whether the whole pathway holds. It moves slowly and has many causes: never measure it alone."),
        direction=Direction.DECREASE,
        role=Role.OUTCOME,
        rhythm=Rhythm.MONTH,
        numerator=_("users who were admitted again within thirty days"),
        denominator=_("users who came home from hospital"),
        how=_("Counted a month later, so that thirty days have passed for all."),
        example=_("20 came home in September. 4 were admitted again: 4 of 20, 20 %."),
    ),
    Ready(
        "what-matters-mean",
        _("What matters to the user: mean score"),
        _("The users score their own goals from 0 to 10. Only the mean of several people is kept here."),
        kind=Kind.VALUE,
        role=Role.OUTCOME,
        rhythm=Rhythm.MONTH,
        unit=_("points"),
        how=_(
            "The mean of all scores given in the month. Forms turn the scale in different ways: choose “lower is "
            "better” where 0 means that it goes well, and write it here."
        ),
        example=_("Six users scored in October; the mean of their scores is 4.8."),
    ),
    Ready(
        "falls-1000-days",
        _("Falls per 1,000 days of care"),
        _("A rate can be compared though the number of users changes."),
        kind=Kind.RATE,
        direction=Direction.DECREASE,
        role=Role.OUTCOME,
        rhythm=Rhythm.MONTH,
        unit=_("falls"),
        per=1000,
        numerator=_("falls"),
        denominator=_("days of care: users times days"),
        how=_("Falls from the reports of incidents; days from the number of users each day."),
        example=_("3 falls in 1,240 days of care: 2.4 per 1,000."),
    ),
    Ready(
        "days-since-last-fall",
        _("Days between falls"),
        _("For what happens seldom, the time between tells more than a count full of zeros."),
        kind=Kind.TIME_BETWEEN,
        role=Role.OUTCOME,
        rhythm=Rhythm.EVENT,
        unit=_("days"),
        how=_("Type in the day of each fall with harm."),
        example=_("A fall on 3 October and the next on 24 October: 21 days."),
    ),
    Ready(
        "medication-reconciled",
        _("Medication list reconciled at homecoming"),
        _("Wrong medication is among the most common harms on the way between two services."),
        numerator=_("users whose lists were compared on the first visit"),
        denominator=_("users who came home from hospital"),
        how=_("Counted once a week from the HPH2 checklists."),
        target=95,
        example=_("9 came home. The lists of 6 were compared: 6 of 9, 67 %."),
    ),
    Ready(
        "extra-visits",
        _("Unplanned extra visits"),
        _("A balancing measure: does the new way of working cost more somewhere else?"),
        kind=Kind.COUNT,
        direction=Direction.DECREASE,
        role=Role.BALANCING,
        unit=_("visits"),
        how=_("Counted once a week from the work list."),
        example=_("4 extra visits in week 45."),
    ),
)

BY_KEY = {ready.key: ready for ready in LIBRARY}
