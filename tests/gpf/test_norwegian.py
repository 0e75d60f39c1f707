"""Norwegian alphabetical order, and names in addresses."""

from hypothesis import given
from hypothesis import strategies as st

from gpf.norwegian import free_slug, slug_of, sort_key


def ordered(*names: str) -> list[str]:
    return sorted(names, key=sort_key)


def test_the_last_letters_come_last() -> None:
    assert ordered("Ås", "Østre Toten", "Ærø", "Zagreb", "Alta") == ["Alta", "Zagreb", "Ærø", "Østre Toten", "Ås"]


def test_double_a_is_an_a_with_a_ring() -> None:
    assert ordered("Aas", "Øyer", "Asker", "Ålesund") == ["Asker", "Øyer", "Ålesund", "Aas"]
    assert sort_key("Aasen") == sort_key("Åsen")


def test_neighbours_letters_stand_by_ours() -> None:
    assert ordered("Österåker", "Ørland", "Ärla", "Ærfugl", "Zürich") == [
        "Zürich", "Ærfugl", "Ärla", "Ørland", "Österåker",
    ]  # fmt: skip


def test_case_accents_and_marks_do_not_matter() -> None:
    assert sort_key("HERØY") == sort_key("Herøy")
    assert sort_key("Idé-laget") == sort_key("ide laget")
    assert sort_key("Kárášjohka – Karasjok") == "karasjohka karasjok"


def test_a_decomposed_letter_is_the_same_letter() -> None:
    assert sort_key("A\u030as") == sort_key("Ås")


def test_a_name_comes_before_a_longer_one() -> None:
    assert ordered("Hemnes team 2", "Hemnes", "Hemnesberget") == ["Hemnes", "Hemnes team 2", "Hemnesberget"]


@given(st.text(alphabet="abcåæøzÅÆØ -2", max_size=12))
def test_the_key_has_only_characters_that_sort_by_code_point(name: str) -> None:
    key = sort_key(name)
    assert set(key) <= set("0123456789abcdefghijklmnopqrstuvwxyz{|} ")
    assert sort_key(key.replace("{", "æ").replace("|", "ø").replace("}", "å")) == key


def test_a_name_in_an_address_keeps_its_letters_as_near_as_it_can() -> None:
    assert slug_of("Nordre Ål og Sørøya") == "nordre-al-og-soroya"
    assert slug_of("Kárášjohka – Karasjok") == "karasjohka-karasjok"
    assert slug_of("A\u030asnes kommune", 6) == "asnes"
    assert slug_of("😀") == ""


def test_a_name_that_is_taken_gets_a_number_within_the_same_length() -> None:
    assert free_slug("Bø", {"bo-2"}) == "bo"
    assert free_slug("Bø", {"bo", "bo-2"}) == "bo-3"
    assert free_slug("Nordre Ål", {"nordre-al"}, longest=9) == "nordre-2"
    assert free_slug("…", {"mal"}, otherwise="mal") == "mal-2"
