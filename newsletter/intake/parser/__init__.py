"""Reads a printed page into stories, by written rules. Knows nothing of Django; runs in a process of its own."""
