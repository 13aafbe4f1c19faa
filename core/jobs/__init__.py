"""Long work: what a job is, how it reports, and the process it runs in."""
