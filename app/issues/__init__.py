"""Issues: what is written to many, from the first word to its page in the archive. How it travels is app/mailings.

An issue has an *edition* for each language in which it can be read. Each edition is drawn once, into
``IssueEdition.html`` and ``.text``, with marks where the two links of a person end, and with each item between marks of
its own, so that somebody who chose two topics gets the items of these. ``IssueItem.languages`` says in which language
an edition shows an item: what is there in English alone stands in the other editions marked as such, and planning
leaves it out for those who rather wait, or want nothing in its place.

An *alert* is one issue for a release in all its languages (key "alert:item:12"): whatever announces a publication, a
second time or in a second language, finds that issue and adds to it. A *correction* is an issue of its own for each
publication of a correction, and goes to those alone who got the alert. A *summary* is made once for each occasion
("daily:2025-11-20"), by whichever worker sweeps first; it tells what became public since the last one ended, so that
nothing is told twice and nothing falls between two, however long the workers slept.

Nothing is sent that readers may not see: editions are drawn of ``editorial.queries.public`` alone, at the moment at
which they go out, and a withdrawal draws anew, or stops, what is still under way. An issue whose hour comes while one
of its texts is not public is held, and its officer is told. Turned down: to send it without that text, as nobody has
read it like that; to wait for the text, as nobody can say for how long.

In the archive stands the same issue, drawn as a page of the site from what is public now: so what was corrected since
says so, and what was withdrawn is gone. Turned down: to keep the mail's own HTML there, which would go on saying what
we took back.

No opening is counted. Where the office asks for it (COUNT_CLICKS), links of mails to our own pages lead through an
address of their own, which counts them by issue, link and day: the GET adds one to a number, and changes nothing of a
person, as neither the address nor the row tells of any. The links of a person (preferences, leaving) are never counted.
The target is looked up in the issue, so that no address can be handed in. Turned down: a link for each person, a word
in the address of the page itself (pages are kept by their address), and pictures that tell that a mail was opened.

models: test mails, clicks · queries · rules · sheets: what an edition is made of · printing: HTML and text of it ·
leading: links that are counted · checks: what to look at before sending · service: alerts, corrections, summaries,
composing, sending, counting · jobs · desk, views: pages.
"""
