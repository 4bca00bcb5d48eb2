"""Writes a generation in its own process, so that questions in the meantime do not wait for Python's lock.

The two processes share a socket: the order goes out, then progress, log records and finally the outcome come back. When
either process ends, the other one sees the end of the stream.
"""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from logging.handlers import QueueHandler
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from footnote.errors import BuildError
from footnote_index.building.progress_meter import LONGEST_SLEEP, ProgressMeter
from footnote_index.building.reports import Progress
from footnote_index.storage import data_folder

if TYPE_CHECKING:
    from footnote_index.building.write import Filled, Order  # not at run time: the order is waited for
    from footnote_index.embedders import Embedder
    from footnote_index.storage.generations import GenerationFolder

_NICENESS = 5
"""The nice value: other processes get three quarters of the processor when they need it."""

_PATIENCE = 30.0
"""Seconds in which a process that has finished its work should end."""

_CUT_OFF = (
    "The process that wrote the index ended unexpectedly, perhaps because memory ran out. The index is unchanged."
)


def write_generation(
    order: Order, target: GenerationFolder, load_embedder: Callable[[], Embedder], meter: ProgressMeter
) -> Filled:
    """Like build.write_generation, with the same errors; `load_embedder` must be picklable.

    The process has ended when this returns or raises. If this process dies, the other one does too.
    """
    ours, theirs = Pipe()
    with ours:
        with theirs:
            process = start_process(theirs)
        try:
            sent = pickle.dumps((logging.getLogger().level, order, target, load_embedder))
            with _unless_cut_off():
                ours.send_bytes(sent)
            written = _follow(ours, meter)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_PATIENCE)  # not killed: Chroma's own threads may still be working
            return written
        finally:
            process.kill()
            process.wait()


def start_process(connection: Connection) -> subprocess.Popen[bytes]:
    """In its own session: Ctrl-C goes to the process that asked for the build, which then ends this one."""
    return subprocess.Popen(  # noqa: S603 - this module
        [sys.executable, "-P", "-m", __name__, str(connection.fileno())],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        pass_fds=[connection.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def _follow(connection: Connection, meter: ProgressMeter) -> Filled:
    from footnote_index.building import write as build

    while True:
        while not connection.poll(LONGEST_SLEEP):
            meter.again()
        with _unless_cut_off():
            message = connection.recv()
        match message:
            case Progress() as told:
                meter.tell(told.stage, told.done, told.total, told.expense)
            case logging.LogRecord() as record:
                logging.getLogger(record.name).handle(record)
            case BaseException() as error:
                raise error
            case build.Filled() as written:
                return written


@contextmanager
def _unless_cut_off() -> Iterator[None]:
    try:
        yield
    except (EOFError, ConnectionError) as error:
        raise BuildError(_CUT_OFF) from error


class _Voice:
    """Sends messages to the process that waits, from any number of threads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = Lock()

    def tell(self, message: object) -> None:
        with self._lock:
            self._connection.send(message)

    put_nowait = tell  # as a queue for log records


def main() -> None:
    """The entry point of the other process."""
    os.nice(_NICENESS)
    connection = Connection(int(sys.argv[1]))
    order = connection.recv_bytes()
    Thread(target=_end_with, args=[connection], daemon=True).start()
    voice = _Voice(connection)
    voice.tell(_outcome(order, voice))


def _end_with(connection: Connection) -> None:
    """Nothing else is ever sent, so the end of the stream means that the waiting process has ended."""
    with suppress(EOFError, OSError):
        connection.recv()
    os._exit(1)


def _outcome(received: bytes, voice: _Voice) -> object:
    from footnote_index.building import write as build

    try:
        level, order, target, load_embedder = pickle.loads(received)  # noqa: S301 - from the process that started this one
        _send_log(level, voice)
        with data_folder.writing(order.cache.parent):
            return build.write_generation(order, target, load_embedder(), ProgressMeter(voice.tell))
    except Exception as error:  # noqa: BLE001 - handed on to the waiting task
        return _to_be_sent(error)


def _send_log(level: int, voice: _Voice) -> None:
    queue: Any = voice  # only its `put_nowait` is used
    logging.getLogger().setLevel(level)
    logging.getLogger().addHandler(QueueHandler(queue))


def _to_be_sent(error: Exception) -> Exception:
    """The error itself with its traceback, or its text when it cannot be pickled."""
    error.add_note(traceback.format_exc())
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - what was just made
    except Exception:  # noqa: BLE001 - libraries' errors cannot all be pickled
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


if __name__ == "__main__":
    main()
