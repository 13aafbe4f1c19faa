"""Images: reading, finding, checking, splitting and preparing them."""
