"""`python -m tests.crawler.driven SETTINGS ARGUMENTS…`: gongkai with other values of `crawler.settings`, as JSON.

For what takes minutes at its real length: silences and slow answers. Hours given as `+2+5` are those from two
seconds after the start to five seconds after it, on the clock of China.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime, timedelta

import crawler.run  # what takes long is loaded before the clock is looked at
import crawler.settings
from crawler.off_peak import CHINA
from gongkai.cli import main


def soon(argument: str) -> str:
    found = re.fullmatch(r"\+(\d+)\+(\d+)", argument)
    if found is None:
        return argument
    now = datetime.now(CHINA)
    begins, ends = (now + timedelta(seconds=int(seconds)) for seconds in found.groups())
    return f"{begins:%H:%M:%S}-{ends:%H:%M:%S}"


if __name__ == "__main__":
    for name, value in json.loads(sys.argv.pop(1)).items():
        assert hasattr(crawler.settings, name), name
        setattr(crawler.settings, name, value)
    assert crawler.run
    sys.argv = [soon(argument) for argument in sys.argv]
    main()
