"""Files in a bucket that speaks S3: the one user of boto3."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from app.storage import disk
from app.storage.contract import BLOCK, Away, Kept, checked

CONNECT_SECONDS = 3
READ_SECONDS = 20  # for one block
# Parts of 16 MB, two at a time: 32 MB of memory, however large a file is.
IN_PARTS = TransferConfig(multipart_threshold=16 * BLOCK, multipart_chunksize=16 * BLOCK, max_concurrency=2)
NEAR = "near-"  # how the folders begin that hold such copies
GONE = {"404", "NoSuchKey", "NotFound"}


class Bucket:
    """A store in the bucket called ``name``; an empty ``endpoint`` means Amazon's own in ``region``.

    ``near`` is a folder of this machine for files that a program can only read from there.
    """

    def __init__(
        self,
        name: str,
        *,
        endpoint: str,
        region: str,
        access_key: str,
        secret_key: str,
        near: Path | None = None,
    ) -> None:
        self.name = name
        self.near = near
        self._s3 = boto3.client(
            "s3",
            endpoint_url=endpoint or None,
            region_name=region or None,
            aws_access_key_id=access_key,
            aws_secret_access_key=secret_key,
            config=Config(
                signature_version="s3v4",  # boto3 signs addresses in the former way by itself
                s3={"addressing_style": "path"},  # what servers other than Amazon's understand
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"mode": "standard", "max_attempts": 3},
            ),
        )

    def put(self, key: str, content: bytes | BinaryIO) -> None:
        """Keep ``content`` under ``key``; a large file goes in parts, and is there when the last has arrived."""
        body = io.BytesIO(content) if isinstance(content, bytes) else content
        with _told():
            self._s3.upload_fileobj(body, self.name, checked(key), Config=IN_PARTS)

    def take(self, path: Path, key: str) -> None:
        """Keep the file at ``path`` under ``key``; it is taken away once the bucket has all of it."""
        with _told():
            self._s3.upload_file(str(path), self.name, checked(key), Config=IN_PARTS)
        path.unlink(missing_ok=True)

    def open(self, key: str) -> io.BufferedReader | None:
        """Return the object under ``key`` for reading; bytes are fetched from where one stands, when one reads."""
        size = self.size(key)
        return None if size is None else io.BufferedReader(_Object(self._s3, self.name, key, size), BLOCK)

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        """Give a copy of the object under ``key`` on this machine, taken away afterwards."""
        source = self.open(key)
        if source is None:
            raise FileNotFoundError(key)
        with disk.told():
            if self.near is not None:
                self.near.mkdir(parents=True, exist_ok=True)
            held = tempfile.TemporaryDirectory(prefix=NEAR, dir=self.near, ignore_cleanup_errors=True)
        with held as folder:
            copy = Path(folder) / key.rpartition("/")[2]
            with source, disk.told(), copy.open("wb") as target:
                shutil.copyfileobj(source, target, BLOCK)
            yield copy

    def size(self, key: str) -> int | None:
        """Return the size of the object under ``key`` in bytes, or None."""
        checked(key)
        try:
            return self._s3.head_object(Bucket=self.name, Key=key)["ContentLength"]
        except ClientError as error:
            if error.response["Error"]["Code"] in GONE:
                return None
            raise Away(f"the bucket refuses us: {error.response['Error']['Code']}") from None
        except BotoCoreError as error:
            raise Away(f"the bucket cannot be reached: {type(error).__name__}") from None

    def delete(self, key: str) -> None:
        """Take the object under ``key`` away."""
        with _told():
            self._s3.delete_object(Bucket=self.name, Key=checked(key))

    def kept(self, prefix: str) -> Iterator[Kept]:
        """Yield the objects below ``prefix``, in the order of their keys."""
        checked(f"{prefix}0")
        with _told():
            for page in self._s3.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix):
                for each in page.get("Contents", ()):
                    yield Kept(each["Key"], each["Size"], each["LastModified"].timestamp())

    def signed(self, key: str, *, seconds: int, disposition: str, mimetype: str) -> str | None:
        """Return an address at which the bucket itself gives the object, under the name that we say."""
        with _told():
            return self._s3.generate_presigned_url(
                "get_object",
                Params={
                    "Bucket": self.name,
                    "Key": checked(key),
                    "ResponseContentDisposition": disposition,
                    "ResponseContentType": mimetype,
                    "ResponseCacheControl": "private, no-store",
                },
                ExpiresIn=seconds,
            )


@contextmanager
def _told() -> Iterator[None]:
    """Say Away for whatever goes wrong on the way."""
    try:
        yield
    except ClientError as error:
        raise Away(f"the bucket refuses us: {error.response['Error']['Code']}") from None
    except BotoCoreError as error:
        raise Away(f"the bucket cannot be reached: {type(error).__name__}") from None
    except boto3.exceptions.Boto3Error as error:
        raise Away(f"the bucket did not take a file: {type(error).__name__}") from None


class _Object(io.RawIOBase):
    """An object as a file: seek() moves, and the next read() asks for the bytes from there on."""

    def __init__(self, s3: Any, bucket: str, key: str, size: int) -> None:
        self._s3, self._bucket, self._key, self._size = s3, bucket, key, size
        self._at = 0
        self._body: Any = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        at = max(0, base + offset)
        if at != self._at:
            self._leave()
        self._at = at
        return at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._size or not len(buffer):
            return 0
        with _told():
            if self._body is None:
                answer = self._s3.get_object(Bucket=self._bucket, Key=self._key, Range=f"bytes={self._at}-")
                self._body = answer["Body"]
            read = self._body.read(len(buffer))
        if not read:
            raise Away("the bucket ended a file before its end")
        buffer[: len(read)] = read
        self._at += len(read)
        return len(read)

    def close(self) -> None:
        self._leave()
        super().close()

    def _leave(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None
