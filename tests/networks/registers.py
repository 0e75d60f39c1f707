"""A made-up country, with every shape a municipality register has.

9101 Fjellby + 9102 Fjordby      merge into 9201 Fjellfjord in 2020
9103 Elvdal                      gets a new number, 9203, in 2020
9104 Delby                       is split in 2020 between 9201 Fjellfjord and 9204 Nyby
9105 Gammelvik + 9106 Sjøvik     merge into 9107 Vik in 2018, which becomes 9207 in 2020; no population before 2019
9108 Uendra                      is the same all the time
9109 Borte                       ended in 2019, and nobody knows what became of it
"""

from datetime import date

from networks.register import Municipality, Register

END_2017, END_2019 = date(2017, 12, 31), date(2019, 12, 31)
FROM_2018, FROM_2020 = date(2018, 1, 1), date(2020, 1, 1)


def made_up_register() -> Register:
    municipalities = [
        _old("9101", "Fjellby", END_2019, ["9201"], {2019: 3000}),
        _old("9102", "Fjordby", END_2019, ["9201"], {2019: 800}),
        _old("9103", "Elvdal", END_2019, ["9203"], {2019: 1000}),
        _old("9104", "Delby", END_2019, ["9201", "9204"], {2019: 400}),
        _old("9105", "Gammelvik", END_2017, ["9107"], {}),
        _old("9106", "Sjøvik", END_2017, ["9107"], {}),
        Municipality("9107", "Vik", "Sørfylket", FROM_2018, END_2019, ("9207",), {2019: 2000}),
        Municipality("9108", "Uendra", "Sørfylket", population={2019: 500, 2022: 600}),
        _old("9109", "Borte", END_2019, [], {2019: 10}),
        _new("9201", "Fjellfjord", {2022: 4100}),
        _new("9203", "Elvdal", {2022: 1100}),
        _new("9204", "Nyby", {2022: 200}),
        _new("9207", "Vik", {2022: 2000}),
    ]
    return {municipality.number: municipality for municipality in municipalities}


def _old(number: str, name: str, end: date, successors: list[str], population: dict[int, int]) -> Municipality:
    return Municipality(number, name, "Nordfylket", None, end, tuple(successors), population)


def _new(number: str, name: str, population: dict[int, int]) -> Municipality:
    return Municipality(number, name, "Storfylket", FROM_2020, None, (), population)
