"""Damage the bytes of a file: flip, cut, double, splice."""

from __future__ import annotations

from collections.abc import Callable

from numpy.random import Generator

from tests.fuzzing.hostile import TEXTS, WIDE, chance, pick

Damage = Callable[[Generator, bytes, bytes], bytes]


def damaged(rng: Generator, content: bytes, other: bytes) -> bytes:
    """Return bytes with one or more things wrong; parts of another file may be put in."""
    for _ in range(pick(rng, (1, 1, 1, 2, 4, 12))):
        if content:
            content = pick(rng, WAYS)(rng, content, other)
    return content


def flipped(rng: Generator, content: bytes, _: bytes) -> bytes:
    """Return bytes of which one is another."""
    place = int(rng.integers(len(content)))
    new = pick(rng, (0, 1, 9, 10, 13, 34, 44, 59, 127, 128, 255, int(rng.integers(256))))
    return content[:place] + bytes([new]) + content[place + 1 :]


def widened(rng: Generator, content: bytes, _: bytes) -> bytes:
    """Return bytes in which a number of four or eight is far too large, or negative."""
    place, wide = int(rng.integers(len(content))), pick(rng, WIDE)
    return content[:place] + wide + content[place + len(wide) :]


def cut(rng: Generator, content: bytes, _: bytes) -> bytes:
    """Return bytes of which some are gone, now and then all to the end."""
    start = int(rng.integers(len(content)))
    end = len(content) if chance(rng, 0.3) else start + int(rng.integers(1, 40))
    return content[:start] + content[end:]


def doubled(rng: Generator, content: bytes, _: bytes) -> bytes:
    """Return bytes of which some stand there again, a few times or many."""
    start = int(rng.integers(len(content)))
    part = content[start : start + int(rng.integers(1, 200))]
    return content[:start] + part * pick(rng, (2, 2, 3, 50)) + content[start:]


def spliced(rng: Generator, content: bytes, other: bytes) -> bytes:
    """Return bytes with some of another file in between, or in the place of their end."""
    start, begin = int(rng.integers(len(content))), int(rng.integers(len(other) + 1))
    part = other[begin : begin + int(rng.integers(1, 400))]
    return content[:start] + part + (b"" if chance(rng, 0.2) else content[start:])


def inserted(rng: Generator, content: bytes, _: bytes) -> bytes:
    """Return bytes with a hostile text in between."""
    start, text = int(rng.integers(len(content))), pick(rng, TEXTS)
    return content[:start] + text.encode("utf-8", errors="surrogatepass") + content[start:]


WAYS: tuple[Damage, ...] = (flipped, flipped, widened, cut, doubled, spliced, inserted)
