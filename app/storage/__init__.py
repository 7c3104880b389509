"""Storage: files by key, on this machine's disk or in a bucket that speaks S3, by settings alone.

A key is ours ("pictures/<random>/640.jpg"), never a name that somebody typed. A file is whole or not there: on disk it
is written beside and renamed, and S3 shows an object when all of it has arrived. Whoever serves a file asks whether it
may be seen before this room is asked for it (serving.py): nothing here is reached by an address of its own.

What is large is kept under its own SHA-256 (keeping.py), taken while it is written: a file comes once, never changes,
and can be checked at any time (`flask storage check`, check.py). It is given out in constant memory, by ourselves or by
who does that better, and so that slow lines never hold all threads (places.py). A store that fails says Away, one that
is full Full, both in words for people at the edge (web/errors.py).

S3 is spoken by boto3, which is imported where a bucket is set and nowhere else: it takes 30 MB of memory.
"""
