"""Before the desk: the door (a password, an invitation) and the second factor behind it."""
