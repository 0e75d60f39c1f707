"""The doors to a poster that was made elsewhere."""

from tests.access.door import Door
from tests.access.posters_photos import place_of

DOORS = [
    Door("posters:own_file", ">0---++--00", place_of),
    Door("posters:own_file_away", ">0---++--00", place_of, method="POST", is_page=False),
]
