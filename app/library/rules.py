"""What of the library is for everybody."""

from __future__ import annotations

import re

# The files made of a master that readers of its page see: stills, the preview, what the timeline is drawn of, and a
# photo in the widths of the web. All others need an account (downloads).
OPEN = re.compile(
    r"poster(?:-[0-9]{3,4})?\.jpg|preview\.mp4|strip\.jpg|waveform\.json|[0-9]{3,4}\.(?:jpg|webp|avif)"
)
