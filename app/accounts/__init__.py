"""Accounts: the people that the newsroom knows, how they show who they are, and what they may open.

Kept here: accounts (address, name, roles, language, and a hash of the password), their sessions, their second
factors, and invitations. rules.RIGHTS says which roles have which right; guards ask for rights.

The browser holds a random token in Flask's signed cookie, and the table its SHA-256: a copy of
the database opens no session, and a copied cookie is dead from the moment of signing out, or of
the account being closed. Turned down: a session wholly in the cookie (signed is not secret, and it
outlives sign-out), and the library's "remember me", which is one word for ever. Ours is a token that is used once and
replaced at each return, for those without a role at the desk: a replaced one that comes again was copied, and ends
the sessions that came of it (service/remembering.py).

An address is known by a key (rules.email_key), worked out once, in Python: databases fold case
in their own ways, and a second spelling must never be a second account.

Signing in costs the same for known and unknown addresses; tries are counted by what was typed and
by network before any password is hashed, and only so many are hashed at a time that pages go on
being served. Nobody is ever locked out for good by somebody else's tries: who proves the address by a mailed code is
let in at once. While wrong passwords come from everywhere, everybody waits a few seconds.

After the password comes the second factor: six digits that count with the clock (TOTP), each used once, or a
recovery code. Until then a session is halfway and opens nothing; it is another session after each step.
SECOND_FACTOR=optional is for demonstrations, whose passwords are public anyway. The secret is made of a seed
that is kept and of SECRET_KEY, which the database does not hold (factor.py says what was turned down).

An invitation's link is born in the job that mails it; the table keeps a keyed digest, the queue and the log
nothing. A worker that is killed between posting and noting it posts another: the newer link is the one that works.

presence: who is there in this request (the one user of flask-login) · guards: whom a page is for ·
hashing: how many passwords at a time · hasher: the one user of argon2, in a process that steps back ·
passwords: what a password must be · factor: the one user of pyotp and segno · keys: digests under our secret ·
browsers: which browser it was, in words.
"""
