"""Changes of a network; each returns a new one."""
