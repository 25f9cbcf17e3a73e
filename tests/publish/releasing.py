"""Makes a release and dies in it: `python -m tests.publish.releasing DATA VERSION`.

Every line of its input, an audit event and how the name of a file ends, is one try, by a process of its own that dies
right before such an event about such a file. Prints how each ended: 0, or minus the signal.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from pipeline.publish.release import release
from pipeline.publish.version import Version


def dies(data: Path, version: Version, event: str, name: str) -> None:
    """Release, and die right before the event."""

    def watch(met: str, arguments: tuple[object, ...]) -> None:
        if met != event:
            return
        writes = met != "open" or (isinstance(arguments[2], int) and arguments[2] & os.O_WRONLY)
        if writes and str(arguments[0 if met == "open" else 1]).endswith(name):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    release(data, version)


def main(data: Path, version: Version) -> None:
    """Each try in a fork: to import all of it again would cost more than most tries."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            dies(data, version, *line.split())
            os._exit(0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Version.of(sys.argv[2]))
