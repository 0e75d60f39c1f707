"""A plan as a team has it before gathering 2, and the same plan half a year later."""

from dataclasses import replace
from datetime import date

from improvement.plans.content import Change, Goal, Measure, Meeting, Need, Person, Plan, Rating, Round, Theme

FIRST = Plan(
    team="Vinje",
    made_on=date(2026, 5, 4),
    organisation="Vinje kommune",
    network="Læringsnettverk Vest",
    patient_group="Eldre som kommer hjem fra sykehus",
    people=(
        Person(1, "Teamleder Vinje", "leader", "sykepleier", "Hjemmetjenesten"),
        Person(2, "Medlem Vinje", "user_representative"),
    ),
    supervisors=("Veileder Vest",),
    anchored_by="kommunalsjef",
    anchored_on=date(2026, 1, 12),
    next_gathering=Meeting("samling 2", date(2026, 6, 9), date(2026, 6, 10)),
    interviews="Mer enn 12 intervjuet",
    interviewed=12,
    themes=(Theme(1, "Å vite hvem som kommer", "8 sa det"), Theme(2, "Å slippe å fortelle alt på nytt")),
    needs=(
        Need(1, "Trygg hjemkomst de første dagene", "De fleste spør hvem de kan ringe."),
        Need(2, "Færre ledd"),
    ),
    goals=(
        Goal(
            1,
            "Alle får besøk innen tre dager",
            how_much="fra 60 til 90 %",
            for_whom="nye brukere etter sykehus",
            by_when=date(2026, 12, 1),
            state="draft",
            effect_goals=(2, 3),
            hph_steps=("hph2",),
            needs=(1,),
        ),
        Goal(2, "Brukeren er med på planen"),
    ),
    changes=(
        Change(1, "Fast sykepleier ringer dagen etter", goals=(1,), need=1, responsible="Teamleder Vinje"),
        Change(2, "Tavle på vaktrommet"),
    ),
    measures=(
        Measure(
            1,
            "Andel besøk innen tre dager",
            goal=1,
            target="90 %",
            newest="62 %, april 2026",
            newest_key="2026-04-01 62.0",
            sentence="For få målinger til å si noe sikkert: 4 av minst 10.",
        ),
    ),
)

LATER = replace(
    FIRST,
    made_on=date(2026, 11, 22),
    people=(
        FIRST.people[0],
        replace(FIRST.people[1], function="measurement_lead"),
        Person(3, "Nytt medlem", "user_representative"),
    ),
    interviews="Mer enn 14 intervjuet",
    interviewed=14,
    themes=(FIRST.themes[0],),
    goals=(
        replace(FIRST.goals[0], state="chosen", by_when=date(2027, 2, 1), needs=(1, 2)),
        replace(FIRST.goals[1], text="Brukeren lager planen sammen med oss"),
        Goal(3, "Ingen venter på medisinlisten", state="draft"),
    ),
    changes=(
        replace(
            FIRST.changes[0],
            state="trying",
            starts_on=date(2026, 9, 1),
            rounds=(Round(1, date(2026, 9, 1), date(2026, 9, 14), "Folk tar telefonen før klokka ti.", "adapt"),),
        ),
    ),
    measures=(
        replace(
            FIRST.measures[0],
            newest="83 %, oktober 2026",
            newest_key="2026-10-01 83.0",
            sentence="Serie på 9 målinger over medianen; grensen er 8. Det er trolig en reell endring.",
        ),
    ),
    ratings=(Rating(1, 3, "Vi spør alle nye brukere.", "samling 2"),),
)
