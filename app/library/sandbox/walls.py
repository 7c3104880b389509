"""What the kernel is asked for: limits, and walls around this process. Imported in the sandboxed process alone.

Spoken to the kernel directly (ctypes), as Python has no words for most of it. Numbers are those of Linux' headers:
linux/landlock.h, linux/seccomp.h, linux/prctl.h, asm/unistd.h.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
_CLONE_NEWIPC, _CLONE_NEWUSER, _CLONE_NEWPID, _CLONE_NEWNET = 0x08000000, 0x10000000, 0x20000000, 0x40000000

_libc = ctypes.CDLL(None, use_errno=True)


def _prctl(option: int, value: int = 0, *more: object) -> bool:
    arguments = [ctypes.c_ulong(value), *(more or (ctypes.c_ulong(0),) * 3)]
    return _libc.prctl(ctypes.c_int(option), *arguments) == 0


def _syscall(number: int, *arguments: object) -> int:
    return _libc.syscall(ctypes.c_long(number), *arguments)


def die_with_parent() -> None:
    """Be killed when the thread that started this process ends, however it ends."""
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def set_limits(*, cpu_seconds: int, memory_bytes: int, file_bytes: int, open_files: int) -> None:
    """Limit this process, and each that it starts."""
    for kind, value in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_NOFILE, open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(kind)
        value = value if most == resource.RLIM_INFINITY else min(value, most)
        with suppress(ValueError, OSError):  # macOS has no limit of address space
            resource.setrlimit(kind, (value, value))


def in_namespaces() -> bool:
    """Move to a network without interfaces, and let the next child be the first of its own processes.

    False where the kernel refuses: then nothing has changed.
    """
    if sys.platform != "linux":
        return False
    uid, gid = os.geteuid(), os.getegid()
    if _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWPID | _CLONE_NEWIPC) != 0:
        return False
    with suppress(OSError):  # without its own number a process goes on as nobody, and its files are the same
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
    return True


def give_up_privileges() -> None:
    """Drop every capability (also those over a namespace of one's own), and gain none by starting a program."""
    if sys.platform != "linux":
        return
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    header = struct.pack("Ii", 0x20080522, 0)
    _libc.capset(ctypes.c_char_p(header), ctypes.c_char_p(b"\0" * 24))
    _prctl(_PR_SET_DUMPABLE, 0)


# Landlock: which files

_ANY_ARCH_CREATE_RULESET, _ANY_ARCH_ADD_RULE, _ANY_ARCH_RESTRICT_SELF = 444, 445, 446
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
# For the folder: all but to make devices, sockets, pipes and links, and to move a file to where it may be run.
_CHANGE = _READ_FILE | _READ_DIR | _WRITE_FILE | _TRUNCATE | 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # how many rights each version of Landlock knows


def landlock_version() -> int:
    """Return which Landlock this kernel has, 0 for none."""
    if sys.platform != "linux":
        return 0
    return max(0, _syscall(_ANY_ARCH_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1)))


def only_files(*, read: Iterable[Path], change: Iterable[Path]) -> bool:
    """From now on only read (and run) what is below ``read``, and only change what is below ``change``.

    False where there is no Landlock. Raises OSError when there is and it cannot be set up.
    """
    version = landlock_version()
    if not version:
        return False
    handled = (1 << _RIGHTS.get(version, 16)) - 1
    # No TCP (version 4), no signal and no abstract socket to a process outside (version 6).
    attributes = struct.pack("QQQ", handled, 3, 3)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = _checked(
        _syscall(
            _ANY_ARCH_CREATE_RULESET,
            ctypes.c_char_p(attributes),
            ctypes.c_size_t(len(attributes)),
            ctypes.c_uint32(0),
        )
    )
    try:
        for paths, rights in ((read, _READ), (change, _CHANGE)):
            for path in paths:
                _allow(ruleset, path, rights & handled)
        _checked(_syscall(_ANY_ARCH_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)))
    finally:
        os.close(ruleset)
    return True


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not path.is_dir():
            rights &= _OF_A_FILE
        rule = struct.pack("=Qi", rights, place)
        _checked(
            _syscall(
                _ANY_ARCH_ADD_RULE,
                ctypes.c_int(ruleset),
                ctypes.c_int(1),
                ctypes.c_char_p(rule),
                ctypes.c_uint32(0),
            )
        )
    finally:
        os.close(place)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


# seccomp: which calls

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_REFUSED = {  # (x86-64, arm64)
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206), "sendmsg": (46, 211), "sendmmsg": (307, 269),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "unshare": (272, 97), "setns": (308, 268),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "mount_setattr": (442, 442), "open_by_handle_at": (304, 265), "bpf": (321, 280), "perf_event_open": (298, 241),
    "userfaultfd": (323, 282), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104), "kexec_file_load": (320, 294),
    "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225), "syslog": (103, 116), "acct": (163, 89),
}  # fmt: skip
_KILL, _REFUSE, _ALLOW_CALL = 0x80000000, 0x00050000 | 1, 0x7FFF0000  # 1 is EPERM


def without_network() -> bool:
    """Refuse, from now on, sockets and what could lead out of the walls; False where the machine is of another kind.

    Needs give_up_privileges() first.
    """
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _ARCHITECTURES:
        return False
    column = list(_ARCHITECTURES).index(machine)
    program = _program(_ARCHITECTURES[machine], [numbers[column] for numbers in _REFUSED.values()])
    buffer = ctypes.create_string_buffer(program, len(program))
    told = struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(buffer))
    return _prctl(_PR_SET_SECCOMP, 2, ctypes.c_char_p(told), ctypes.c_ulong(0), ctypes.c_ulong(0))


def _program(architecture: int, numbers: Sequence[int]) -> bytes:
    """Return a filter (BPF, linux/bpf_common.h) that refuses these calls and kills what speaks another architecture."""
    load, jump_equal, jump_at_least, answer = 0x20, 0x15, 0x35, 0x06
    lines = [
        (load, 0, 0, 4),
        (jump_equal, 1, 0, architecture),
        (answer, 0, 0, _KILL),
        (load, 0, 0, 0),
        (jump_at_least, 0, 1, 0x40000000),  # x32, the other numbers of the same machine
        (answer, 0, 0, _KILL),
    ]
    for left, number in zip(range(len(numbers), 0, -1), numbers, strict=True):
        lines.append((jump_equal, left, 0, number))
    lines += [(answer, 0, 0, _ALLOW_CALL), (answer, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
