"""What the yearly run finds out after its build: how a year stands, and under which version it is released."""

from pipeline.yearly.standing import Doubt, YearStanding, standing
from pipeline.yearly.versions import next_candidate, release_of_build

__all__ = ["Doubt", "YearStanding", "next_candidate", "release_of_build", "standing"]
