"""Writes the numbers that the verification's tests compare with, made by other people's programs.

    python3 -m venv venv && venv/bin/pip install scikit-learn statsmodels scipy numpy arch
    venv/bin/python scripts/make-verification-fixture.py

Scores are scikit-learn's, correlation, Student's t and the cosines behind the Diebold-Mariano test SciPy's,
autocorrelation statsmodels', percentiles NumPy's, the circular block bootstrap arch's. Values are rounded to float32 first, as Hindcast holds them.
"""

import json
from pathlib import Path

import arch
import numpy as np
import scipy
import sklearn
import statsmodels
from arch.bootstrap import CircularBlockBootstrap
from scipy import fft, stats
from sklearn.linear_model import Ridge
from sklearn.metrics import mean_absolute_error, mean_squared_error
from statsmodels.tsa.stattools import acf

SEED = 20221231
WINDOWS, HORIZON = 80, 3
root = Path(__file__).parent.parent
scores_file = root / "src-main" / "verification" / "fixtures" / "scores.json"
bootstrap_file = scores_file.with_name("bootstrap.json")
# The window imports nothing from the main side, tests included.
autocorrelation_file = root / "src-renderer" / "charts" / "fixtures" / "autocorrelation.json"

random = np.random.default_rng(SEED)


def float32(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def plain(values):
    return np.asarray(values).tolist()


def ar1(count, memory, size):
    values = np.zeros(count)
    for index in range(1, count):
        values[index] = memory * values[index - 1] + size * random.normal()
    return values


# Scores by lead time and over all.
observed = float32(12 + ar1(WINDOWS * HORIZON, 0.8, 2).reshape(WINDOWS, HORIZON))
model = float32(observed + 0.3 + ar1(WINDOWS * HORIZON, 0.5, 1.1).reshape(WINDOWS, HORIZON))
reference = float32(observed + ar1(WINDOWS * HORIZON, 0.5, 1.5).reshape(WINDOWS, HORIZON))
learning = float32(12 + ar1(200, 0.8, 2))
scale = mean_absolute_error(learning[1:], learning[:-1])


def scores(seen, said):
    mae = mean_absolute_error(seen, said)
    return {
        "rmse": float(np.sqrt(mean_squared_error(seen, said))),
        "mae": float(mae),
        "bias": float(np.mean(said - seen)),
        "correlation": float(stats.pearsonr(seen, said).statistic),
        "mase": float(mae / scale),
    }


def skill(seen, said, simple):
    return float(1 - mean_squared_error(seen, said) / mean_squared_error(seen, simple))


# The Diebold-Mariano test with the variance by SciPy's cosine transform, in windows a day apart.
def diebold_mariano(differences, horizon):
    count = len(differences)
    waves = int(np.floor(min(0.4 * count ** (2 / 3), count / (2 * horizon))))
    cosines = fft.dct(differences - differences.mean(), norm="ortho")[1 : waves + 1]
    statistic = float(differences.mean() / np.sqrt(np.mean(cosines**2) / count))
    return {
        "horizon": horizon,
        "waves": waves,
        "statistic": statistic,
        "pValue": float(2 * stats.t.sf(abs(statistic), waves)),
    }


differences = ((model - observed) ** 2 - (reference - observed) ** 2).mean(axis=1)
residuals = float32((model - observed)[:, 0])

# A linear model of a window of two inputs; scikit-learn's penalty is on the sum over windows, ours per window.
penalty = 0.05
inputs = float32(random.normal(size=(90, 2)))
targets = float32(np.concatenate([[0], 0.7 * inputs[:-1, 0] - 0.4 * inputs[:-1, 1]]) + 0.1 * random.normal(size=90))
window = 3
flat = np.stack([inputs[start : start + window].ravel() for start in range(90 - window)])
ridge = Ridge(alpha=penalty * len(flat)).fit(flat, targets[window:])

drawn = random.normal(size=101)

fixture = {
    "madeBy": {
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
        "statsmodels": statsmodels.__version__,
        "seed": SEED,
    },
    "horizon": HORIZON,
    "learning": plain(learning),
    "scale": float(scale),
    "observed": plain(observed.ravel()),
    "model": plain(model.ravel()),
    "reference": plain(reference.ravel()),
    "overall": scores(observed.ravel(), model.ravel()),
    "byLead": [scores(observed[:, lead], model[:, lead]) for lead in range(HORIZON)],
    "skill": skill(observed.ravel(), model.ravel(), reference.ravel()),
    "skillByLead": [skill(observed[:, k], model[:, k], reference[:, k]) for k in range(HORIZON)],
    "dieboldMariano": [diebold_mariano(differences, horizon) for horizon in (1, HORIZON, 12)],
    "student": [
        {"t": t, "degrees": degrees, "twoSided": float(2 * stats.t.sf(t, degrees))}
        for t in (0.01, 0.5, 1.96, 3.3, 9.0)
        for degrees in (1, 2, 7, 144, 20_000)
    ],
    "ridge": {
        "penalty": penalty,
        "window": window,
        "inputs": plain(inputs.ravel()),
        "targets": plain(targets),
        "weights": plain(ridge.coef_),
        "intercept": float(ridge.intercept_),
    },
    "percentiles": {
        "values": plain(drawn),
        "interval": plain(np.percentile(drawn, [2.5, 97.5])),
    },
}
# Intervals by a circular block bootstrap over days, each window with all its lead times. Far more resamples than
# Hindcast draws: what is compared is Hindcast's against the true ends.
RESAMPLES, BLOCK = 20_000, 5


def measured(seen, said, simple):
    return np.array([*scores(seen.ravel(), said.ravel()).values(), skill(seen.ravel(), said.ravel(), simple.ravel())])


drawn_again = CircularBlockBootstrap(BLOCK, observed, model, reference, seed=SEED).apply(measured, RESAMPLES)
bootstrap = {
    "madeBy": {"arch": arch.__version__, "numpy": np.__version__, "seed": SEED},
    "blockLength": BLOCK,
    "measures": {
        name: {
            "low": float(np.percentile(values, 2.5)),
            "high": float(np.percentile(values, 97.5)),
            "standardError": float(np.std(values)),
        }
        for name, values in zip([*fixture["overall"], "skill"], drawn_again.T)
    },
}
autocorrelation = {
    "residuals": plain(residuals),
    "correlations": plain(acf(residuals, nlags=10, fft=False)),
}
for file, content in (
    (scores_file, fixture),
    (bootstrap_file, bootstrap),
    (autocorrelation_file, autocorrelation),
):
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
