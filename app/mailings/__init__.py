"""Mailings: an issue on its way to everybody who is to have it, once.

**Planning** makes a delivery for each person, by the database alone (INSERT … SELECT over windows of subscribers), in
the act that moves the mark ``planned_until_id``: killed at any point, it goes on where it stood. An edition's language
and the items that match somebody's topics are decided here. Planned again (a text appears in another language), it
adds who was left out and touches nobody else.

**Carrying** is done by one thread for each carrier, which drives up to NEWSLETTER_CONNECTIONS connections at once
(app/mail/relay.py). A carrier *leases* a few hundred deliveries; on PostgreSQL by SKIP LOCKED, so that carriers on
many machines never wait for each other. Before a mail is begun, one small act notes what became of the mails that
were answered since, and marks the next ones as *sending*, for all connections that are free at that moment: so each
mail is known to be under way before it can arrive, and that act asks once more whether its reader is still active, not
suppressed, at the same address as when it was leased, and the issue not paused. Who leaves is not written to after
that, whatever was leased; who moved gets it at the new address. After that act a carrier asks once more for the letter:
it keeps those that are ready (ready.py) for one *standing* of what readers see, so that no mail that begins after a
withdrawal was kept tells of the withdrawn text. Where RSA signs them, the next mails are filled in and signed in
threads beside, while others are under way (filling.py); what was signed of a letter that is no longer ready is thrown
away.

What became of mails is kept in memory until the database took it, however busy that is: forgotten, it would mean a
second mail. A carrier that fails hears what is under way before it lets go.

A carrier that is killed leaves at most one mail in doubt for each of its connections. They are sent once more when
their lease is over, under the same Message-ID, and counted. Whoever wants at most one for each kill sets
NEWSLETTER_CONNECTIONS to 1 and runs several workers. Turned down: committing for each mail by itself (the database
becomes the brake), a whole batch at a time (a kill repeats the batch), a connection in each thread (Python's lock costs
more than they bring), and a process beside the worker that outlives it (it can be killed, too).

A carrier that finds the server away keeps what it leased, waits (1, 2, 4 … 60 seconds, the breaker; connections that
fail together are one failure), and comes back a minute after a turn without success; nothing counts as tried. An answer
4xx defers one mail for minutes, then hours; after 18 times, which take two days, it is given up, which is neither a
refusal nor an arrival. It works for half a minute at a time and then owes itself
again, so that other jobs have their turns, and steps back for pages (its thread is nice).

The numbers of an issue always add up, because they are counted from its deliveries, each of which is in one state.
Whoever has no delivery is explained by the same words for the database that planning used (audience, explaining).
"""
