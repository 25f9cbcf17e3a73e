"""The same work on many machines, on an engine that is there already: Dask. Nothing of our own is to be operated.

What a task makes it leaves in a folder that all machines see, under a name of its own that comes to be when the piece
is whole. So a task may run twice, as after the death of a worker or of the scheduler, and nothing is lost or counted
twice. Needs `gongkai[cluster]`; nothing else of the project imports Dask.
"""
