"""Studio: what is in a file that came in, and what is made of it. Runs in a sandbox, without Flask and the newsroom.

kinds      which of the few types that we take a file is, by its first bytes; no name is ever believed
boxes      an MP4 or MOV file's own table of contents: what it refers to, whether all of it is there
looking    reads a file's technical data, refuses what we do not take, warns of what an officer should know
plans      which renditions a master gets (nothing is loaded for that: the web process asks, too)
pixels     opening a picture within limits, upright, in colours of a screen
photos     a photo's sizes in AVIF, WebP and JPEG, HD, and the original as it is given out
labels     IPTC: what a photo says of itself, read from IIM, XMP and EXIF and written into what is made
splicing   metadata in and out of JPEG, PNG, WebP and TIFF files without touching a pixel
films      poster, preview, hover strip and waveform of a video

Labels are written into all that is made of a photo and into its original, but for originals in HEIC and AVIF: nothing
that we may use writes them there. Whoever takes such a one reads the credit on its page and in the captions that are
in every ZIP.

A photo keeps its colour profile and is put upright; it is never enlarged. Where it was taken is left out of all that
is given out unless PHOTO_PLACES says keep. The master itself stays as it came.

Turned down: libvips (no faster than Pillow with draft() and each size made from the one before, see bench/library.py),
exiftool and exiv2 (Perl; GPL) for metadata, HLS or DASH for the preview (a player script and thousands of files for
clips of some minutes), ffprobe (not in the wheel; PyAV tells the same).
"""
