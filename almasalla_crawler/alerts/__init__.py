"""Tells somebody when a problem begins and when it is over, once each. Off until targets are named."""
