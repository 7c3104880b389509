"""Releases: news releases, statements, speeches and media advisories, on top of editorial.

What is kept here is only what makes a text a release: its kinds, its form, and its pages.
States, revisions, approval and the hour of publication are editorial's.
"""
