"""Downloads: files that media users take away: whole ones, and the very part of a video that they asked for.

What is asked for here is described by a **source** (sources.py): the room of its type says, of an edition that this
person may read now, what it is called, which master it shows, and what goes with it: credit, restrictions, captions.

A **part** is what is prepared: an interval of a master in frames, a mode and a format. Its *build key* names exactly
what will be in the file, so what two people ask for is built once and shared; each of them has a **request** of
their own. A part is made by a job that is owed for *a* part, not for this one: whoever takes it up makes the part
whose turn it is, and turns go round between accounts. So nobody's twenty requests delay somebody else's first.

The row of a part names its file before that file is written, and goes on naming it until it is deleted. Whatever
happens in between, no file is kept that no row knows, and none is given whose row does not say that it is ready.

Rights are asked when a part is asked for, while it is made, and at each opening: withdrawn, corrected, moved under
an embargo, it stops, or is no longer given. What was taken is in a **log** of its own: which version, which rendition
or interval, when, under which conditions; so whoever holds what turns out to be wrong can be told.

Turned down: a job for each part (first come, first served: the queue knows nothing of accounts); files named by
what they hold alone (two rows would share one, and neither could delete it safely); counting requests of a part
instead of keeping them (nobody could be told, and cancelling would be guesswork).
"""
