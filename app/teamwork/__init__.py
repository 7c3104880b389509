"""Teamwork: what several people do around one text before readers see it.

Comments at a paragraph, who is asked to do what, who has a text open, drafts that save themselves,
versions compared and put back, previews for outsiders, a translation beside its source. None of it decides
anything: what is approved or public stands in editorial, and every change of a text goes through its acts.

These pages belong to no type of text, so the room stands above ``writing`` and is its **guest**
(``app/writing/beside.py``): the common pages ask it what stands beside a text.

A comment knows its paragraph by number *and* by words, so that it is found again when the text moves; a mark in
the text itself was turned down, because the text would then change with every comment, and lose its approval.
"""
