"""gongkai upload: send a release to a data repository."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from gongkai.data import DATA, DataPlace, reading


def upload(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="Which release, for instance 2026.1.")],
    to: Annotated[str, typer.Option("--to", metavar="URL", help="Where to; the forms stand below.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would go where, with sizes; contact nothing.")
    ] = False,
    publish: Annotated[
        bool,
        typer.Option(
            "--publish", help="Publish the draft at Zenodo, which cannot be undone; make a repository public."
        ),
    ] = False,
    data: DataPlace = DATA,
) -> None:
    """Send a release to a data repository, and hold what arrived against its checksums.

    \b
    s3://BUCKET/FOLDER         any S3 server: AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE …
    davs://HOST/FOLDER         WebDAV over https: GONGKAI_WEBDAV_USER, GONGKAI_WEBDAV_PASSWORD
    zenodo://zenodo.org        a draft, published with --publish: ZENODO_TOKEN; also zenodo://sandbox.zenodo.org
    zenodo://zenodo.org/ID     the same as a new version of the record ID
    hf://datasets/OWNER/NAME   Hugging Face, one commit and a tag; a new repository is private: HF_TOKEN

    The variables hold what is secret; nothing prints them. Started again it goes on: what is there with the same
    checksum is not sent again. A half-sent release is never marked as whole, and a whole one is never changed.

    Example: gongkai upload 2026.1 --to s3://open-data/gongkai --dry-run
    """
    from gongkai.show_upload import UploadDisplay
    from pipeline.publish.version import Version
    from pipeline.upload.course import plan
    from pipeline.upload.course import upload as send
    from pipeline.upload.parcel import parcel
    from pipeline.upload.patience import Patience
    from pipeline.upload.places import place_of

    display = UploadDisplay()
    place = place_of(to, os.environ, Patience(display.tell))
    with reading(data, "releases") as there:
        contents = parcel(there.folder, Version.of(version))
        if dry_run:
            planned = list(plan(contents, place))
            for one in planned:
                typer.echo(f"{one.size}\t{one.address}")
            total = sum(one.size for one in planned)
            display.tell(f"{len(planned)} files, {total} bytes would be sent. Nothing was contacted.")
            return
        with display:
            done = send(contents, place, display, publish=publish)
    display.tell(
        f"{done.sent} files were sent, {done.held} were there. All of them are there as they are here."
    )
    typer.echo(done.where)
