"""A WebDAV server for the folder that is named: run by the Python of the environment `webdav`, with a user and a
password. Prints its address, and ends when its input does."""

from __future__ import annotations

import sys
import threading

from cheroot.wsgi import Server  # type: ignore[import-not-found]
from wsgidav.wsgidav_app import WsgiDAVApp  # type: ignore[import-not-found]

if __name__ == "__main__":
    folder, user, password = sys.argv[1:]
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": folder},
            "simple_dc": {"user_mapping": {"*": {user: {"password": password}}}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
            "verbose": 0,
            "logging": {"enable": False},
        }
    )
    server = Server(("127.0.0.1", 0), app)
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    print(f"http://127.0.0.1:{server.bind_addr[1]}", flush=True)  # noqa: T201 - who started it reads it
    sys.stdin.read()
    server.stop()
