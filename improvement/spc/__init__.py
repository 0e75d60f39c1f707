"""Statistical process control for run and control charts: plain numbers in, plain numbers out, nothing of Django.

`analyse` is the one function to call. `evaluate` does the same from and to plain data, and
`python -m improvement.spc < case.json > result.json` from and to JSON. The definitions are told in `docs/spc.md`.
"""

from improvement.spc.engine import analyse
from improvement.spc.plain import MalformedError, evaluate
from improvement.spc.results import Analysis, ChartKind, Options, Pattern, Perla, Phase, Special

__all__ = [
    "Analysis",
    "ChartKind",
    "MalformedError",
    "Options",
    "Pattern",
    "Perla",
    "Phase",
    "Special",
    "analyse",
    "evaluate",
]
