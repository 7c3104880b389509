"""The newsletter: who asked for it and how that was proven, what is written to them, and what became of each mail.

A *subscriber* is an address that wants mails: of which kinds, on which topics, in which language, and what is to be
done when a text is missing in it. A *consent* is what its owner said yes to, in the words that they saw; the database
itself lets nobody change one (it is confirmed once, withdrawn once, erased with the person). What somebody types on a
page is a *request*: for a known address as for an unknown one the page does the same work, and a job finds out later
which it was. An *issue* is one thing that is written to many (an alert, a summary, one made by hand, a correction), in
up to three *editions*; a *delivery* is that issue to one person, and the only truth about it.

Suppression. An address that is refused for good, complained, or was closed by an administrator is kept as a keyed
digest, which outlives the erasure of its owner. Two triggers of the database hold that nobody with such a digest waits,
is active or is paused, whoever writes (an import, a migration, a colleague's query): so planning, which takes the
active alone, cannot write to one. Whoever takes a delivery to send it asks once more (``queries.may_write_to``), as the
address may have been suppressed since. The digests are made with SECRET_KEY: a newsroom that changes it forgets the
suppressions of those who were erased.

Links in mails hold no address: an id, a purpose, where it matters a day, and 128 bits that only we can make (tokens).
No row is kept for a link. ``token_version`` is part of what is signed, but in links to leave, which never die: raise
it, and every other link of before is dead.

The forms here ask for no token and set no cookie, so that they work on pages from a cache and for readers who refuse
cookies. A token keeps another site from acting with what a browser brings along; these forms look at nothing that a
browser brings along. Whoever sends one from elsewhere does what they could do with a program of their own: have one
mail sent to an address, within limits, or use a link that they hold. A browser that says it comes from another site is
turned away all the same (app/web/hosts.py).

Whom an issue goes to is asked in windows of subscribers' ids (``id > a AND id <= b``): so planning takes the same
memory for a thousand and for a million, goes on after a crash where it stood (``planned_until_id``), and is linear.
Each kind of mail has a partial index of those who are active and want it, so that others cost nothing; topics are rows
of their own, clustered by topic. Turned down: a bit mask of topics (there may be more than 62,
and one that is removed would leave its bit behind for the next), LIMIT with ORDER BY over several topics (sorted anew
for each batch, so quadratic), and a list in JSON (no index).

A delivery is planned with its Message-ID. It is *queued*, then *leased* by a worker until ``lease_until``; *sending* is
written down before the last byte of its text is handed over, and ends as *accepted*, *deferred* (again from
``next_try_at`` on) or *refused*. What was never handed over ends as *suppressed*, *left* or *stopped*. A row whose
lease is over while it is still *leased* was not handed over: it is queued again. One whose lease is over while it is
*sending* is in doubt, as the server may have taken it: it is sent once more, under the same Message-ID, and counted in
``repeats`` for the officer. So nobody is skipped, and nobody gets two mails that their program does not show as one, at
most one for each worker that was killed. Never twice and never lost cannot both be had over SMTP; lost was turned down.

A digest holds what was published since the last, and each person gets the items of their topics: ``Delivery.items``
says which, bit by bit in the order of the issue's items (at most 62); so a text that matches three of somebody's topics
comes once. An alert is one issue for an item in all its languages: who got it in English is not written to again when
the French text follows. Addresses are never copied into a delivery: it goes to where the subscriber is at that moment.

Who leaves stays known for 30 days, so that they can come back; what is erased is emptied, and its deliveries keep a
number alone, so that the figures of an issue still add up.

models: rows, by what they are about · addresses: digests · tokens: links · returns: where mails come back · headers ·
rules, queries, service: subscribers.
"""
