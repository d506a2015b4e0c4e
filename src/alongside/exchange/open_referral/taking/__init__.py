"""Taking in the feeds of a hub: fetched whole first, or as far as they can be read; then taken in, part by part."""
