"""Videos: what a film shows, second by second, in the words of each language, and which part of it somebody wants.

A video is a text like every other: its revisions name the master in the library, so that a better file, a corrected
shotlist and a withdrawal go the same way as a changed sentence, under four eyes and with the same notices. Where shots
and restrictions stand is a fact of all languages (frames of the master); what they say, the captions and the transcript
are the words of one.

Captions are a file that is cleaned and kept under the digest of its content, and named by the revision: a version that
readers saw can be shown with the captions that it had. Its transcript is kept with it as words, so that two versions
can be compared and a search finds what was said.

The page of a video knows what was chosen from its address alone (app/library/passage.py): a passage can be sent to a
colleague, works without script, and is the same for everybody. Turned down: a selection kept in a session (no address
to send, and a page that no cache could hold); captions as rows of a table (an approval would be of words that can
change behind it).
"""
