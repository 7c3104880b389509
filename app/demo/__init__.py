"""The demonstration: what a new newsroom is filled with, so that it looks and behaves like a real one.

Two releases tell of real meetings, in our own sentences and from the public record; everything else
is about an International Secretariat that does not exist and people whom we invented. ``content``
lists the stories, topics and contacts, ``pictures`` the drawings, and ``seed`` takes them through
the same services that officers use: what the demonstration shows was written, approved and published
like any other text.

Kept as Python and not as a dump of rows: a dump ages with every migration, and cannot be read,
corrected or compared from one language to the other. Texts made by a machine from templates alone
were turned down: lists of them look like lists of nothing.
"""
