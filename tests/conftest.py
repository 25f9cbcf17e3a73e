"""What all tests share: how many examples the property tests try."""

from __future__ import annotations

import os

from hypothesis import settings

# The same examples in every run: a failure is the change's, never the day's. `make fuzz` looks for new ones.
settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.register_profile("fuzz", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
