"""Editorial: what every text shares, whatever page it becomes.

An **item** (a release, later an event or a topic page) has up to three **editions**, one per
language. Each save of substance keeps a numbered **revision**, a whole snapshot that never
changes. What readers see is a pointer to a revision and a moment from which it may be read:
nothing is copied at publication, and reading compares the clock, so a text is public at its
moment even when no worker runs.

Facts that the languages share (kind, date, topics, contact, pictures) are part of every
snapshot too. Changing one of them makes a revision in each edition of the item, and so voids
each approval: what two people read is what goes out.

Turned down: one row per published version with copied columns (two truths); a separate table
for drafts (an approval could then be of a text that nobody published); numbers by a database
sequence (sequences leave gaps when a transaction is undone).
"""
