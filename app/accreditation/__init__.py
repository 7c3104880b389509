"""Accreditation: whom of the media the office lets in to more than is public, and the desk's pages about them.

A *group* is whom a text under embargo may be opened to. Who works for an approved organisation joins its group by the
domain of their proven address, where the office allows that; others ask, and an officer decides with a reason.

Only the address that was proven last counts. Whoever changes it keeps a group whose domain the new one has; every
other membership waits for an officer again, because the office let in a person at that address.

An officer's "no" outlasts a domain: who was refused or taken out is not let in again by a machine. Domains are compared
whole: ``news.example.org`` is not ``example.org``, as nobody at the desk can know who gives out names below a domain.

Turned down: roles for media users (a role opens the desk); groups kept with each text (an office thinks in newsrooms).
"""
