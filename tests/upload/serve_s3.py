"""An S3 server: run by the Python of the environment `s3`. Prints its address, and ends when its input does."""

from __future__ import annotations

import logging
import sys

from moto.server import ThreadedMotoServer  # type: ignore[import-not-found]

if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    print("http://{}:{}".format(*server.get_host_and_port()), flush=True)  # noqa: T201 - who started it reads it
    sys.stdin.read()
    server.stop()
