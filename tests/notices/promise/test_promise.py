"""The delivery promise (docs/delivery-promise.md), held by a real worker, two beats, Redis, PostgreSQL and mail server.

make promise            200 kills, with a seed that is printed
make promise SEED=7     the same plan of kills again
"""

import os
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection

from gpf.local_services import binary
from tests.notices.promise.house import BEATS, House
from tests.notices.promise.judge import judge
from tests.notices.promise.killer import Killer, Strike, plan
from tests.notices.smtp_server import MailServer

KILLS = int(os.environ.get("PROMISE_KILLS", "20"))
SEED = int(os.environ.get("SEED") or 20)
PEOPLE, LETTERS = 9, 3  # for each kill, so that mails flow to the end
PACE = 0.01  # seconds the mail server thinks about each mail
PATIENCE = 180.0  # seconds for what is left after the last kill

REFUSED = "person1@test.example"


@pytest.fixture
def schema(db: None) -> bytes:
    """The product's tables, from the database of the tests: faster than to migrate anew."""
    address = os.environ["DATABASE_URL"].replace("@/gpf?", f"@/{connection.settings_dict['NAME']}?")
    line = [binary("pg_dump"), "--schema-only", "--no-owner", "--no-privileges", address]
    return subprocess.run(line, check=True, stdout=subprocess.PIPE).stdout


@pytest.fixture
def mail() -> MailServer:
    """One address is refused, one in twenty is slow, every seventh is put off the first time."""
    people = range(KILLS * PEOPLE)
    return MailServer(
        answers={REFUSED: "550 no such person"},
        slow={f"person{n}@test.example": 0.2 if n % 20 == 0 else PACE for n in people},
        greylists=lambda address: address.startswith("person") and address.endswith("7@test.example"),
    )


@pytest.fixture
def killer(schema: bytes, mail: MailServer) -> Iterator[Killer]:
    # Not pytest's own folder: its path is too long for a socket, and its owner's alone.
    with TemporaryDirectory(prefix="promise") as folder:
        Path(folder).chmod(0o755)
        house = House(Path(folder), 0)
        killer = Killer(house, mail)
        house.mail_port = mail.port
        try:
            house.build(schema)
            yield killer
        finally:
            house.close()
            killer.close()
            if "PROMISE_LOGS" in os.environ:
                shutil.copytree(house.home / "log", os.environ["PROMISE_LOGS"], dirs_exist_ok=True)


@pytest.mark.slow
def test_every_notice_due_is_sent_whoever_is_killed(killer: Killer) -> None:
    house, began = killer.house, time.monotonic()
    print(f"\n{KILLS} kills, SEED={SEED}")
    due = house.ask("fill", KILLS * PEOPLE, KILLS * LETTERS)
    print(f"{time.monotonic() - began:6.1f} s  {len(due['notices'])} notices due, {len(due['letters'])} letters wait")
    house.start_worker()
    for index in range(BEATS):
        house.start_beat(index)
    for number, blow in enumerate(plan(SEED, KILLS), 1):
        tell(number, killer.carry_out(blow), time.monotonic() - began, len(killer.mail.record))
    flowed_to_the_end = len({taken.message_id for taken in killer.mail.record}) < KILLS * PEOPLE
    killer.let_be()
    last = time.monotonic()
    said = settle(house)
    verdict = judge(killer, due, said, REFUSED)
    print(f"{time.monotonic() - began:6.1f} s  nothing is left to send")
    figures(killer, verdict.twice, last - began)
    assert not verdict.wrong, "\n".join(verdict.wrong)
    assert flowed_to_the_end


def tell(number: int, strike: Strike, seconds: float, taken: int) -> None:
    blow = strike.blow
    missed = "" if strike.talk or blow.moment is None else " (no mail came by)"
    print(f"{seconds:6.1f} s  {number:3}  {blow.victim}, {blow.moment or 'at any time'}{missed}; {taken} mails taken")


def settle(house: House) -> dict[str, object]:
    """What the product says when nothing is left to do, or patience is at an end."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and house.ask("left", REFUSED):
        time.sleep(0.5)
    answer: dict[str, object] = house.ask("outcome")
    return answer


def figures(killer: Killer, twice: Counter[str], seconds: float) -> None:
    record = killer.mail.record
    different = len({taken.message_id for taken in record})
    in_a_mail = sum(strike.talk is not None for strike in killer.strikes)
    print(f"{len(killer.strikes)} kills in {seconds:.0f} s, {in_a_mail} of them at a moment of a mail")
    print(f"{different} mails, {len(record) - different} of them taken once more:")
    for reason, count in twice.most_common():
        print(f"  {count} because {reason}")
