"""Events: meetings, visits and press conferences, each with its programme, on top of editorial.

An event's **facts** are the same in every language (hours, access, states, what is delivered); its **words**
belong to one edition (titles, rooms, people, notes). An entry of the programme has a short key that never
changes: calendars, links and the words of each language hold on to it.

Nothing is silently changed. When a text is saved, its hours are compared with those that readers see: what they
saw is kept beside the new ones, with the moment of the change, in the facts themselves, so that every later
version still tells it. What readers have seen is cancelled, never deleted.

Turned down: a table of entries (a version could then be approved with one programme and published with another);
"over" and "now" as states that somebody sets (the clock knows); the programme in the form of the text itself
(five hundred entries of twenty fields are no form: it has pages of its own, of twenty entries each).
"""
