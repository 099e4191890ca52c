"""One file over HTTP, taken up again where it broke off."""

from collections.abc import Callable
from pathlib import Path

import requests
from urllib3.exceptions import ProtocolError, ReadTimeoutError

__all__ = ["SourceDownError", "SourceError", "download"]

CHUNK = 1 << 16


class SourceError(Exception):
    """A source cannot give a file; the message says why."""


class SourceDownError(SourceError):
    """A source cannot be reached at all, so it need not be asked again."""


def download(
    url: str,
    part: Path,
    *,
    connect_timeout: float = 4.0,
    read_timeout: float = 20.0,
    attempts: int = 3,
    progress: Callable[[int], object] = lambda _: None,
) -> None:
    """Fetch ``url`` into ``part``, going on from what ``part`` already holds.

    A connection that breaks or stalls is taken up again, ``attempts`` times in
    all; an answer that says no (404, 500) is not asked twice.

    Raises
    ------
    SourceDownError
        There was no connection.
    SourceError
        The server said no, or kept breaking off.
    """
    reason = ""
    for _ in range(attempts):
        try:
            _go_on(url, part, (connect_timeout, read_timeout), progress)
            return
        except requests.ReadTimeout:
            reason = f"no data for {read_timeout:g} s"
        except (requests.ConnectTimeout, requests.exceptions.ProxyError) as error:
            raise SourceDownError(f"no connection within {connect_timeout:g} s") from error
        except requests.exceptions.SSLError as error:
            raise SourceDownError(f"no secure connection ({_short(error)})") from error
        except requests.exceptions.ChunkedEncodingError:
            reason = "the connection broke off"
        except requests.ConnectionError as error:
            cause = error.args[0] if error.args else None
            if isinstance(cause, ReadTimeoutError):  # a body that stalls arrives as this
                reason = f"no data for {read_timeout:g} s"
            elif isinstance(cause, ProtocolError):
                reason = "the connection broke off"
            else:
                raise SourceDownError(f"no connection ({_short(error)})") from error
        except requests.RequestException as error:
            raise SourceError(_short(error)) from error
    got = part.stat().st_size if part.exists() else 0
    raise SourceError(f"{reason}, {attempts} times; {got:,} bytes are kept for the next run")


def _go_on(
    url: str, part: Path, timeout: tuple[float, float], progress: Callable[[int], object]
) -> None:
    have = part.stat().st_size if part.exists() else 0
    # Bytes as they are: a Range counts in the encoded body, so none must be encoded.
    headers = {"Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    with requests.get(url, headers=headers, stream=True, timeout=timeout) as answer:
        if answer.status_code == 416:  # what we hold is no prefix of what is there
            part.unlink()
            _go_on(url, part, timeout, progress)
            return
        if answer.status_code not in (200, 206):
            raise SourceError(f"the server answered {answer.status_code} {answer.reason}")
        resumed = answer.status_code == 206 and have > 0
        with part.open("ab" if resumed else "wb") as stream:
            for chunk in answer.iter_content(CHUNK):
                stream.write(chunk)
                progress(len(chunk))


def _short(error: Exception) -> str:
    """Return the last, plainest piece of a nested network error."""
    text = str(error).rstrip("')>\" ")
    return text.rsplit(": ", 1)[-1][:120]
