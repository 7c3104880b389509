"""Proving: somebody says that an e-mail address is theirs, and shows it by a code from a mail to it.

A *proof* is one such attempt in one browser: its purpose (register, reset, change), the address as it was typed,
and where the person wants to go afterwards. A *code* is one mail of it: six digits that count for 30 minutes, the
newest alone, once, and for five tries. The browser holds a random token, the table its digest.

There is a proof for every address that is typed, known or not, and a code for each: pages, limits and rows are the
same, so that nobody learns who has an account. Only the job that writes the mail looks the address up. Turned down:
an account that waits for its code. Who registers somebody else's address would have made one with a password of
their own, in the way of its owner; here each registration is its own (media_users.Registration), and only the one
whose code comes back becomes an account.

The digits are born in the job that mails them, and kept as a digest under the newsroom's secret, made of the proof as
well: neither queue nor log nor a copy of the database tells them, and those of one proof are worth nothing for another.
The mail's link carries, behind its #, the digits and a key of 128 bits. Nothing behind a # reaches a server, a log or
another site; the page's script fills it in, and without script one types six digits. Who brings the key has read the
mail: so wrong guesses of strangers, which after fifteen in a day make any typed code wrong, never lock its owner out.

What became of a mail is told on the page of a registration, whose address gets a mail in any case. Of a forgotten
password it tells only whether the mail server answers at all; so the job greets the server, too, where it has nothing
to write. The caps on codes and on guesses are counted in these tables, for an address and over all its attempts: a
right code must not count as a guess, and what is refused is refused in the very transaction that would have sent it.

rules, queries and service as everywhere · codes: digits, keys, digests · jobs: the mails, and what is erased.
"""
