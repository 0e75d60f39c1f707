"""The wheel as it is drawn: pieces and arcs that fill the round. No database."""

import re

from improvement.method.phases import PHASES, STEPS
from improvement.method.wheel import CENTRE, draw


def test_the_pieces_go_round_once_with_an_arc_for_each_step() -> None:
    pieces = draw([len(phase.steps) for phase in PHASES])
    assert [len(piece.arcs) for piece in pieces] == [3, 5, 1, 2, 3]
    # The first phase lies to the right of the top, the last to the left of it, and no number has a comma.
    assert float(pieces[0].x) > CENTRE > float(pieces[4].x)
    assert pieces[0].y == pieces[4].y
    outlines = [outline for piece in pieces for outline in (piece.outline, *piece.arcs)]
    assert len(set(outlines)) == 5 + 14
    for outline in outlines:
        assert re.fullmatch(r"M[\d.]+ [\d.]+A[\d. ]+L[\d.]+ [\d.]+A[\d. ]+Z", outline)


def test_a_step_belongs_to_one_phase() -> None:
    assert len(STEPS) == sum(len(phase.steps) for phase in PHASES)
