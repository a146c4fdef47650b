"""Keep what is true of a simulated survey, to hold estimates against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cxdrivers.errors import CxError
from cxdrivers.importance.lattice import r_squared_values
from cxdrivers.importance.shapley import shapley
from cxdrivers.simulation.outcomes import GRADES, GradeTable, grade_table
from cxdrivers.simulation.population import population_covariance

if TYPE_CHECKING:
    from cxdrivers.importance.lattice import Groups
    from cxdrivers.simulation.world import World
    from cxdrivers.survey.coding import BoolArray, FloatArray

POPULATION = 200_000


@dataclass(frozen=True, eq=False)
class Truth:
    """What is true of a simulated survey.

    Attributes
    ----------
    world
        All settings.
    mention
        Whether each customer names the employee: in the text, where there is one. None in a normal
        world.
    """

    world: World
    mention: BoolArray | None = None

    @cached_property
    def slopes(self) -> pd.DataFrame:
        """True slope of every driver in every organisation: `organisation`, `driver`, `slope`."""
        world = self.world
        names = world.organisations if world.answers == "grades" else ("all",)
        table = pd.DataFrame(world.slopes_by_organisation, columns=list(world.drivers))
        table.insert(0, "organisation", names)
        return table.melt("organisation", var_name="driver", value_name="slope")

    @cached_property
    def mention_by_grade(self) -> pd.DataFrame:
        """True share who name the employee: `grade`, `customers` (share of all), `mention`."""
        table = self._grades
        columns = {"grade": GRADES, "customers": table.customers, "mention": table.mention}
        return pd.DataFrame(columns)

    @cached_property
    def recommended_by_grade(self) -> pd.DataFrame:
        """True share who really recommended: of all, of those who name the employee, of the others.

        Columns: `grade`, `recommended`, `with_mention`, `without_mention`.
        """
        table = self._grades
        return pd.DataFrame(
            {
                "grade": GRADES,
                "recommended": table.recommended,
                "with_mention": table.recommended_with,
                "without_mention": table.recommended_without,
            }
        )

    @cached_property
    def covariance(self) -> FloatArray:
        """The covariance matrix of the drivers and the outcome (last) in a normal world.

        Raises
        ------
        CxError
            In a world of grades, where rounding leaves no closed form.
        """
        if self.world.answers != "normal":
            raise CxError("truth_needs_normal")
        slopes = self.world.slopes_by_organisation[0]
        drivers = self.world.correlation
        with_outcome = drivers @ slopes
        outcome = slopes @ with_outcome + self.world.noise**2
        return np.block([[drivers, with_outcome[:, np.newaxis]], [with_outcome, outcome]])

    def weights(
        self, *, organisation: str | None = None, population: int = POPULATION
    ) -> pd.DataFrame:
        """Return the true weight of every driver: the Shapley shares of R² in the population.

        In a normal world they are exact. In a world of grades they are those of a large simulated
        population with a seed of its own, whose items are scored as the package scores them; the
        driver that did not apply to everyone enters as its centred score and "not applicable".

        Parameters
        ----------
        organisation
            One organisation instead of all together.
        population
            How many customers to simulate; the error of a share falls with its square root.

        Returns
        -------
        DataFrame
            `driver`, `estimate` (adds up to R²) and `share` (adds up to 1).
        """
        groups: Groups
        if self.world.answers == "normal":
            covariance = self.covariance
            groups = [(position,) for position in range(len(self.world.drivers))]
        else:
            covariance, groups = population_covariance(self.world, organisation, population)
        estimate = shapley(r_squared_values(covariance, groups))
        return pd.DataFrame(
            {
                "driver": self.world.drivers,
                "estimate": estimate,
                "share": estimate / estimate.sum(),
            }
        )

    @cached_property
    def _grades(self) -> GradeTable:
        if self.world.answers != "grades":
            raise CxError("truth_needs_grades")
        return grade_table(self.world)
