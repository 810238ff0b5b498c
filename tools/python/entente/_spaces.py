"""Spaces of actions and of observations, in Gymnasium's form.

Where the program has imported gymnasium, environments use gymnasium's own; these here have the same attributes and methods for where it has not.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Sequence

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Space:
    """A set of arrays of one shape.

    Attributes:
        shape: Of its arrays.
        dtype: Of their values.
    """

    def __init__(self, shape: tuple[int, ...], dtype: Any, seed: int | None = None):
        import numpy

        self.shape = tuple(shape)
        self.dtype = numpy.dtype(dtype)
        self._random: Any = None
        if seed is not None:
            self.seed(seed)

    @property
    def np_random(self) -> Any:
        """What samples are drawn with; seeded by the system where `seed` was not called."""
        import numpy

        if self._random is None:
            self._random = numpy.random.default_rng()
        return self._random

    @property
    def is_np_flattenable(self) -> bool:
        return True

    def seed(self, seed: int | None = None) -> int | None:
        """Samples from here on are those of the seed, which is handed back."""
        import numpy

        self._random = numpy.random.default_rng(seed)
        return seed

    def sample(self) -> Any:
        """One of its arrays, by chance."""
        raise NotImplementedError

    def contains(self, x: Any) -> bool:
        """Whether it is one of its arrays."""
        raise NotImplementedError

    def __contains__(self, x: Any) -> bool:
        return self.contains(x)

    def __eq__(self, other: Any) -> bool:
        return type(self) is type(other) and repr(self) == repr(other)

    __hash__ = None  # type: ignore[assignment]


class Box(Space):
    """Arrays of numbers, each between a least and a greatest one, which may be infinite.

    Attributes:
        low, high: Bounds, of the space's shape.
    """

    def __init__(self, low: Any, high: Any, shape: Sequence[int] | None = None, dtype: Any = "float64", seed: int | None = None):
        import numpy

        shape = tuple(shape) if shape is not None else numpy.broadcast(low, high).shape
        super().__init__(shape, dtype, seed)
        self.low = numpy.array(numpy.broadcast_to(low, shape), dtype=self.dtype)
        self.high = numpy.array(numpy.broadcast_to(high, shape), dtype=self.dtype)
        self.bounded_below = numpy.isfinite(self.low)
        self.bounded_above = numpy.isfinite(self.high)

    def is_bounded(self, manner: str = "both") -> bool:
        """Whether all bounds are finite: "below", "above" or "both"."""
        below, above = bool(self.bounded_below.all()), bool(self.bounded_above.all())
        return {"below": below, "above": above, "both": below and above}[manner]

    def sample(self) -> "NDArray[Any]":
        """Uniform between two bounds, exponential from one on, normal without."""
        import numpy

        random = self.np_random
        if self.dtype.kind in "iu":
            return random.integers(self.low, self.high, endpoint=True, dtype=self.dtype)
        below, above = self.bounded_below, self.bounded_above
        low, high = numpy.where(below, self.low, 0.0), numpy.where(above, self.high, 0.0)
        uniform = random.uniform(numpy.where(below & above, low, 0.0), numpy.where(below & above, high, 1.0))
        tail = random.exponential(size=self.shape)
        free = random.normal(size=self.shape)
        drawn = numpy.where(below & above, uniform, numpy.where(below, low + tail, numpy.where(above, high - tail, free)))
        return drawn.astype(self.dtype)

    def contains(self, x: Any) -> bool:
        import numpy

        try:
            x = numpy.asarray(x)
            return bool(x.shape == self.shape and numpy.can_cast(x.dtype, self.dtype) and (x >= self.low).all() and (x <= self.high).all())
        except (TypeError, ValueError):
            return False

    def __repr__(self) -> str:
        if not self.low.size:
            return f"Box(0, 0, {self.shape}, {self.dtype})"
        one = (self.low == self.low.flat[0]).all() and (self.high == self.high.flat[0]).all()
        low, high = (self.low.flat[0], self.high.flat[0]) if one else (self.low.tolist(), self.high.tolist())
        return f"Box({low}, {high}, {self.shape}, {self.dtype})"


class Discrete(Space):
    """The whole numbers from `start` to `start + n - 1`."""

    def __init__(self, n: int, seed: int | None = None, start: int = 0):
        super().__init__((), "int64", seed)
        self.n, self.start = int(n), int(start)

    def sample(self, mask: Any = None) -> Any:
        """One of its numbers; with a mask of n flags, one of those whose flag is not 0, and the first where all are."""
        import numpy

        allowed = numpy.arange(self.n) if mask is None else numpy.flatnonzero(mask)
        return self.start + (self.np_random.choice(allowed) if len(allowed) else numpy.int64(0))

    def contains(self, x: Any) -> bool:
        import numpy

        value = numpy.asarray(x)
        return bool(value.shape == () and value.dtype.kind in "iu" and self.start <= value < self.start + self.n)

    def __repr__(self) -> str:
        return f"Discrete({self.n})" if self.start == 0 else f"Discrete({self.n}, start={self.start})"


class MultiDiscrete(Space):
    """Arrays of whole numbers, each from 0 to below its own number in `nvec`."""

    def __init__(self, nvec: Any, dtype: Any = "int64", seed: int | None = None):
        import numpy

        self.nvec = numpy.array(nvec, dtype=dtype)
        super().__init__(self.nvec.shape, dtype, seed)

    def sample(self) -> "NDArray[Any]":
        return self.np_random.integers(0, self.nvec, dtype=self.dtype)

    def contains(self, x: Any) -> bool:
        import numpy

        value = numpy.asarray(x)
        return bool(value.shape == self.shape and value.dtype.kind in "iu" and (value >= 0).all() and (value < self.nvec).all())

    def __len__(self) -> int:
        return len(self.nvec)

    def __repr__(self) -> str:
        return f"MultiDiscrete({self.nvec.tolist()})"


def _own(name: str) -> Any:
    """Gymnasium's class of that name where the program has imported it, else ours."""
    return getattr(sys.modules.get("gymnasium.spaces"), name, globals()[name])


def box(low: Any, high: Any) -> Any:
    """Arrays of doubles between bounds of one shape."""
    import numpy

    low, high = numpy.asarray(low, dtype=float), numpy.asarray(high, dtype=float)
    return _own("Box")(low, high, shape=low.shape, dtype=numpy.float64)


def choice(counts: Sequence[int]) -> Any:
    """Of one choice its number, of several an array of numbers."""
    return _own("Discrete")(counts[0]) if len(counts) == 1 else _own("MultiDiscrete")(list(counts))


def batched(space: Any, count: int) -> Any:
    """So many of a space side by side, as Gymnasium has them: of choices a MultiDiscrete, of arrays of choices a Box of whole numbers."""
    import numpy

    if hasattr(space, "n"):
        return _own("MultiDiscrete")([int(space.n)] * count)
    low, high = (numpy.zeros_like(space.nvec), space.nvec - 1) if hasattr(space, "nvec") else (space.low, space.high)
    rows = (count, *([1] * low.ndim))
    return _own("Box")(numpy.tile(low, rows), numpy.tile(high, rows), dtype=space.dtype.type)
