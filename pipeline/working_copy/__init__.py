"""Data that lies at a storage, worked on in a folder of this machine.

At the storage, below its address:

    archive/warc/NAME.warc.gz          volumes, each sent when it is full or its writer done; never changed
    archive/ledger/START.jsonl         a piece of the log `ledger.jsonl`, from the byte START of it on; never changed.
                                       The pieces one after the other are the log. `sightings` and `runs` alike
    archive/pieces/NAME/               while a cluster crawls: the logs of a piece, laid out in the same way
    builds/NAME/                       tables and database of one build; never changed
    built.json                         which build is the last: written when all of it is there
    releases/VERSION/                  a release; SHA256SUMS comes last
    runs/NAME.md                       reports for people
    identity.json                      tells this place from another that had the same address
    archive.lock, build.lock           who writes, while one does

The working copy is a data folder as any other. It is brought up to what is at the storage when a command begins, and
sends what is new while it works and at its end: volumes before the lines that lead into them, tables before the name of
their build. Volumes of other machines stay where they are; single records are asked for. What was not sent yet when a
command was killed waits in the working copy for the next command.
"""
