"""`bin/shots`, or `bin/shots person ledger` for some of the pictures."""

from __future__ import annotations

import sys

from tests.shots.camera import take_all

if __name__ == "__main__":
    take_all(sys.argv[1:])
