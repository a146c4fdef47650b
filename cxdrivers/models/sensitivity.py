"""Say how strongly something that nobody asked would have to go along to explain a result away."""

from __future__ import annotations

import numpy as np

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.resampled_logit import Regressors


def e_value(ratio: FloatArray) -> FloatArray:
    """Return the E-value of a ratio of chances: RR + √(RR(RR − 1)), below 1 of its inverse.

    Something that was not asked explains the ratio away only if it goes with both sides of it by
    at least this ratio, beyond what was held equal (VanderWeele & Ding 2017, *Annals of Internal
    Medicine* 167, 268–274). Of the parts through and beside a mediator it is that of Smith &
    VanderWeele (2019, *Epidemiology* 30, 835–837).

    Parameters
    ----------
    ratio
        Any shape; NaN stays NaN.

    Examples
    --------
    >>> e_value(np.array([36 / 14, 1.0, 14 / 36])).round(2).tolist()
    [4.58, 1.0, 4.58]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        above = np.where(ratio < 1, 1 / ratio, ratio)
        found: FloatArray = np.where(np.isinf(above), np.inf, above + np.sqrt(above * (above - 1)))
    return found


def e_value_of_interval(low: FloatArray, high: FloatArray) -> FloatArray:
    """Return the E-value of the end that is nearest to 1; 1 when the interval holds it.

    Parameters
    ----------
    low, high
        Ends of the interval of a ratio, any shape.
    """
    nearest = np.where(low > 1, low, np.where(high < 1, high, 1.0))
    return e_value(np.where(np.isnan(low) | np.isnan(high), np.nan, nearest))


def robustness_value(strength: FloatArray) -> FloatArray:
    """Return the robustness value ½(√(f⁴ + 4f²) − f²) of a coefficient.

    Something that was not asked takes the coefficient away only if it explains at least this part
    of what is left of both sides (Cinelli & Hazlett 2020, *Journal of the Royal Statistical
    Society B* 82, 39–67).

    Parameters
    ----------
    strength
        f = |t|/√df, any shape.

    Examples
    --------
    >>> robustness_value(np.array([0.0, 0.15])).round(4).tolist()
    [0.0, 0.1392]
    """
    square = strength**2
    found: FloatArray = (np.sqrt(square**2 + 4 * square) - square) / 2
    return found


def strength_of_interval(
    strength: FloatArray, estimate: FloatArray, low: FloatArray, high: FloatArray
) -> FloatArray:
    """Return f of the end of an interval that is nearest to 0; 0 when the interval holds it.

    With the usual interval this is f less the quantile of t over √df. With one that was resampled
    it is the same thing for weights and clusters.

    Parameters
    ----------
    strength, estimate
        f and the coefficient, any shape.
    low, high
        Ends of the coefficient's interval.
    """
    nearest = np.where(low > 0, low, np.where(high < 0, high, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(nearest == 0, 0.0, nearest / estimate)
    return np.where(np.isnan(low) | np.isnan(high), np.nan, strength * np.clip(part, 0, None))


def linear_coefficients(
    regressors: Regressors, outcome: FloatArray, masses: FloatArray
) -> FloatArray:
    """Return the coefficients of least squares in every resample, shape ``(B, q)``.

    Of least length where a resample does not tell them all.

    Parameters
    ----------
    regressors
        Of n rows and q columns.
    outcome
        Shape ``(n,)``.
    masses
        Shape ``(B, n)``.
    """
    sums = (masses * outcome) @ regressors.columns
    inverse = np.linalg.pinv(regressors.gram(masses), hermitian=True)
    coefficients: FloatArray = (inverse @ sums[:, :, np.newaxis])[:, :, 0]
    return coefficients


def partial_strengths(
    regressors: Regressors, outcome: FloatArray, masses: FloatArray
) -> FloatArray:
    """Return f = |t|/√df of every coefficient of one sample, shape ``(q,)``.

    Its square is R²/(1 − R²) with R² what the column explains of what the others leave; no
    standard error is needed, so it is the same with weights.

    Parameters
    ----------
    regressors
        Of n rows and q columns, none tied to the others.
    outcome, masses
        Shape ``(n,)``.
    """
    inverse = np.linalg.inv(regressors.gram(masses[np.newaxis])[0])
    coefficients = inverse @ (regressors.columns.T @ (masses * outcome))
    left = outcome - regressors.columns @ coefficients
    found: FloatArray = np.abs(coefficients) / np.sqrt(np.diag(inverse) * (masses @ left**2))
    return found
