"""`python -m improvement.spc < case.json > result.json`: a case gives a result, a list of cases a list of results."""

import json
import sys

from improvement.spc.plain import MalformedError, evaluate_all


def main() -> int:
    """2 and a word on stderr where the input can not be read."""
    try:
        result = evaluate_all(json.load(sys.stdin))
    except (MalformedError, ValueError) as error:
        print(f"The case can not be read: {error}", file=sys.stderr)
        return 2
    json.dump(result, sys.stdout, ensure_ascii=False, allow_nan=False)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
