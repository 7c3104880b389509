"""Media users: journalists and broadcasters with an account, what it opens for them, and how they leave.

A media user is an Account (accounts) without a role at the desk, and a row here with what an office asks of them:
organisation, country, and the conditions that they accepted. A *registration* is somebody on the way to that, whose
address is still to be proven (proving); it becomes an account when its code comes back, and is erased after a week
when it does not.

The pages are for one person each and never kept (views); public pages lead to them by one link that is the same for
everybody. Where somebody was going travels along as a path of ours, in the form and in the proof, through every detour;
what it is called is asked of public pages alone (app/pagenames.py), so that no address can put words on a button.

Whom the office lets in to more than is public is decided above (accreditation). A *consent* is what somebody said
yes to, in the very words that they saw: it is never changed, only withdrawn.

Whoever wants their account deleted has 30 days to come back by logging in; then all that is kept of them is erased
(belongings: every room says what it keeps of people, and how it forgets it). The account's row stays, empty, because
the log says that somebody did this or that, and no line of it can be changed; nothing is left that names them.

Downloading public material needs the proven address alone. A suspended account is one
that is not active: nobody is told more than that the pair is wrong, and the notice by mail says why.
"""
