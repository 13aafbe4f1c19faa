"""Pictures of networks as SVG, without Qt."""
