"""Say how weights are made: enough to make them again."""

from __future__ import annotations

from dataclasses import dataclass

from cxdrivers.errors import FitError, nearest
from cxdrivers.importance.likelihood_metrics import likelihood_metric
from cxdrivers.importance.metrics import metric
from cxdrivers.vocabulary import EM, IMPUTATION, KINDS, LINEAR, POLICIES


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
    threshold
        From which answer on the outcome is in the top box; None for a linear model.
    missing
        What was done with blanks; None before it is chosen.
    """

    method: str
    kind: str
    adjusted: bool
    n_boot: int
    level: float
    seed: int
    always: tuple[str, ...] = ()
    scheme: str | None = None
    threshold: float | None = None
    missing: str | None = None

    @property
    def policy(self) -> str:
        """What is done with blanks: as asked, or what fits the kind."""
        return self.missing or (EM if self.kind == LINEAR else IMPUTATION)

    def check(self) -> None:
        """Refuse settings that cannot be.

        Raises
        ------
        FitError
            Naming the setting, what it is, and what it can be.
        """
        if self.kind not in KINDS:
            near = nearest(self.kind, KINDS)
            raise FitError("kind_unknown", kind=self.kind, near=near, known=KINDS)
        if self.missing not in (None, *POLICIES):
            near = nearest(str(self.missing), POLICIES)
            raise FitError("missing_unknown", missing=self.missing, near=near, known=POLICIES)
        if self.missing == EM and self.kind != LINEAR:
            raise FitError("missing_of_grades", kind=self.kind)
        if self.kind == LINEAR:
            metric(self.method)
        else:
            likelihood_metric(self.method)
        for name in ("n_boot", "seed"):
            if not isinstance(getattr(self, name), int):
                raise FitError("setting_not_whole", name=name, value=getattr(self, name))
        if self.n_boot < 0 or self.n_boot == 1:
            raise FitError("n_boot_unknown", n_boot=self.n_boot)
        if not (isinstance(self.level, float) and 0 < self.level < 1):
            raise FitError("level_unknown", level=self.level)
        if self.seed < 0:
            raise FitError("seed_unknown", seed=str(self.seed))
