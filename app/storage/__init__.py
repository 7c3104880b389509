"""Storage: files by key. A key is ours ("pictures/<random>/640.jpg"), never a name that somebody typed."""
