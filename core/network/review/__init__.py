"""What to think of a design: advice, fixes of its problems, comparisons, reports."""
