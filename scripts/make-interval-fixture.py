"""Writes the numbers that the tests of intervals and probabilities compare with, made by other people's programs.

    python3 -m venv venv && venv/bin/pip install mapie scoringrules scikit-learn numpy
    venv/bin/python scripts/make-interval-fixture.py

Conformal ends are MAPIE's conformalised quantile regression (each end for itself), coverage and width MAPIE's metrics,
the interval score scoringrules', Brier score and reliability scikit-learn's, the probability model statsmodels' logistic
regression. Values are rounded to float32 first, as Hindcast holds them.
"""

import json
from pathlib import Path

import mapie
import numpy as np
import scoringrules
import sklearn
import statsmodels
import statsmodels.api as sm
from mapie.metrics.regression import regression_coverage_score, regression_mean_width_score
from mapie.regression import ConformalizedQuantileRegressor
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss

SEED = 20240501
LEVELS = (50, 80, 95)
CALIBRATION, TEST = 90, 60
fixture_file = Path(__file__).parent.parent / "src-main" / "verification" / "fixtures" / "intervals.json"
random = np.random.default_rng(SEED)


def float32(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def plain(values):
    return np.asarray(values).tolist()


class Column(RegressorMixin, BaseEstimator):
    """A model that was trained elsewhere: it says what stands in a column."""

    def __init__(self, column=0):
        self.column = column

    def fit(self, X, y):
        return self

    @property
    def is_fitted_(self):
        return True

    def __sklearn_is_fitted__(self):
        return True

    def predict(self, X):
        return X[:, self.column]


count = CALIBRATION + TEST
observed = float32(random.gamma(2, 3, count))
median = float32(observed + random.normal(size=count))
levels = {}
for level, half in zip(LEVELS, (0.5, 1.1, 1.5)):
    low = float32(median - half * random.uniform(0.5, 1.5, count))
    high = float32(median + half * random.uniform(0.5, 1.5, count))
    X = np.column_stack([low, high, median])
    model = ConformalizedQuantileRegressor(
        [Column(0), Column(1), Column(2)], confidence_level=level / 100, prefit=True
    )
    model.conformalize(X[:CALIBRATION], observed[:CALIBRATION])
    _, ends = model.predict_interval(X[CALIBRATION:])
    ends = float32(ends[:, :, 0])
    seen = observed[CALIBRATION:]
    levels[level] = {
        "low": plain(low),
        "high": plain(high),
        "conformalLow": plain(ends[:, 0]),
        "conformalHigh": plain(ends[:, 1]),
        "coverage": float(regression_coverage_score(seen, ends[:, :, None])[0]),
        "width": float(regression_mean_width_score(ends[:, :, None])[0]),
        "score": float(scoringrules.interval_score(seen, ends[:, 0], ends[:, 1], 1 - level / 100).mean()),
    }

# Events and probabilities of them that are a little too sure.
truth = random.uniform(0.02, 0.98, 300)
events = (random.uniform(size=300) < truth).astype(int)
probabilities = np.clip(0.5 + 1.3 * (truth - 0.5), 0.001, 0.999)
frequency, forecast = calibration_curve(events, probabilities, n_bins=10, strategy="uniform")
climatology = np.full(300, 0.4)

# A logistic regression of rain on two predictors.
predictors = float32(random.normal(size=(200, 2)))
wet = (random.uniform(size=200) < 1 / (1 + np.exp(-(0.4 + 1.2 * predictors[:, 0] - 0.7 * predictors[:, 1])))).astype(int)
logistic = sm.Logit(wet, sm.add_constant(predictors)).fit(disp=0, tol=1e-14, maxiter=200)

fixture = {
    "madeBy": {
        "mapie": mapie.__version__,
        "numpy": np.__version__,
        "scikit-learn": sklearn.__version__,
        "scoringrules": scoringrules.__version__,
        "statsmodels": statsmodels.__version__,
        "seed": SEED,
    },
    "calibrated": CALIBRATION,
    "observed": plain(observed),
    "levels": levels,
    "probability": {
        "events": plain(events),
        "probabilities": plain(probabilities),
        "brier": float(brier_score_loss(events, probabilities)),
        "climatologyBrier": float(brier_score_loss(events, climatology)),
        "climatology": 0.4,
        "reliability": {"forecast": plain(forecast), "frequency": plain(frequency)},
    },
    "logistic": {
        "predictors": plain(predictors),
        "events": plain(wet),
        "coefficients": plain(logistic.params),
    },
}
fixture_file.write_text(json.dumps(fixture, indent=1) + "\n", encoding="utf-8")
