"""Writes the numbers that the tests of events and of forecast distributions compare with, made by other people's programs.

    python3 -m venv venv && venv/bin/pip install scores properscoring scikit-learn scipy numpy
    venv/bin/python scripts/make-event-fixture.py

The table of hits and misses and all that follows from it, economic value and errors on the circle are those of `scores`
(Bureau of Meteorology), ROC points and area scikit-learn's, the parts of the Brier score NumPy's over the same bins, the
consistency bars NumPy's convolution of the events of a bin, the CRPS of ensembles properscoring's, that of quantiles SciPy's
integral of a distribution written out here once more.
"""

import json
from pathlib import Path

import numpy as np
import scipy
import scores
import sklearn
import xarray as xr
from properscoring import crps_ensemble
from scipy.integrate import quad
from scores.categorical import BasicContingencyManager, ThresholdEventOperator
from scores.continuous import mae, mse
from scores.probability import relative_economic_value
from sklearn.metrics import brier_score_loss, roc_auc_score, roc_curve

SEED = 19500101
fixture_file = Path(__file__).parent.parent / "src-main" / "verification" / "fixtures" / "events.json"
random = np.random.default_rng(SEED)


def plain(values):
    return np.asarray(values).tolist()


def number(value):
    """JSON has no NaN."""
    return None if np.isnan(float(value)) else float(value)


# A rare event, with probabilities that are somewhat too sure; two decimals, so that many are equal.
COUNT = 400
truth = random.beta(0.6, 2.4, COUNT)
happened = (random.uniform(size=COUNT) < truth).astype(int)
probabilities = np.round(np.clip(0.5 + 1.2 * (truth - 0.5) + 0.05 * random.normal(size=COUNT), 0, 1), 2)


def table(threshold):
    manager = ThresholdEventOperator(default_event_threshold=0.5).make_contingency_manager(
        xr.DataArray((probabilities > threshold).astype(float)), xr.DataArray(happened.astype(float))
    )
    basic = BasicContingencyManager(manager.get_counts())
    counts = {name: float(value) for name, value in manager.get_counts().items()}
    measures = {
        "pod": basic.probability_of_detection(),
        "far": basic.false_alarm_ratio(),
        "csi": basic.critical_success_index(),
        "ets": basic.equitable_threat_score(),
        "hss": basic.heidke_skill_score(),
        "bias": basic.frequency_bias(),
        "peirce": basic.peirce_skill_score(),
        "sedi": basic.symmetric_extremal_dependence_index(),
    }
    return {
        "threshold": threshold,
        "hits": counts["tp_count"],
        "misses": counts["fn_count"],
        "falseAlarms": counts["fp_count"],
        "correctNegatives": counts["tn_count"],
        **{name: number(value) for name, value in measures.items()},
    }


def quantile_of_count(said, level):
    """The smallest number of events, of those with these probabilities, that is not passed with this probability."""
    law = np.array([1.0])
    for probability in said:
        law = np.convolve(law, [1 - probability, probability])
    return int(np.searchsorted(np.cumsum(law), level))


# The parts of the Brier score over ten bins of equal width.
bins = np.minimum(9, np.floor(probabilities * 10)).astype(int)
base_rate = happened.mean()
reliability = resolution = within = 0.0
bars = []
for place in np.unique(bins):
    inside = bins == place
    said, came = probabilities[inside], happened[inside]
    reliability += inside.sum() * (said.mean() - came.mean()) ** 2 / COUNT
    resolution += inside.sum() * (came.mean() - base_rate) ** 2 / COUNT
    # What is lost by taking a bin for one forecast: Stephenson, Coelho and Jolliffe (2008).
    within += (((said - said.mean()) ** 2) - 2 * (said - said.mean()) * (came - came.mean())).sum() / COUNT
    bars.append(
        {
            "forecast": float(said.mean()),
            "frequency": float(came.mean()),
            "count": int(inside.sum()),
            "low": quantile_of_count(said, 0.05) / int(inside.sum()),
            "high": quantile_of_count(said, 0.95) / int(inside.sum()),
        }
    )
assert abs(reliability - resolution + base_rate * (1 - base_rate) + within - brier_score_loss(happened, probabilities)) < 1e-12

# The economic value of warning where the probability passes cost over loss.
ratios = np.round(np.arange(0.05, 1, 0.05), 2)
value = [
    float(
        relative_economic_value(
            xr.DataArray(np.where(probabilities > ratio, 1.0, 0.0), dims="time"),
            xr.DataArray(happened.astype(float), dims="time"),
            cost_loss_ratios=[ratio],
        ).item()
    )
    for ratio in ratios
]

