"""Codes of pages: short, told apart from numbers, read as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from supporttui.domain.paging.codes import LENGTH, code_of, read_code

pytestmark = pytest.mark.core


@given(some.text(), some.integers(0, 50))
def test_a_code_is_read_back_as_it_was_made_and_is_no_number(seed: str, attempt: int) -> None:
    code = code_of(seed, attempt)
    assert read_code(code) == read_code(f" {code[:3].lower()}-{code[3:]}") == code
    assert len(code) == LENGTH
    assert not code[-1].isdigit()


def test_signs_that_are_taken_for_one_another_are_one() -> None:
    assert read_code("oilOIX") == "01101X"


@pytest.mark.parametrize("typed", ["", "1042", "T-1042", "123456", "12345X7", "ABCDEU", "ÄBCDEF", "INC0012345"])
def test_numbers_and_words_are_no_codes(typed: str) -> None:
    assert read_code(typed) is None


def test_codes_of_different_pages_differ() -> None:
    codes = {code_of(f"op:{number}") for number in range(2_000)}
    assert len(codes) == 2_000
