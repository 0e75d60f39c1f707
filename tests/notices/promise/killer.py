"""Two hundred kills: who dies, and at which moment of a mail, follows from a seed.

What a seed can not repeat is which mail is just then on its way, and what else the machine is doing.
"""

import random
import threading
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum

from tests.notices.promise.house import BEATS, House, kill
from tests.notices.smtp_server import MailServer, Moment, Talk, serving

WAIT = 4.0  # seconds for a mail to come to the moment; then the blow falls all the same
LONGEST_PAUSE = 0.5  # seconds between one blow and the next
MAILS = 6  # between one blow and the next; those that come on top are held up, so that the mail lasts to the last blow
HELD_UP = 0.3  # seconds


class Victim(StrEnum):
    WORKER = "worker"
    HEAD = "the worker’s head"
    SENDER = "the sending process"
    BEAT = "beat"
    REDIS = "Redis"
    DATABASE = "database"
    BACKEND = "a process of the database"
    LINE = "the line to the mail server"
    MAIL_SERVER = "the mail server"


@dataclass(frozen=True)
class Blow:
    """One kill of the plan. Without a moment it falls at any time."""

    victim: Victim
    moment: Moment | None
    passing: int  # so many mails are let by first
    pause: float  # seconds of peace before


@dataclass
class Strike:
    """A blow that has fallen. `over`: when the database answered again, where it was hit."""

    blow: Blow
    talk: Talk | None
    at: float
    died: list[int]
    over: float | None = None

    @property
    def hits_database(self) -> bool:
        return self.blow.victim in (Victim.DATABASE, Victim.BACKEND)


def plan(seed: int, number: int) -> list[Blow]:
    """Every victim at every moment, again and again, in an order that the seed gives."""
    chance = random.Random(seed)
    victims, moments = list(Victim), [*Moment, None]  # 9 and 5: together they come round after 45
    chance.shuffle(victims)
    chance.shuffle(moments)
    return [
        Blow(victims[index % 9], moments[index % 5], chance.randrange(3), chance.uniform(0, LONGEST_PAUSE))
        for index in range(number)
    ]


@dataclass
class Killer:
    """Watches the talk of the mail server, and strikes from within it."""

    house: House
    mail: MailServer
    strikes: list[Strike] = field(default_factory=list)
    senders: dict[Talk, int] = field(default_factory=dict)
    held_up_from: float = MAILS

    def __post_init__(self) -> None:
        self._armed: Blow | None = None
        self._passing = 0
        self._turn = threading.Lock()
        self._fallen = threading.Event()
        self._serving: AbstractContextManager[MailServer] = serving(self.mail)
        self.mail.watch = self.watch
        self._serving.__enter__()

    def let_be(self) -> None:
        """No more blows: let the mail flow."""
        self.held_up_from = float("inf")
        self.mail.slow.clear()

    def close(self) -> None:
        self._serving.__exit__(None, None, None)

    def watch(self, moment: Moment, talk: Talk) -> None:
        """At every moment of every mail: see who sends it, and strike if it is time."""
        if talk not in self.senders:
            self.senders[talk] = self.house.sender_at(talk.peer)
        if moment == Moment.BEFORE and len(self.mail.record) > self.held_up_from:
            time.sleep(HELD_UP)
        with self._turn:
            if self._armed is None or self._armed.moment != moment:
                return
            if self._passing:
                self._passing -= 1
                return
            self._strike(self._armed, talk)

    def carry_out(self, blow: Blow) -> Strike:
        """Wait for the blow to fall, and let what fell come back."""
        self.held_up_from = len(self.mail.record) + MAILS
        time.sleep(blow.pause)
        self._fallen.clear()
        with self._turn:
            self._armed, self._passing = blow, blow.passing
        if blow.moment is None or not self._fallen.wait(WAIT):
            with self._turn:
                if self._armed is not None:
                    self._strike(self._armed, None)
        strike = self.strikes[-1]
        self._mend(strike)
        return strike

    def _strike(self, blow: Blow, talk: Talk | None) -> None:
        self._armed = None
        at = time.monotonic()
        self.strikes.append(Strike(blow, talk, at, self._kill(blow.victim, talk)))
        self._fallen.set()

    def _kill(self, victim: Victim, talk: Talk | None) -> list[int]:
        match victim:
            case Victim.WORKER:
                return self.house.kill_worker()
            case Victim.HEAD:
                return self.house.kill_workers_head()
            case Victim.SENDER:
                sender = self.senders.get(talk, 0) if talk else 0
                return kill(*([sender] if sender else self.house.senders()[:1]))
            case Victim.BEAT:
                return kill(self.house.beats[len(self.strikes) % BEATS])
            case Victim.REDIS:
                return self.house.kill_redis()
            case Victim.DATABASE:
                return self.house.kill_database()
            case Victim.BACKEND:
                return self.house.kill_a_backend()
            case Victim.LINE:
                for each in [talk] if talk else list(self.mail.talks):
                    each.cut()
            case Victim.MAIL_SERVER:
                self.mail.cut_all()
        return []

    def _mend(self, strike: Strike) -> None:
        match strike.blow.victim:
            case Victim.WORKER | Victim.HEAD:
                self.house.start_worker()
            case Victim.BEAT:
                for index, pid in enumerate(self.house.beats):
                    if pid in strike.died:
                        self.house.start_beat(index)
            case Victim.REDIS:
                self.house.start_redis()
            case Victim.DATABASE:
                self.house.start_database()
                strike.over = time.monotonic()
            case Victim.BACKEND:
                strike.over = self.house.wait_for_database()
            case Victim.MAIL_SERVER:
                self._serving.__exit__(None, None, None)
                self.mail.cut_all()
                time.sleep(0.3)
                self._serving = serving(self.mail)
                self._serving.__enter__()
