"""Networks to begin with, as cards."""
