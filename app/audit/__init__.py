"""Audit: who did what, to which thing, and when.

An entry is written in the transaction of the act that it tells of, so neither exists without
the other. Entries are never changed or deleted: the database itself refuses (a trigger), and
each carries the hash of the one before, so that a change made behind our back shows. A log
file was turned down: it can lag behind the database or get lost without it.
"""
