"""Cutting: exactly the frames that were asked for out of a master, in the master's own quality.

A part runs from its in frame up to, and without, its out frame: out minus in is its length. Frames are counted from 0
in the order in which they are shown; the master's timecode is only ever their name (library/rates.py).

Three things can be done, and planning.plan says beforehand which of them will be, and why:

- *copy*: every packet as it is. Formats in which each frame stands alone (ProRes, DNxHD, AVC-Intra, DV…), cuts that
  happen to lie on key frames, and the mode *fast*, which moves the cuts there and says where they came to lie.
- *edges*: H.264 is copied from the first key frame in the part to the last frame that needs none after the part, and
  only what is left at both ends is encoded, frame by frame: at most one group of pictures at the head, a few frames at
  the tail. The encoded frames have parameter sets of their own beside the master's in one avcC, so that the file is a
  plain avc1 that every player reads. (Turned down: in-band parameter sets, avc3, which several do not; an edit list
  over frames that are in the file and not shown, which editing programs show all the same; smartcut and other ways
  of joining files, which came out a frame short.)
- *whole*: everything is decoded and encoded again, to H.264 of high quality: for smaller formats, and with a reason
  in words where a master allows nothing else.

A part says nothing of what its master says of itself but the languages and the timecode: least of all where it was
filmed. (The original is given out as it came, and does; officers are told so at the desk.)

Whatever was made is counted before it is handed over. Sound is copied (cut to the sample where it is PCM, to the packet
with an edit list where it is compressed), timecode and metadata are written, and memory stays that of a few frames
whatever the length.

values: what is known of a master, of a plan and of a part, as JSON · planning: what will be done, and the refusals ·
opening: opens masters · reading: makes an Index of a file · parts: cuts · doors: where both are called, in a process of
their own (library/sandbox) · pictures (copied and joined), anew (encoded), sound, h264: the hands of parts. Everything
but planning knows neither Flask nor the database; only opening, reading, parts, pictures, anew and sound know PyAV, and
no process that answers requests ever loads it.
"""
