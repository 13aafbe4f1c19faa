"""The panel that shows and changes what is selected."""
