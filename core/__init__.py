"""Everything of Layerloom that works without a window."""
