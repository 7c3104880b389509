"""Front: the newsroom's own pages, which belong to no one room: home, and what the office says of itself."""
