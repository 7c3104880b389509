"""Text: what people type and paste, made fit to be kept and read.

Pure functions, without request and without database; every room above stands on them.

- ``markup``: the body of a release, from anything that was pasted to the one form that is stored;
  and single lines, for titles and for all that ends in a header. The only user of bleach and nh3.
- ``typography``: quotation marks, apostrophes, spaces and dashes as each language writes them.
- ``slugs``: the words of an address, and the folded form that search compares.
- ``moments``: days, hours and the office's zone, typed and written.
- ``numbers``: numbers that were typed, or stand in an address.
- ``tables``: CSV for other programs, in which no cell is a formula.

``markup`` hands its work on, in this order: ``scanning`` cuts HTML into tags and texts; ``pasting``
(with ``lists``) turns the elements that word processors and web pages bring into the few that we
know; the two sanitisers follow; then ``shaping`` builds the canonical form out of what is left, its
texts in ``runs``, where ``typography`` (with ``quotes``) is put right. ``presenting`` and
``plaintext`` make of it what readers and mails get. ``allowed`` is the one list of elements and
attributes for all of them, and ``characters`` says which characters are kept at all. What would
take too long to look at is refused before any of this.

Why our own shaping, when two sanitisers stand before it: they make a text harmless, not good.
They glue words of neighbouring blocks together, keep empty paragraphs, and know nothing of what
the editor writes, so the same text would be stored in ten different ways. Turned down: cleaning in
the browser only (whoever posts without the editor goes round it), cleaning at each view (slow, and
a fault would show at once everywhere), and Markdown (officers paste from a word processor).
"""
