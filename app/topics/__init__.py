"""Topics: pages that answer for a long time what a release says for a day.

A topic page is the page of one subject: it has sections, questions with their answers, lists of links, and
shows what is filed under its subject. States, revisions, approval and the hour of publication are editorial's.

Questions stand in the revision, like every other word: a version that readers saw can be shown whole. They
are written one at a time, because a form with two hundred of them would be sent as a whole for one comma.
Turned down: a table of questions (an approval would then be of a text that can change behind it).
"""
