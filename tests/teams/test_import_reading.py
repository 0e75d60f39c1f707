"""Lists as people's programs write them."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from gpf.guarded import IdentityNumberError
from teams.importing.reading import Row, Table, read_text, read_upload
from tests.documents import files
from tests.identity_numbers import NATIONAL

HEADED = "Navn;E-post;Rolle;Kommune\nKåre Øst;kare@test.example;Teamleder;Vinje\n"
KARE = Row(2, name="Kåre Øst", email="kare@test.example", role="Teamleder", organisation="Vinje")


def upload(data: bytes, name: str = "liste.csv") -> Table:
    return read_upload(SimpleUploadedFile(name, data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_every_way_of_writing_letters(encoding: str) -> None:
    assert upload(HEADED.encode(encoding)).rows == [KARE]


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_commas_semicolons_and_tabs(sign: str) -> None:
    assert read_text(HEADED.replace(";", sign).replace("\n", "\r\n")).rows == [KARE]


def test_what_excel_writes_first_and_empty_lines_are_passed_over() -> None:
    found = read_text(f"sep=;\n\n;;;\n{HEADED}")
    assert [(row.line, row.name) for row in found.rows] == [(5, "Kåre Øst")]


def test_headings_in_any_order_and_language_and_columns_that_are_not_read() -> None:
    text = 'email,Phone,Namn,rettleiar?,ROLE,Eining\nkari@test.example,99,"Kari, den eldre",x,rettleiar,"Nord\nog sør"'
    table = read_text(text)
    assert table.rows == [
        Row(2, name="Kari, den eldre", email="kari@test.example", role="rettleiar", unit="Nord og sør")
    ]
    assert len(table.notes) == 1
    assert "Phone" in table.notes[0]
    assert "rettleiar?" in table.notes[0]


def test_without_headings_in_the_order_that_is_written_on_the_page() -> None:
    (row,) = read_text("Kari\tkari@test.example\tmedlem\tVinje\tLag 2\tSykepleier\tNord\tnynorsk").rows
    assert row == Row(1, "Kari", "kari@test.example", "medlem", "Vinje", "Lag 2", "Sykepleier", "Nord", "nynorsk")


def test_an_excel_file_with_numbers_and_an_empty_row() -> None:
    data = files.xlsx([["E-post", "Navn", "Kommunenummer"], [], ["a@test.example", "Ane", 301]], hidden=[["Skjult"]])
    assert upload(data, "liste.xlsx").rows == [Row(3, name="Ane", email="a@test.example", organisation="301")]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "tom.csv"),
        (b"Navn;E-post\n", "bare-overskrift.csv"),
        (b"Navn;Rolle\nKari;medlem\n", "uten-adresse.csv"),
        (b"%PDF-1.7\n\x00\x01", "plan.csv"),
        (b"PK\x03\x04 ikke noe", "liste.xlsx"),
        (b"Navn;E-post\n" + b"Kari;k@test.example\n" * 501, "lang.csv"),
        (b"x" * (1024 * 1024 + 1), "stor.csv"),
        (files.docx(), "liste.docx"),
    ],
)
def test_what_can_not_be_read_says_what_to_do(data: bytes, name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        upload(data, name)
    assert len(refused.value.messages[0]) > 20


def test_an_identity_number_refuses_the_whole_list() -> None:
    text = f"{HEADED}Per;per@test.example;medlem;{NATIONAL}\n"
    with pytest.raises(IdentityNumberError) as refused:
        read_text(text)
    assert NATIONAL not in str(refused.value)
    with pytest.raises(ValidationError) as refused_file:
        upload(files.xlsx([["Navn", "E-post"], ["Per", NATIONAL]]), "liste.xlsx")
    assert refused_file.value.code == "identity_number"


def test_a_quotation_mark_that_is_not_closed_does_not_swallow_the_rest() -> None:
    rows = read_text('Navn;E-post\n"Kari;k@test.example\n' + "Per;p@test.example\n" * 20).rows
    assert len(rows) == 1
    assert rows[0].is_too_long()
