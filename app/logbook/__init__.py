"""The logbook: who did what, when and from where, for officers to read and to hand on.

The log itself is the ground's (app/audit): written in the transaction of each act, and changed by nobody.
Here it is only read. Its page goes back in time by the number of the last entry shown: counting a log that
grows for ever, to write "page 3 of 41,000", would cost more than reading it.
"""
