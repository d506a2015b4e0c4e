"""The journey, in order: each stage is a folder with the same files."""
