"""The frame around the workspaces: window, rail, bars, shortcuts, unexpected errors."""
