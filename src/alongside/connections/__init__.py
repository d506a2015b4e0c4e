"""Clients for outside systems; nothing else in the house talks to the network."""
