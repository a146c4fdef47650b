"""Say how weights are made: enough to make them again."""

from __future__ import annotations

from dataclasses import dataclass

from cxdrivers.errors import FitError, nearest
from cxdrivers.importance.metrics import metric
from cxdrivers.models.satisfaction import KINDS


@dataclass(frozen=True)
class Settings:
    """How weights were made.

    Attributes
    ----------
    method, kind
        How the value of a set of drivers is shared, and which model gives that value.
    adjusted
        Whether what noise alone would explain was taken out.
    n_boot, level, seed
        Resamples, level of the intervals, and where the random numbers start.
    always
        Columns of the survey that are in every model.
    scheme
        What was drawn again; None for what fits the survey.
    """

    method: str
    kind: str
    adjusted: bool
    n_boot: int
    level: float
    seed: int
    always: tuple[str, ...] = ()
    scheme: str | None = None

    def check(self) -> None:
        """Refuse settings that cannot be.

        Raises
        ------
        FitError
            Naming the setting, what it is, and what it can be.
        """
        metric(self.method)
        if self.kind not in KINDS:
            near = nearest(self.kind, KINDS)
            raise FitError("kind_unknown", kind=self.kind, near=near, known=KINDS)
        for name in ("n_boot", "seed"):
            if not isinstance(getattr(self, name), int):
                raise FitError("setting_not_whole", name=name, value=getattr(self, name))
        if self.n_boot < 0 or self.n_boot == 1:
            raise FitError("n_boot_unknown", n_boot=self.n_boot)
        if not (isinstance(self.level, float) and 0 < self.level < 1):
            raise FitError("level_unknown", level=self.level)
        if self.seed < 0:
            raise FitError("seed_unknown", seed=str(self.seed))
