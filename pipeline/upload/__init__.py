"""Uploads: a release is sent to a place that others get it from, and held against what arrived there."""
