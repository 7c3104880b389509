"""Directory: whom the press may call, and the subjects under which texts are filed.

Texts name contacts and subjects by id, so a new phone number is on every page at once, old releases
included. That is why nobody is ever deleted here: who has left is no longer listed, and cannot be chosen
for a new text, while texts that name them keep doing so.

Beside them the words of the house: what it does not write and what it writes instead, which the checks find in
every text. Every writer reads the list; who publishes keeps it.
"""
