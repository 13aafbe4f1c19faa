"""The project folder: what it holds, how it is kept safe, how it opens again."""
