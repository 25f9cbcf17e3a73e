"""Tasks on a Dask cluster, which end well though workers die and the scheduler is started again."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any

from distributed import Client, Future, WorkerPlugin
from distributed.client import ClosedClientError
from distributed.comm import get_address_host
from distributed.scheduler import KilledWorker
from tornado.ioloop import IOLoop

from pipeline.problem import InputProblem, Problem

_TRIES = 6  # of one task. Dask itself tries it on four workers each time before it gives up
_ANSWER = 30.0  # seconds in which a scheduler answers that is there
_PATIENCE = 600.0  # seconds in which a scheduler that was lost is to come back
_LOST = (CancelledError, ClosedClientError, OSError, TimeoutError)  # what Dask says without its scheduler


class Unequipped(ConnectionError):
    """Raised by a task whose worker does not hold what `Engine.equip` gives to all: their scheduler is another one."""


@dataclass(slots=True)
class Task:
    """A call that may be made more than once, with the same effect. `name` is its own."""

    name: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    retries: int = 0  # after what it raises
    future: Future | None = None


class Engine:
    """A connection to a scheduler, on a running loop. For one thread."""

    def __init__(self, address: str, say: Callable[[str], None], loop: IOLoop) -> None:
        self._address = address
        self._say = say
        self._loop = loop
        self._plugins: dict[str, WorkerPlugin] = {}
        self._listeners: dict[str, Callable[[Any], object]] = {}
        self._waiting: dict[str, Task] = {}
        try:
            get_address_host(address)  # a client that met no address would not be closed
            self._client = self._connect()
        except ValueError as error:
            raise InputProblem(
                f"{address} is no address of a scheduler ({error}). One is tcp://host:8786."
            ) from error
        except OSError as error:
            raise Problem(
                f"No scheduler of Dask answers at {address} ({error}). Start one with `dask scheduler` and name "
                "the address that it prints."
            ) from error
        say(f"The dashboard of the cluster: {self._client.dashboard_link}")
        if not self.slots():
            say("The cluster has no worker yet; the work begins when one joins.")

    def slots(self) -> int:
        """How many tasks the workers do at a time, all together."""
        try:
            return sum(self._client.nthreads().values())
        except _LOST:
            return 0  # who waits for a task finds that the scheduler is lost, and reconnects

    def equip(self, name: str, plugin: WorkerPlugin) -> None:
        """Have every worker, now and later, hold `plugin`."""
        self._plugins[name] = plugin
        self._client.register_plugin(plugin, name=name)

    def strip(self, name: str) -> None:
        """Take a plugin away from all workers."""
        del self._plugins[name]
        with suppress(*_LOST, ValueError):  # a scheduler that was started again knows nothing of it
            self._client.unregister_worker_plugin(name)

    def listen(self, topic: str, hear: Callable[[Any], object]) -> None:
        """Hear every event of a topic, in another thread; what is told while the scheduler is lost is not heard."""
        self._listeners[topic] = hear
        self._client.subscribe_topic(topic, lambda event: hear(event[1]))

    def submit(self, task: Task) -> None:
        """Have a task done some time; to be followed by `result` or `forget`."""
        self._waiting[task.name] = task
        with suppress(*_LOST):
            self._send(task)

    def result(self, task: Task) -> Any:
        """What a task gives, however often it takes. Raises what the task raised, or Problem where the cluster cannot
        do it.
        """
        last: BaseException | None = None
        for _ in range(_TRIES):
            try:
                value = self._send(task).result()
            except KilledWorker as error:
                task.future, last = None, error
            except _LOST as error:
                last = error
                is_own = task.future is not None and task.future.status == "error"
                if is_own and not isinstance(error, Unequipped):
                    task.future = None
                else:
                    self._reconnect()
            else:
                self._waiting.pop(task.name, None)
                return value
        raise Problem(
            f"The cluster could not do the piece {task.name} of the work, tried {_TRIES} times ({last}). "
            "Look into the logs of the workers; the same command begins again."
        ) from last

    def forget(self) -> None:
        """Have nothing more done of what waits."""
        futures = [task.future for task in self._waiting.values() if task.future is not None]
        self._waiting.clear()
        with suppress(*_LOST):
            self._client.cancel(futures)

    def close(self) -> None:
        """Let go of the cluster, which stays as it is."""
        _close(self._client)

    def _send(self, task: Task) -> Future:
        if task.future is None:
            task.future = self._client.submit(
                task.function, *task.arguments, key=task.name, retries=task.retries, pure=False
            )
        return task.future

    def _connect(self) -> Client:
        with ExitStack() as undone:
            client = Client(self._address, timeout=_ANSWER, set_as_default=False, loop=self._loop)
            undone.callback(_close, client)
            for name, plugin in self._plugins.items():
                client.register_plugin(plugin, name=name)
            for topic, hear in self._listeners.items():
                client.subscribe_topic(topic, lambda event, hear=hear: hear(event[1]))
            undone.pop_all()
        return client

    def _reconnect(self) -> None:
        """Wait for the scheduler and ask it for all that waits: it knows nothing of what it was asked for before."""
        self._say("The scheduler of the cluster is lost; waiting for it.")
        self.close()
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                self._client = self._connect()
                for task in self._waiting.values():
                    task.future = None
                    self._send(task)
            except _LOST as error:
                if time.monotonic() > until:
                    raise Problem(
                        f"The scheduler at {self._address} was lost and did not come back in {_PATIENCE:.0f} s. "
                        "Start it, and give the same command again."
                    ) from error
                time.sleep(1.0)
            else:
                return


def _close(client: Client) -> None:
    with suppress(*_LOST):
        client.close(timeout=_ANSWER)
