"""The Export workspace: the exported folder and its proof."""
