"""Who holds which state of the window; views read it and ask for changes."""
