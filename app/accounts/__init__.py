"""Accounts: the people that the newsroom knows, how they show who they are, and what they may open.

Kept here: accounts (address, name, role, language, and a hash of the password) and their sessions.
The browser holds a random token in Flask's signed cookie, and the table its SHA-256: a copy of
the database opens no session, and a copied cookie is dead from the moment of signing out, or of
the account being closed. Turned down: a session wholly in the cookie (signed is not secret, and it
outlives sign-out), and the library's "remember me".

An address is known by a key (rules.email_key), worked out once, in Python: databases fold case
in their own ways, and a second spelling must never be a second account.

Signing in costs the same for known and unknown addresses; tries are counted by what was typed and
by network before any password is hashed, and only so many are hashed at a time that pages go on
being served. Nobody is ever locked out for good by somebody else's tries.

presence: who is there in this request (the one user of flask-login) · guards: whom a page is for ·
hashing: the one user of argon2 · passwords: what a password must be.
"""
