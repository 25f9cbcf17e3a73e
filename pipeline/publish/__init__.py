"""Releases: a versioned folder of the dataset with its codebook, metadata, checksums and changes."""
