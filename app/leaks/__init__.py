"""Leaks: asking every public surface for what nobody may read yet, or any more.

One query says what is public, and every surface goes through it; tests hold that. This room asks the
newsroom itself, as a stranger would who knows what to look for: each text that is not public is looked for
at its addresses, in lists, feeds, maps, the search and beside its pictures. Whoever operates a newsroom can
have it asked every few minutes, over the network, through caches and proxies and all.

A text is recognised by phrases of it that no public text has: six words in a row, so that a name which
stands in every release does not cry wolf.
"""
