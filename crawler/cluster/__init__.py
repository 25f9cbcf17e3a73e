"""A crawl on the workers of a cluster, with the manners of one on a single machine.

A task is the portals that may stand behind one firewall. No host is ever asked by two tasks, so that nobody has to
keep turns between machines. A task runs in a process of its own and writes a piece of the archive; this machine
absorbs the pieces in the order of the list.
"""
