"""Mail: what the newsroom writes to somebody, made in the reader's language and posted once.

A room's mails module makes Messages (values); its jobs post them. The act that wants a mail announces
it, so nothing goes out for a change that was not kept, and no page waits for a mail server.

Each message has a key, the occasion and the reader ("roles/changed/12/to/5"): what was posted under a key
is not posted again, however often its job runs. Between the server's last word and our note of it a
worker can be killed; then the mail goes out a second time under the same Message-ID, which readers'
programs show once. Never twice and never lost cannot both be had over SMTP; lost was turned down.

Without MAIL_SERVER, which production does not start without, mails are kept as files in the folder of
the newsroom, and shown at /dev/mail: so a demonstration can be tried out, its invitations and codes included.

message: the value, and the one function for header text · render: templates/mails in the reader's
language · post: the one user of flask-mail · outbox: the files · models and service: what was posted.
"""
