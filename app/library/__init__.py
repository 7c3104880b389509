"""Library: the files behind the pages: pictures of texts, and masters of videos and photos with what is made of them.

A **picture** stands in a text. Its file is named by 128 random bits, so that the picture of an unpublished text cannot
be guessed, and it is only given to people who may read a page that shows it. What an officer adds is decoded and
written anew: nothing of the file that came in is ever served, and neither its place metadata nor anything hidden
behind the picture survives.

A **master** is a video or a photo as it came, kept untouched under the digest of its content; **renditions** are made
of it by the worker: poster, preview, hover strip, waveform, sizes. Which page shows a master, and in which words, is
told by revisions of the rooms above (a video's facts name its master), so a better master is a new revision, with the
review, embargo, correction and withdrawal that every text has. A file is given to everybody while an edition that
everybody may read shows its master, and to officers always; what of it needs an account is decided above.

Turned down: one table of "assets" with a state of its own beside that of the texts (two truths about what is public);
files under the names that people gave them (they hold anything, and tell).
"""
