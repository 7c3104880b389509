"""Embargoes: texts that newsrooms read before their hour, each at an address of its own; and who has read them.

An officer opens a text under embargo to groups of media users (editorial, accreditation). They find it in their account
and read it there, at an address with a random key that is not told to anybody else. The public address answers 404 to
everybody until the hour. Turned down: showing the text at its public address to those who may. A public page would then
depend on who asks; every cache between us and readers keeps what it got at that address, and one wrong header, once,
would hand an embargoed text to all the world. Here no public address ever has it, and no answer here may be kept.

What is shown is the approved revision, never a working text. The rights are asked at every opening: suspended, leaving,
taken out of the group, group closed, embargo taken back, text changed: the address answers as one that never was. At
the hour it leads to the public page, by the clock, though no worker runs. Its pictures, films, photos and captions
are only given by this address (library/showing.py).

Each opening is counted; the first of a person and a day is an entry of the log. Nothing is written of an address that
does not open. The room is a *guest* of the pages on which texts are written, as teamwork is.
"""
