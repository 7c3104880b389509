"""Writing: the desk's pages that are the same for every type of text.

An officer writes, previews, reviews, publishes and withdraws an event as they do a release. What differs
(its fields, its words, how its page is drawn) is a **section**: a small object that each room of texts
registers, and that these pages ask. The states and who may do what are editorial's.

Turned down: a copy of these pages in each room (three places in which an approval could go wrong), and
one form with every field of every type (nobody should see a programme when writing a statement).
"""
