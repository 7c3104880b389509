"""Uploads: how the files of videos and photos come in, however large they are and however poor the line is.

A row for each upload tells how much of it has come; its bytes grow in the staging folder of this machine, in a file
that its key names. What the row says counts, and is written after the bytes are on the disk: a process that is killed
loses the piece that was on its way, and nothing before. When all of it is there a job takes its SHA-256, in constant
memory, and it becomes a master; the same file as one that is there leads to that one, and gives it its file back where
that was lost. The sweep owes the job again where nobody does: no file that came whole waits for ever.

Two ways in lead to the same acts: tus 1.0.0 (pieces, which go on after a broken connection or a closed browser;
tus.py speaks it), and a plain form up to PLAIN_UPLOAD_MB, for who has no script.

While a file comes its owner may say what it shows, what users may not do with it, and until when nobody may see it:
that stands in its row, whatever becomes of the line, and a text about the file begins with it. What is typed beside
the button is said of every file that is added; where it is wrong, the files are taken and each has it to put right.

What a file is, is said by its first bytes: what is not taken is refused with the first piece, not after ten gigabytes.

Turned down: parts of an S3 upload made of the pieces as they come. A piece that broke off is smaller than a bucket
takes, the checksum (which is the key) needs all bytes in order, and whoever looks into a film wants it on a disk.
"""
