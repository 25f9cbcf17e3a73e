"""A crawl on a cluster, from the list of portals to the run finished in the archive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from crawler.asking import Asking
from crawler.cluster.groups import groups_of
from crawler.cluster.piece import CODE, Job, crawl_piece, standings_of
from crawler.cluster.places import PieceInFolder
from crawler.portals import Portal
from crawler.run import begin, check, portal_settings
from crawler.standing import Watcher
from crawler.stopping import Stopping
from crawler.summary import CrawlSummary, Tally, summarise
from pipeline.archive import Archive
from pipeline.archive.pieces import Part, absorb_left, pieces_of, split, stop
from pipeline.cluster.engine import Engine, Task
from pipeline.cluster.same import program
from pipeline.working_copy.pieces import FarPieces
from pipeline.working_copy.place import url_of

_RETRIES = 5  # of a group whose process is ended from outside


def crawl_on(
    engine: Engine, portals: Sequence[Portal], data: Path, asking: Asking, watcher: Watcher
) -> CrawlSummary:
    """As `crawler.run.crawl`, each group of portals as a task. The workers must see `data` under the same path, or
    reach the storage that it is the working copy of.

    Raises InputProblem for wrong use, and Problem where the crawl ended before its end; the same call then goes on
    with it, and so does a crawl on one machine.
    """
    check(portals, asking)
    groups = groups_of(portals)
    url = url_of(data)
    with Stopping(), Archive.open((data / "archive").resolve()) as archive:
        absorb_left(archive)
        run, resumed = begin(archive, portals, asking)
        archive.begin_session(run.id, {**asking.details(), "groups": len(groups)})
        watcher.begun(run.id, resumed=resumed)
        session = uuid4().hex[:8]  # a worker may still be at the pieces of a crawl that was killed
        parts = [Part(f"{group[0].code}-{session}", tuple(map(portal_settings, group))) for group in groups]
        pieces = split(archive, run, parts)
        far = FarPieces(archive.root, url) if url is not None else None
        if far is not None:
            far.send(pieces.values())
        topic = f"gongkai-{run.id}"
        ours = program(CODE)

        def hear(told: bytes) -> None:
            for standing in standings_of(told):
                watcher.update(standing)

        engine.listen(topic, hear)
        tallies: dict[str, Tally] = {}
        try:
            tasks = []
            for group, part in zip(groups, parts, strict=True):
                piece = pieces[part.name]
                there = PieceInFolder(piece) if far is None else far.piece(part.name)
                job = Job(there, group[0].code, run.id, group, asking, ours)
                task = Task(f"{topic}-{part.name}", crawl_piece, (job, topic), _RETRIES)
                engine.submit(task)
                tasks.append((task, piece))
            for task, piece in tasks:
                tallies |= engine.result(task)
                if far is not None:
                    far.bring(piece.name)
                archive.absorb(piece)
        except BaseException:
            for piece in pieces_of(archive.root):
                stop(piece)
                if far is not None:
                    far.piece(piece.name).stop()
            engine.forget()
            raise
        summary = summarise(archive, run.id, portals, resumed=resumed, tallies=tallies)
        archive.finish_run(run.id, summary.to_json())
        return summary
