"""How to reach the teams that nobody hears from: a mail of one's own to who leads them."""

from collections.abc import Collection
from datetime import date
from urllib.parse import quote

from accounts.models import User
from sessions.reminders import doers


def mail_links(teams: Collection[int], today: date) -> dict[int, str]:
    """A mailto link to who leads each team, to everybody in it where nobody does. Two queries.

    Of a team with nobody in it there is none.
    """
    people = doers(teams, today)
    wanted = {pk for found in people.values() for pk in found}
    addresses = dict(User.objects.filter(pk__in=wanted, is_active=True).values_list("pk", "email"))
    links = {}
    for team, found in people.items():
        to = sorted(quote(addresses[pk], safe="@") for pk in found if pk in addresses)
        if to:
            links[team] = f"mailto:{','.join(to)}"
    return links
