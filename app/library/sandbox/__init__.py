"""Sandbox: files that came from outside are decoded in a process of their own, and only there.

A worker calls ``running.work("studio.looking.look", …)``: a function of ours, in another process, with one file
to read and an empty folder to write to. What comes back is plain JSON and files of that folder; or a Problem
with a code for which wording.py has words. A decoder that crashes, hangs, or wants all memory is such a Problem,
and nothing else.

What holds the process, and where (``Made.walls`` names those that the kernel granted):

- everywhere: its time (CPU and by the clock), address space, size of files, open files, no core dumps; a low
  priority; an environment without our settings; a session of its own, killed as a whole; a folder that is
  always removed, by whoever comes next if the worker was killed with it;
- on Linux: it dies with its worker (PR_SET_PDEATHSIG); no new privileges; seccomp (x86-64, arm64) refuses sockets
  of every kind, mounts, tracing of others, new namespaces: so there is no network whatever else is granted;
- Landlock (Linux 5.13, in Debian since 12): of all files it reads Python, our code, ffmpeg and the one file that it
  is given, and writes only to its folder; from 6.7 on no TCP either, from 6.12 on no signal to others;
- namespaces (Debian as it comes; not in most containers, nor in Ubuntu from 24.04 on): a network without interfaces,
  and processes that all end with the first.

No user, no service and no setting is needed. Turned down: a container or bubblewrap (to be installed, and neither
works inside most containers), nsjail and systemd-run (the same), a WebAssembly decoder (slower by far, and no
broadcast codecs), doing it in the worker with Python's resource limits (one crash takes every job with it).

running: the worker's side · inside: the other side's first lines · walls: what the kernel is asked for.
"""
