"""Planning: the calendar of what becomes public and of what happens.

Nothing is kept here. What waits for its moment, what became public, and the hours of events are read where
they stand, and put on one calendar in the office's zone. A moment is changed on the page where it was set,
so that its rules hold there and here alike.
"""
