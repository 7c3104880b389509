"""Do all that is due in a newsroom, as a program: what its worker would do first is done once for all its copies."""

from app.jobs.sweep import do_due
from wsgi import app

do_due(app)
