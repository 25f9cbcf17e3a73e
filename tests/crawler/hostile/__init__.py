"""Portals of hostile and odd behaviour, and small variants of the families, each with its truth."""
