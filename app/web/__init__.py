"""What every page stands on: addresses, headers, errors, caches, words for moments and numbers."""
