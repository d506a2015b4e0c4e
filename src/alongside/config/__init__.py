"""Settings, addresses and wiring: knows everything, imported by nothing."""
