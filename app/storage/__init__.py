"""Storage: files by key, on this machine's disk or in a bucket that speaks S3, by settings alone.

A key is ours ("pictures/<random>/640.jpg"), never a name that somebody typed. A file is whole or not there: on disk it
is written beside and renamed, and S3 shows an object when all of it has arrived. Whoever serves a file asks whether it
may be seen before this room is asked for it (serving.py): nothing here is reached by an address of its own.

S3 is spoken by boto3, which is imported where a bucket is set and nowhere else: it takes 30 MB of memory.
"""
