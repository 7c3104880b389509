"""Limits: so many tries in so long, shared by every process of the newsroom.

Kept here: when each key was last let through, and nothing of whose key it is. Addresses and account
names are kept only as digests under the newsroom's secret, and no longer than their window lasts.

The window moves: five in a quarter of an hour means in any quarter of an hour, not five at 14:59 and
five more at 15:00. Redis keeps the count for several machines (REDIS_URL); otherwise a file in
INSTANCE_DIR does, for all processes of one machine. Counting in each process's memory was turned
down: with N processes, N times the limit. When Redis is away, each machine counts in its file until
it is back; when that fails too, each use says whether it then lets through or refuses.

storage: the file, and Redis by our clock · limits: allow, check, clear, and whose network it is.
"""