false_rates, hit_rates, thresholds = roc_curve(happened, probabilities, drop_intermediate=False)

# Forecast distributions by six quantiles: straight lines between them, exponential tails with, where they begin, half the
# density of the stretch beside them, and what lies beyond the limits put at the limits.
LEVELS = np.array([0.025, 0.1, 0.25, 0.75, 0.9, 0.975])


def distribution(values, low, high):
    lower = 2 * LEVELS[0] * (values[1] - values[0]) / (LEVELS[1] - LEVELS[0])
    upper = 2 * (1 - LEVELS[-1]) * (values[-1] - values[-2]) / (LEVELS[-1] - LEVELS[-2])

    def below(x):
        if x >= high:
            return 1.0
        if x < low:
            return 0.0
        if x < values[0]:
            return LEVELS[0] * np.exp((x - values[0]) / lower)
        if x >= values[-1]:
            return 1 - (1 - LEVELS[-1]) * (np.exp(-(x - values[-1]) / upper) if upper > 0 else 0)
        place = np.searchsorted(values, x, side="right") - 1
        share = (x - values[place]) / (values[place + 1] - values[place])
        return LEVELS[place] + share * (LEVELS[place + 1] - LEVELS[place])

    return below


def crps(values, low, high, seen):
    below = distribution(values, low, high)
    tails = [far * (values[-1] - values[0] + 1) for far in (0.1, 0.3, 1, 3, 10, 60)]
    beyond = [end for far in tails for end in (values[0] - far, values[-1] + far)]
    ends = sorted({low, high, seen, *values, *(end for end in beyond if low < end < high)})
    return sum(
        quad(lambda x: (below(x) - (1 if x >= seen else 0)) ** 2, start, end, epsabs=1e-14, epsrel=1e-13, limit=400)[0]
        for start, end in zip(ends, ends[1:])
    )


distributions = []
for case in range(40):
    centre, size = random.normal(5, 4), random.gamma(3, 0.7)
    values = np.sort(centre + size * random.normal(size=6))
    low, high = -200.0, 200.0
    if case >= 20:
        low = 0.0
        values = np.sort(np.maximum(0, values - 5))
    seen = float(np.clip(centre + 1.5 * size * random.normal() - (5 if case >= 20 else 0), low, high))
    if case % 10 == 9:
        seen = float(values[2])
    below = distribution(values, low, high)
    points = [float(values[0] - size), 0.0, float(values.mean()), float(values[-1] + size)]
    distributions.append(
        {
            "values": plain(values),
            "low": low,
            "high": high,
            "observed": seen,
            "crps": float(crps(values, low, high, seen)),
            "points": points,
            "below": [float(below(point)) for point in points],
        }
    )

ensembles = random.normal(8, 3, size=(30, 12))
seen = random.normal(8, 3, size=30)

# Wind directions, some on either side of north.
directions = np.round(random.uniform(0, 360, 60), 1)
said = np.round((directions + random.normal(0, 70, 60)) % 360, 1)
on_circle = dict(is_angular=True)

fixture = {
    "madeBy": {
        "numpy": np.__version__,
        "properscoring": "0.1",
        "scikit-learn": sklearn.__version__,
        "scipy": scipy.__version__,
        "scores": scores.__version__,
        "seed": SEED,
    },
    "events": plain(happened),
    "probabilities": plain(probabilities),
    "tables": [table(threshold) for threshold in (0.1, 0.3, 0.5, 0.8)],
    "brier": {
        "brier": float(brier_score_loss(happened, probabilities)),
        "reliability": float(reliability),
        "resolution": float(resolution),
        "uncertainty": float(base_rate * (1 - base_rate)),
        "withinBins": float(within),
    },
    "bars": bars,
    "roc": {
        "area": float(roc_auc_score(happened, probabilities)),
        "falseAlarmRates": plain(false_rates),
        "hitRates": plain(hit_rates),
        "thresholds": plain(thresholds[1:]),
    },
    "value": {"ratios": plain(ratios), "value": value},
    "levels": plain(LEVELS),
    "distributions": distributions,
    "ensemble": {
        "members": plain(ensembles),
        "observed": plain(seen),
        "crps": plain(crps_ensemble(seen, ensembles)),
    },
    "circle": {
        "observed": plain(directions),
        "predicted": plain(said),
        "mae": float(mae(xr.DataArray(said), xr.DataArray(directions), **on_circle)),
        "rmse": float(np.sqrt(mse(xr.DataArray(said), xr.DataArray(directions), **on_circle))),
    },
}
fixture_file.write_text(json.dumps(fixture, indent=1) + "\n", encoding="utf-8")
