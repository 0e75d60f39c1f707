"""The five kinds of measures, each with what it is and an example; and which fields each has."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from improvement.measures.models import Measure

Words = str | Promise
Kind = Measure.Kind


@dataclass(frozen=True)
class Explained:
    """A kind as it is told to a person who is to choose one. `labels` and `helps` are of its own fields."""

    kind: Measure.Kind
    name: Words
    about: Words
    example: Words
    labels: dict[str, Words]
    helps: dict[str, Words]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that other kinds may lack."""
        return tuple(self.labels)


EXPLAINED: tuple[Explained, ...] = (
    Explained(
        Kind.SHARE,
        _("A share: so many of all"),
        _("For what either happened or not, for each user. The most common kind."),
        _("Nine came home in week 45, and seven were visited in time: 7 of 9, 78 %."),
        {"numerator": _("What do you count?"), "denominator": _("Among whom?")},
        {
            "numerator": _("Such as “users who were visited within three days of coming home”."),
            "denominator": _("All who could have been counted: “users who came home from hospital”."),
            "target": _("In percent: 90 when nine of ten are to be visited in time."),
        },
    ),
    Explained(
        Kind.COUNT,
        _("A count: so many times"),
        _("For what can be counted one by one, when there are about as many users every time."),
        _("Four extra visits in week 45."),
        {"unit": _("What do you count?")},
        {
            "unit": _("In a word or two, such as “visits” or “falls”: it stands after the number."),
            "target": _("How many at most, or at least, each time."),
        },
    ),
    Explained(
        Kind.RATE,
        _("A rate: so many per thousand days"),
        _("For what can happen several times to the same user, when the number of users changes."),
        _("Three falls in 1,240 days of care: 2.4 per 1,000 days."),
        {"numerator": _("What do you count?"), "denominator": _("In how much?"), "per": _("Told per")},
        {
            "numerator": _("Such as “falls”."),
            "denominator": _("What it is seen against: “days of care: users times days”."),
            "per": _("Usually 1000 or 100, so that the number is easy to say."),
            "target": _("Told in the same way: 2 when it is to be 2 per 1000 days."),
        },
    ),
    Explained(
        Kind.TIME_BETWEEN,
        _("Time between: so many days since last"),
        _("For what happens seldom. A long time tells more than many zeros in a row."),
        _("A fall on 3 October and the next on 24 October: 21 days between."),
        {"numerator": _("What is it that happens?")},
        {
            "numerator": _("Such as “a fall with harm”. You type in the day each time it happens."),
            "target": _("So many days, or more, are to pass in between."),
        },
    ),
    Explained(
        Kind.VALUE,
        _("A value: a mean, minutes, points"),
        _("For what is measured on a scale or by the clock. Type in the mean or the median of several users."),
        _("Six users scored in October, and the mean was 4.8 points."),
        {"unit": _("Unit")},
        {
            "unit": _("Such as “minutes” or “points”: it stands after the number."),
            "target": _("In the same unit."),
        },
    ),
)

BY_KIND = {str(each.kind): each for each in EXPLAINED}
OF_SOME = ("numerator", "denominator", "per", "unit")
"""Fields that not every kind has."""
