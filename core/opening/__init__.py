"""Networks by what a person calls them: which there are, and opening one."""
