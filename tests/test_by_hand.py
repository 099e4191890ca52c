"""The yardstick of the walks is held to its promise: a wrong last digit is seen."""

from __future__ import annotations

import pytest

from tests.by_hand import assert_says


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("step 3: 0.42 and \N{MINUS SIGN}1.30", [3, 0.4249, -1.3]),
        ("norm 1.2e-05, 3e\N{MINUS SIGN}4", [1.24e-5, 3.4e-4]),
        ("1 of 200", [1.04, 200]),
        ("0.00 where rounding decides: 9.6", [0.004, None]),
    ],
)
def test_what_is_rounded_as_written_is_right(sentence, numbers):
    assert_says(sentence, numbers)


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("step 3: 0.42", [3, 0.43]),
        ("step 3: 0.42", [2, 0.42]),
        ("step 3: 0.42", [0.42]),
        ("norm 1.2e-05", [1.3e-5]),
        ("\N{MINUS SIGN}1.30", [1.3]),
        ("1 of 200", [1.2, 200]),
    ],
)
def test_another_number_is_wrong(sentence, numbers):
    with pytest.raises(AssertionError):
        assert_says(sentence, numbers)
