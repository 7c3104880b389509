"""Where officers arrive: their own settings, and the office's people."""
