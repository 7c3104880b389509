"""A release that two officers publish, at the newsroom's hour (moved.py).

Run as a program, in a newsroom's environment: ``python -m tests.journeys.published TITLE``.
"""

from __future__ import annotations

import sys

from app.editorial.models import State
from tests import make
from tests.journeys.moved import app

if __name__ == "__main__":
    with app.app_context():
        make.release(State.PUBLISHED, title=sys.argv[1])
