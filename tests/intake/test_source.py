"""A file that is not what it claims is refused whole, before anything of it is used."""

import gzip

import pytest

from supporttui.domain.faults import BadInput
from supporttui.intake import source
from supporttui.intake.files import check_file
from supporttui.intake.mapping import load
from tests.intake import rows


@pytest.fixture
def mapping():
    return load("servicenow")


def refusal(path, mapping):
    with pytest.raises(BadInput) as fault:
        check_file(path, mapping)
    return fault.value


def test_a_plain_and_a_packed_file_are_the_same_file(tmp_path, mapping):
    plain = check_file(rows.write_log(tmp_path / "a.csv", *rows.CALM), mapping)
    packed = check_file(rows.write_log(tmp_path / "b.dat", *rows.CALM, packed=True), mapping)
    assert (plain.rows, plain.per_number) == (packed.rows, packed.per_number) == (4, {"INC0000045": 4})


def test_a_byte_order_mark_does_not_hide_the_first_column(tmp_path, mapping):
    path = rows.write_log(tmp_path / "a.csv", *rows.CALM)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert check_file(path, mapping).rows == 4


def test_another_file_is_refused_with_the_columns_that_it_lacks(tmp_path, mapping):
    path = tmp_path / "shopping.csv"
    path.write_text("what,how many\nmilk,2\n", encoding="utf-8")
    fault = refusal(path, mapping)
    assert fault.code == "import.not_that_file"
    assert "incident_state" in str(fault.params["missing"])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "import.empty"),
        ("a.csv", b"\n\n", "import.empty"),
        ("a.csv", b"\x00\x01\x02\x03" * 100, "import.not_that_file"),
        ("a.csv.gz", rows.LOG_HEADER.encode(), "import.not_gzip"),
        ("a.csv.gz", b"", "import.not_gzip"),
        ("a.csv", rows.LOG_HEADER.replace(",", ";").encode(), "import.delimiter"),
        ("a.csv", rows.LOG_HEADER.replace(",", "\t").encode(), "import.delimiter"),
    ],
)
def test_a_file_that_is_not_what_it_claims_says_why(tmp_path, mapping, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(path, mapping).code == code


def test_a_wrong_byte_is_told_with_the_line_on_which_it_stands(tmp_path, mapping):
    path = rows.write_log(tmp_path / "a.csv", *rows.CALM * 300)
    whole = path.read_bytes()
    for line in (1, 2, 700, 1201):
        place = sum(len(part) + 1 for part in whole.split(b"\n")[: line - 1]) + 3
        path.write_bytes(whole[:place] + b"\xe4" + whole[place:])
        fault = refusal(path, mapping)
        assert (fault.code, fault.params["line"]) == ("import.not_text", line)


def test_a_header_without_rows_is_an_empty_log(tmp_path, mapping):
    assert check_file(rows.write_log(tmp_path / "a.csv"), mapping).rows == 0


def test_a_column_that_is_there_twice_is_refused(tmp_path, mapping):
    path = rows.write_log(tmp_path / "a.csv", header=rows.LOG_HEADER.replace("active", "number"))
    fault = refusal(path, mapping)
    assert (fault.code, fault.params["column"]) == ("import.header_twice", "number")


def test_a_missing_file_and_a_folder_say_so(tmp_path, mapping):
    assert refusal(tmp_path / "none.csv", mapping).code == "import.file_missing"
    assert refusal(tmp_path, mapping).code == "import.file_unreadable"


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path, mapping):
    path = tmp_path / "a.csv"
    text = "\n".join([rows.LOG_HEADER, rows.row("INC1", "New", "1/3/2016 10:00", category="Büro")])
    path.write_bytes(text.encode("latin-1"))
    fault = refusal(path, mapping)
    assert (fault.code, fault.params["encoding"]) == ("import.not_text", "utf-8")


@pytest.mark.parametrize("cut", [5, -20, -4])
def test_a_packed_file_that_was_cut_off_is_refused_whole(tmp_path, mapping, cut):
    path = rows.write_log(tmp_path / "a.csv.gz", *rows.CALM, packed=True)
    path.write_bytes(path.read_bytes()[:cut])
    assert refusal(path, mapping).code == "import.damaged"


def test_a_packed_file_with_a_wrong_checksum_is_refused_whole(tmp_path, mapping):
    path = rows.write_log(tmp_path / "a.csv.gz", *rows.CALM, packed=True)
    data = bytearray(path.read_bytes())
    data[-6] ^= 0xFF
    path.write_bytes(data)
    assert refusal(path, mapping).code == "import.damaged"


def test_an_endless_line_is_refused_without_being_read_whole(tmp_path, mapping):
    path = tmp_path / "a.csv.gz"
    with gzip.open(path, "wb") as stream:
        stream.write(rows.LOG_HEADER.encode() + b"\n" + b"x" * (3 * source.MAX_LINE))
    fault = refusal(path, mapping)
    assert (fault.code, fault.params["line"]) == ("import.line_too_long", 2)


def test_a_quote_that_is_never_closed_is_named_by_the_line_on_which_it_opens(tmp_path, mapping):
    broken = rows.row("INC1", "New", "1/3/2016 10:00", category='"Category 5')
    path = rows.write_log(tmp_path / "a.csv", *rows.CALM, broken, *rows.CALM * 2_000)
    fault = refusal(path, mapping)
    assert fault.code in {"import.quote_open", "import.not_csv"}
    assert fault.params["line"] == 6


def test_null_characters_are_replaced_and_nothing_else(tmp_path, mapping):
    path = rows.write_log(tmp_path / "a.csv", rows.row("INC1", "New", "1/3/2016 10:00", category="a\0b"))
    found = list(source.records(check_file(path, mapping), mapping))
    assert "a\N{REPLACEMENT CHARACTER}b" in found[0].cells


def test_a_cell_may_hold_line_breaks_and_the_line_is_where_the_row_starts(tmp_path, mapping):
    wide = rows.row("INC1", "New", "1/3/2016 10:00", category='"one\ntwo"')
    path = rows.write_log(tmp_path / "a.csv", wide, rows.row("INC2", "New", "1/3/2016 10:00"))
    found = list(source.records(check_file(path, mapping), mapping))
    assert [record.line for record in found] == [2, 4]


def test_a_file_that_changes_between_the_two_readings_is_refused(tmp_path, mapping):
    checked = check_file(rows.write_log(tmp_path / "a.csv", *rows.CALM), mapping)
    rows.write_log(tmp_path / "a.csv", *rows.CALM, header=rows.LOG_HEADER.upper())
    with pytest.raises(BadInput, match=r"import\.file_changed"):
        list(source.records(checked, mapping))


def test_progress_counts_bytes_up_to_all_of_them(tmp_path, mapping):
    path = rows.write_log(tmp_path / "a.csv", *rows.CALM * 500)
    heard = []
    list(source.records(check_file(path, mapping), mapping, lambda read, total: heard.append((read, total))))
    size = path.stat().st_size
    assert heard == sorted(heard)
    assert heard[-1] == (size, size)
    assert len(heard) > 2
