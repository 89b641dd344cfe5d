"""One function per intention; each runs in one transaction."""
