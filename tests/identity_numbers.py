"""Numbers to test the guard with: made here from dates no test person has, never written out in the source."""

from itertools import pairwise

FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def control_digit(digits: str, weights: tuple[int, ...]) -> int:
    """The digit that brings the weighted sum to a multiple of eleven; 10 where none does."""
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return 11 - rest if rest else 0


def complete(six: str, *, individual: int = 0, relaxed_by: int = 0) -> str:
    """Eleven digits beginning with these six, with the first individual digits from `individual` on that have both
    control digits. `relaxed_by` is added to the remainder of the first, as in numbers given out from 2032."""
    for candidate in range(individual, 1000):
        nine = f"{six}{candidate:03d}"
        first = (control_digit(nine, FIRST_WEIGHTS) + relaxed_by) % 11
        if first < 10 and (second := control_digit(f"{nine}{first}", SECOND_WEIGHTS)) < 10:
            return f"{nine}{first}{second}"
    raise ValueError("no such number")


NATIONAL = complete("010190")
D = complete("410190")
H = complete("014190")
SYNTHETIC = complete("018190")
SYNTHETIC_HEALTH = complete("016690")
SYNTHETIC_D = complete("418190")
FH = complete("812345")
RELAXED = complete("010190", relaxed_by=1)
LATE = complete("241290")
"""A birth date without a zero in front."""

ALL = {"national": NATIONAL, "d": D, "h": H, "synthetic": SYNTHETIC, "fh": FH}


def split(digits: str, *lengths: int) -> list[str]:
    """The digits in groups of these lengths."""
    ends = [sum(lengths[:count]) for count in range(len(lengths) + 1)]
    return [digits[start:end] for start, end in pairwise(ends)]
