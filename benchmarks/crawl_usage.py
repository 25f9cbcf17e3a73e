"""What one process took, told by itself at its end; and our crawl as such a process.

    python -m benchmarks.crawl_usage TOLD ARGUMENTS…

runs `gongkai` with these arguments, and writes into the file TOLD what it took.
"""

from __future__ import annotations

import atexit
import json
import re
import sys
from pathlib import Path
from time import process_time

from gongkai.cli import main


def tell_at_end(told: Path) -> None:
    """When this process ends, write its peak of memory in bytes and its seconds of the processors, as JSON."""

    def tell() -> None:
        # Not getrusage: its peak begins with that of the process that started this one.
        peak = re.search(r"^VmHWM:\s*(\d+) kB$", Path("/proc/self/status").read_text("ascii"), re.MULTILINE)
        if peak is None:
            raise ValueError("this system does not tell the peak of a process")
        told.write_text(json.dumps({"peak": 1024 * int(peak[1]), "busy": process_time()}), encoding="utf-8")

    atexit.register(tell)


if __name__ == "__main__":
    tell_at_end(Path(sys.argv.pop(1)))
    main()
