"""The settings of a simulated survey, and those that cannot be."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.errors import CxError
from cxdrivers.simulation.world import SLOPES, World
from cxdrivers.vocabulary import DRIVERS

IMPOSSIBLE = {
    "A world was given answers='grade'. Did you mean 'grades'?": {"answers": "grade"},
    "A world was given 1.2 for 'loading', which must lie from 0 to 1.": {"loading": 1.2},
    "A world was given 7 for 'mention_below_8'": {"mention_below_8": (0.4, 7.0)},
    "'empaty' in 'spread', which is none of the seven drivers. Did you mean 'empathy'?": {
        "spread": {"empaty": 0.1}
    },
    "A world has no slopes for 'empathy'": {
        "slopes": {name: slope for name, slope in SLOPES.items() if name != "empathy"}
    },
    "A world has no slopes for 'wait_time'": {"answers": "normal", "slopes": {}},
    "A world has 'A', 'A' as 'organisations'. Give each name once": {"organisations": ("A", "A")},
    "A world has no 'waves'. Give at least one name": {"waves": ()},
    "'Telecon' is no organisation of this world. Did you mean 'Telecom'?": {
        "no_menu_at": ("Telecon",)
    },
    "A world was given 2 shares for 'mention_below_8'": {"mention_below_8": (0.4, 0.5)},
    "A world was given a halo of 2 × 2 numbers for 7 slopes.": {"halo": np.eye(2)},
    "The halo of a world is not a correlation matrix.": {"halo": 2 * np.eye(7)},
    "No 7 drivers can have the correlations in 'halo' (lowest eigenvalue -0.2)": {"halo": -0.2},
    "With 'agent_share' at 0.6, the correlations in 'halo' leave empathy": {
        "halo": 0.9,
        "agent_share": 0.6,
    },
}


@pytest.mark.parametrize(("sentence", "settings"), IMPOSSIBLE.items())
def test_an_impossible_world_is_refused_with_what_was_found(sentence, settings):
    with pytest.raises(CxError) as refused:
        World(**settings)
    assert sentence in str(refused.value)
    assert refused.value.say("nl") != str(refused.value)


def test_a_normal_world_takes_any_drivers_and_a_world_of_grades_the_seven():
    assert World(answers="normal", slopes={"price": 1.0, "speed": 0.0}).drivers == (
        "price",
        "speed",
    )
    assert World().drivers == DRIVERS


def test_a_correlation_matrix_is_read_in_the_order_of_the_slopes():
    backwards = dict(reversed(SLOPES.items()))
    halo = np.eye(7)
    halo[0, 1] = halo[1, 0] = 0.6
    world = World(slopes=backwards, halo=halo)
    assert world.correlation[DRIVERS.index("ivr_menu"), DRIVERS.index("accessibility")] == 0.6
    assert world.correlation[0, 1] == 0


def test_organisations_differ_in_focus_and_knowledge_by_the_stated_spread_and_nowhere_else():
    slopes = World(spread={"customer_focus": 0.2, "customer_knowledge": 0.1}).slopes_by_organisation
    expected = [{"customer_focus": 0.2, "customer_knowledge": 0.1}.get(name, 0) for name in DRIVERS]
    np.testing.assert_allclose(slopes.std(axis=0, ddof=1), expected, atol=1e-12)
    np.testing.assert_allclose(slopes.mean(axis=0), [SLOPES[name] for name in DRIVERS])


def test_one_organisation_has_the_slopes_as_they_are():
    slopes = World(organisations=("One",), no_menu_at=()).slopes_by_organisation
    np.testing.assert_array_equal(slopes, [[SLOPES[name] for name in DRIVERS]])
