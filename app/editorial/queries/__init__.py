"""What can be asked. ``public`` is the one way to anything that readers may see.

No view, feed or job says for itself what is public: a house test holds that ``public_from`` and
``public_revision_id`` are compared nowhere else. ``readers`` holds what everybody may ask, ``officers`` what
only the desk asks, and ``afterwards`` what became of a text that readers know.
"""

from app.editorial.queries.officers import (
    begun,
    decisions,
    due,
    edition_of,
    editions_of,
    is_taken,
    revision,
    revisions,
    writers_since_approval,
)
from app.editorial.queries.readers import (
    alternates,
    contacts,
    elsewhere,
    everything,
    how_many,
    in_another_language,
    last_id,
    newest,
    page,
    pages_of_subjects,
    public,
    public_master,
    public_picture,
    related,
    row_columns,
    standing,
    topics,
    years,
)

__all__ = [
    "alternates",
    "begun",
    "contacts",
    "decisions",
    "due",
    "edition_of",
    "editions_of",
    "elsewhere",
    "everything",
    "how_many",
    "in_another_language",
    "is_taken",
    "last_id",
    "newest",
    "page",
    "pages_of_subjects",
    "public",
    "public_master",
    "public_picture",
    "related",
    "revision",
    "revisions",
    "row_columns",
    "standing",
    "topics",
    "writers_since_approval",
    "years",
]
