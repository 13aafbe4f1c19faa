"""The frame around the workspaces: window, rail, bars, theme, settings, errors."""
