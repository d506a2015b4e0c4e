"""A whole time for one conversation with a server: when it is over the connection is shut, however slowly the other side drips."""

from __future__ import annotations

import os
import socket
import threading
import time
from types import TracebackType


class Deadline:
    """So many seconds for everything: looking the name up, connecting, the handshake, what is said and every byte of the answer.

    A time-out of a socket is one of each single read; a server that sends a byte a second never meets it.
    """

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._watched: list[int] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self.is_over = False

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self._timer.cancel()
        with self._lock:
            for number in self._watched:
                os.close(number)
            self._watched.clear()

    @property
    def left(self) -> float:
        """Seconds that are left; never nothing, which to a socket means "for ever"."""
        return max(self._ends - time.monotonic(), 0.001)

    def watch(self, connection: socket.socket) -> None:
        """Shut this connection when the time is over; by a second handle, because TLS takes the first one over."""
        with self._lock:
            self._watched.append(os.dup(connection.fileno()))
        if self.is_over:
            self._shut()

    def _shut(self) -> None:
        self.is_over = True
        with self._lock:
            for number in self._watched:
                twin = socket.socket(fileno=os.dup(number))
                try:
                    twin.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass  # it has ended by itself
                finally:
                    twin.close()
