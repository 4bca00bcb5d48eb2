"""Limits the process that reads hostile files, as far as the system supports it: it cannot use all memory or connect to
anything. The limits are permanent, and hold for every process that it starts.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys

MAX_MEMORY = 2_000_000_000

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2  # of prctl
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""The kernel's numbers for a machine and for its system call `socket`."""

_IO_URING = 425  # it creates sockets, too
_OTHER_CALLS = 0x40000000  # x86_64 has all calls a second time from here on
_LOAD, _IS, _IS_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # of the kernel's filter language
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def confine() -> None:
    """To be called once, before anything is read."""
    if sys.platform == "linux":  # other systems have no such limits, or do not enforce them
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        if machine := _MACHINES.get(platform.machine()):
            _refuse_sockets(*machine)


def _refuse_sockets(machine: int, socket: int) -> None:
    """A kernel without such filters refuses this, and the process continues without them."""
    steps = [
        (_LOAD, 0, 0, 4),  # the machine
        (_IS, 0, 5, machine),
        (_LOAD, 0, 0, 0),  # the call
        (_IS_AT_LEAST, 3, 0, _OTHER_CALLS),
        (_IS, 2, 0, socket),
        (_IS, 1, 0, _IO_URING),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    program = _Program(len(steps), code)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    if prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
        prctl(_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0)
