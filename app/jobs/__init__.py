"""Jobs: what is owed, and how it gets done although workers die, queues vanish and messages come twice.

Kept here: a row in the table ``job`` for each thing to be done later, written in the very transaction
of the change that wants it (``announce``, ``owe``). After the commit its id is handed to the queue; a
worker (``flask work``) takes the row by one conditional UPDATE, does the job and notes how it ended.
Every few seconds the sweep asks the rooms what has come due, takes back what was lost with a killed
worker, and hands over what the queue never got. The same rows are the progress bar, the cancel
button and the desk's page of running work.

Why so: an event and what follows from it exist together or not at all, and nothing depends on the
queue remembering anything. It carries a number and may be emptied, doubled or late. A job may
therefore run twice: it looks at the world before it changes it.

What somebody waits for before a page (a mailed code) is *urgent*: it has a queue and a thread of its own, so
that neither a newsletter of thousands nor a slow mail server in the other threads holds it up. What encodes a film is
*heavy*: it, too, has a queue of its own, with no more threads than cores, so that films hold up nothing but films.

Turned down: Huey alone (a killed worker took its job with it); Celery, Dramatiq and RQ (each needs a
broker to be installed, or forgets what it had handed out on an embedded one); a queue made of the
table alone (every idle thread would ask the database several times a second).

registry: what can be done · ledger: what is owed · service and queries: the desk's buttons and page ·
turns: one try at a job · queue: the one user of Huey · sweep: what is due, lost or forgotten ·
pulse: a worker's signs of life · reasons: why something failed, in one line · work: ``flask work``.
"""
