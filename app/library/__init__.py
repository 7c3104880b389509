"""Library: the pictures that pages show.

A file is named by 128 random bits, so that the picture of an unpublished text cannot be
guessed, and it is only given to people who may read a page that shows it. What an officer adds
is decoded and written anew: nothing of the file that came in is ever served, and neither its
place metadata nor anything hidden behind the picture survives.
"""
