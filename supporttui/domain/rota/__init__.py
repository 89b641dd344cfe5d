"""Who is on duty, and where nobody is."""
