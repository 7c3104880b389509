"""Which store this newsroom has: a folder, or a bucket where one is set."""

from __future__ import annotations

from flask import current_app

from app.storage.contract import Store
from app.storage.disk import Disk


def store() -> Store:
    """Return this newsroom's store, the same for all of a process."""
    extensions = current_app.extensions
    if "store" not in extensions:
        extensions["store"] = _chosen()
    return extensions["store"]


def _chosen() -> Store:
    settings = current_app.config
    if settings["S3_BUCKET"]:
        from app.storage.s3 import Bucket  # brings boto3 along

        return Bucket(
            settings["S3_BUCKET"],
            endpoint=settings["S3_ENDPOINT"],
            region=settings["S3_REGION"],
            access_key=settings["S3_ACCESS_KEY"],
            secret_key=settings["S3_SECRET_KEY"],
            near=settings["STAGING_DIR"],
        )
    return Disk(settings["INSTANCE_DIR"] / "files")
