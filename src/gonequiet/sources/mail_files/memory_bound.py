"""How much memory a process that reads somebody else's bytes may take."""

from __future__ import annotations

import contextlib
import resource
from pathlib import Path


def bound_memory(more: int) -> None:
    """Bounds this process to what it holds already and so many bytes more, where that can be.

    What it holds is inherited: the threads and libraries of a large parent count as well.
    """
    bound = _held_bytes() + more
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))


def _held_bytes() -> int:
    with contextlib.suppress(OSError, ValueError, IndexError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.partition("VmData:")[2].split(None, 1)[0]) * 1024
    return 0
