"""Setting up a hub by page. It stands above `hubs` because it also invites workers, signs agreements and lets machines in."""
