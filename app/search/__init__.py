"""Search: the public texts by their words, newest first: releases, events, topic pages, and each answer.

Kept here: one row for each edition that readers may read (``search_row``) with the words in it, one for each
answer on a topic page, which leads to its place there, and
beside it the index of these words (``search_fts``): FTS5 in SQLite, a ``tsvector`` under GIN in
PostgreSQL. A row is written by a job after a publication and taken out after a withdrawal. Nothing
depends on that being quick: a query goes through ``editorial.queries.public`` and takes a row only
if it was made of the very revision that readers see now. So what is embargoed, withdrawn or
corrected is never found by old words, whatever the index still holds; and it holds nothing that
was not public when it was written.

Decided here, with what was turned down:

- **Both databases compare the same words.** Python cuts and folds them (case, accents, apostrophes);
  the databases get finished words and compare them letter by letter. Left to themselves they
  differ: FTS5 and PostgreSQL disagree on what a letter is, on accents, and on "2025-148".
- **Words are stripped of their commonest endings** (stems.py: plurals, the cases of Ukrainian), and
  the last word that is typed, if it has three letters, also finds what begins with it. Turned down:
  lemmas by simplemma, which knows irregular forms as well, but takes 20 to 50 MB for each language
  in every web process, half of what such a process may use. "Безпеки" does not find «безпеці».
- **Newest first, not best first.** For news the latest is mostly the best, and it can be had without
  looking at every match: the index's key is the moment of publication with the edition's id behind it,
  so a page of results is the end of a list that is in order already.
- **What results are narrowed by are words of the index** (facts.py): the kind and the topics of a row stand with
  its words, so that a rare kind is found among many matches without looking at each.
- **An answer is a result of its own,** and its page is not found by its words. Turned down: a page with its
  matching answers under it, which would have to be looked for in every answer of every page shown.
- **Links are not indexed:** one that leads to what is not public is not shown, and must not be found either.
- **What was typed is words, never syntax.** Only letters and digits get past asking.py, each word in
  quotes; an operator or a quotation mark has nothing left to do.
- **A few names are known in several spellings** (places.py), among them Kyiv and Київ.

stems, places: words and names · asking: what was typed, as a question · marking: words in their context ·
facts: what of a text is found, and narrowed by · presenting, words: results as a page shows them ·
models, queries, service, jobs, views: as in every room · cli: ``flask search rebuild``.
"""
