"""What the tests of the main pages need beside the cast: more teams, deliveries, and eyes for a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from html.parser import HTMLParser

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.models import Membership, Network, Organisation, Participation, Role
from sessions.models import Assignment, Delivery, DeliveryVersion, Review
from teams.models import Supervisor, Team, TeamMember
from tests.cast import PASSWORD, Place

# What begins, marks and ends a transaction asks for nothing.
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@contextmanager
def within(place: Place) -> Iterator[None]:
    """The network opened, for writing rows."""
    with tenancy.scope([place.network.pk]):
        yield


def reads_english(*people: User) -> None:
    """Pages in the words of the source, whatever has been translated."""
    User.objects.filter(pk__in=[person.pk for person in people]).update(language="en")


def add_team(place: Place, name: str, *, guided: bool = False, joined_on: date | None = None) -> Team:
    """A municipality that takes part with one team of the same name. Needs the network opened."""
    number = str(5000 + Organisation.objects.count())
    organisation = Organisation.objects.create(
        slug=f"kommune-{number}", kind=Organisation.Kind.MUNICIPALITY, name=name, number=number
    )
    participation = Participation.objects.create(network=place.network, organisation=organisation)
    team = Team.objects.create(
        network=place.network, slug=f"team-{number}", name=name, participation=participation, joined_on=joined_on
    )
    if guided:
        membership = Membership.objects.get(user=place.supervisor, network=place.network, role=Role.SUPERVISOR)
        Supervisor.objects.create(network=place.network, team=team, membership=membership)
    return team


def join(place: Place, team: Team, user: User) -> None:
    """The person, who works in a team of the network already, works in this one too."""
    membership = Membership.objects.get(user=user, network=place.network, role=Role.TEAM_MEMBER)
    TeamMember.objects.create(network=place.network, team=team, membership=membership)


def deliver(team: Team, assignment: Assignment, *, days_ago: int = 1, state: str = "delivered") -> Delivery:
    """The team handed the assignment in so many days ago. Needs the network opened."""
    at = timezone.now() - timedelta(days=days_ago)
    delivery = Delivery.objects.create(
        network_id=team.network_id, team=team, assignment=assignment, state=state, begun=True, delivered_at=at
    )
    DeliveryVersion.objects.create(
        network_id=team.network_id, delivery=delivery, number=1, comment="Planen.", saved_at=at, delivered_at=at
    )
    return delivery


def answer(delivery: Delivery, verdict: Review.Verdict, text: str, *, by: User, days_ago: int = 0) -> Review:
    """A supervisor answered what is handed in."""
    Delivery.objects.filter(pk=delivery.pk).update(state=verdict)
    return Review.objects.create(
        network_id=delivery.network_id,
        version=delivery.versions.get(),
        verdict=verdict,
        text=text,
        reviewed_by=by,
        reviewed_at=timezone.now() - timedelta(days=days_ago),
    )


def person(name: str, network: Network, role: Role) -> User:
    """A new person with a role in the network. Needs it opened."""
    user = User.objects.create_user(f"{name.lower()}@test.example", name=name, password=PASSWORD, language="en")
    Membership.objects.create(network=network, user=user, role=role)
    return user


def add_network(place: Place, name: str) -> Network:
    """Another running network of the same programme, with nothing in it."""
    return Network.objects.create(
        slug=name.lower(),
        name=name,
        programme=place.network.programme,
        from_year=2026,
        to_year=2027,
        phase=Network.Phase.RUNNING,
    )


# Eyes


def page(client: Client, address: str) -> str:
    """The page at the address; it must be there."""
    response = client.get(address)
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def questions(client: Client, address: str) -> int:
    """How many queries the page asks, what begins and ends a transaction aside."""
    page(client, address)
    with CaptureQueriesContext(connection) as asked:
        page(client, address)
    return sum(not query["sql"].startswith(TRANSACTION) for query in asked.captured_queries)


def words(html: str) -> str:
    """The text of the main part of a page, with single spaces."""
    reader = _Words()
    reader.feed(html)
    return " ".join("".join(reader.found).split())


def links(html: str) -> dict[str, str]:
    """The addresses of the links in the main part of a page, by their words."""
    reader = _Words()
    reader.feed(html)
    return reader.links


def table(html: str) -> list[list[str]]:
    """The rows of the page's only table: the words of each cell."""
    reader = _Table()
    reader.feed(html)
    return [[" ".join(cell.split()) for cell in row] for row in reader.rows]


class _Words(HTMLParser):
    """Reads what stands within <main>."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.found: list[str] = []
        self.links: dict[str, str] = {}
        self.link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"
        if tag == "a" and self.inside:
            self.link = dict(attrs).get("href") or "", len(self.found)
        self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"
        if tag == "a" and self.link:
            address, start = self.link
            self.links[" ".join("".join(self.found[start:]).split())] = address
            self.link = None
        self.found.append(" ")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.append(data)


class _Table(HTMLParser):
    """Reads the cells of a table."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data
