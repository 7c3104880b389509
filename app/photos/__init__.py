"""Photos: sets of photos, from one to two hundred, each with the words that the press needs beside it.

A set carries the words of its photos. Captions, alternative texts and who is seen from left to right stand in the
revision of the set, as the programme stands in an event and the questions in a topic page; files stand in the library.
So thirty photos of a summit are one thing to describe, to review (four eyes read thirty captions on one page, and
decide once), to publish at an hour, to correct with a note, and to withdraw. What is said once for the set (credit,
copyright, terms, place, day) holds for each photo that says nothing else: "the same for all" is what is there when
nothing is typed, not a copy in thirty fields that drift apart. A set of one is a photo, and its page says nothing of
sets.

A photo has a key in its set, made of its file when it comes in; its address is the set's with that key behind it. So
links survive another order, and a number in an address never lies. A photo that readers saw and that was taken out
answers 410.

Turned down: a text of its own for each photo, with sets that list them. An office would review and publish ninety
texts (thirty photos in three languages) where it now decides three times, or get an act that decides ninety times
unseen; a set would show what is public of it at the moment, so that nobody could say what was approved; and a caption
corrected in one set would be silently corrected in another. The price is that a photo in two sets has its words twice:
describing it again begins with what its file says.
"""
