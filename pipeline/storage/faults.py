"""What goes wrong with a storage, told to people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from pipeline.problem import InputProblem, Problem


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what a storage refuses at the address `where` into Problem. What is not there stays FileNotFoundError,
    but for a bucket, and what is there already FileExistsError.
    """
    try:
        yield
    except FileExistsError:
        raise
    except FileNotFoundError as error:
        if "bucket" not in str(error):
            raise
        raise Problem(
            f"{where}: there is no such bucket ({error}). Make it or name another; is "
            "AWS_ENDPOINT_URL that of its server?"
        ) from error
    except PermissionError as error:
        raise Problem(
            f"{where}: no access ({error}). Is what stands in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or in "
            "AWS_PROFILE, right, and may it list, read and write there?"
        ) from error
    except OSError as error:
        raise Problem(f"{where}: {error}. Put this right, then give the same command again.") from error
    except _of_botocore() as error:
        raise _refused(where, error) from error
    except ValueError as error:
        if "endpoint" not in str(error):
            raise
        raise InputProblem(
            f"{where}: {error}. Give AWS_ENDPOINT_URL as https://HOST or https://HOST:PORT."
        ) from error


def _refused(where: str, error: Exception) -> Problem:
    match type(error).__name__:
        case "NoCredentialsError" | "PartialCredentialsError":
            return InputProblem(
                f"{where}: {error}. Give both in the environment variables AWS_ACCESS_KEY_ID and "
                "AWS_SECRET_ACCESS_KEY, or name a profile of the AWS programs in AWS_PROFILE."
            )
        case "ParamValidationError":
            return InputProblem(f"{where}: {error}\nGive another bucket or folder.")
        case kind:
            return Problem(
                f"{where}: {error} ({kind}). Look at the network, AWS_ENDPOINT_URL and the credentials in the "
                "environment, then give the same command again."
            )


def _of_botocore() -> tuple[type[Exception], ...]:
    """What the client of S3 raises that is no OSError; none where it is not installed."""
    try:
        found = import_module("botocore.exceptions")
    except ModuleNotFoundError:
        return ()
    return (found.BotoCoreError, found.ClientError)
