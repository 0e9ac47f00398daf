"""Writes src-main/dataset/fixtures/sun.json: the sun as pvlib has it, which our own formulas are compared with.

python3 scripts/make-sun-fixture.py, with pvlib (0.16 made the file) installed.
"""

import json
from pathlib import Path

import pandas as pd
import pvlib

PLACES = [(37.57, 126.97), (48.86, 2.35), (-33.87, 151.21), (0.0, -78.5), (69.65, 18.96), (-90.0, 0.0), (90.0, 0.0)]
MOMENTS = [
    "1987-04-10 19:21", "2000-01-01 00:00", "2013-06-21 03:30", "2013-12-21 12:00", "2016-02-29 23:59",
    "2020-03-20 03:50", "2020-09-22 13:31", "2024-07-04 15:00", "2026-11-30 09:15", "2040-10-05 06:40",
]
LATITUDES = [0.0, 37.57, -33.87, 60.0, 69.65, -80.0]
DAYS = ["2013-01-15", "2013-03-20", "2013-06-21", "2013-10-05", "2013-12-21"]


def heights():
    """By the solar position algorithm of NREL, without refraction; radiation by Haurwitz."""
    times = pd.DatetimeIndex(MOMENTS, tz="UTC")
    for latitude, longitude in PLACES:
        place = pvlib.solarposition.get_solarposition(times, latitude, longitude)
        radiation = pvlib.clearsky.haurwitz(place["zenith"])["ghi"]
        for time, height, clear in zip(times, place["elevation"], radiation):
            yield [int(time.timestamp() * 1000), latitude, longitude, round(float(height), 4), round(float(clear), 2)]


def lengths():
    """From sunrise to sunset by the same algorithm, on the meridian of Greenwich; where there is neither, by the height at noon."""
    for latitude in LATITUDES:
        days = pd.DatetimeIndex(DAYS, tz="UTC")
        noons = days + pd.Timedelta(hours=12)
        found = pvlib.solarposition.sun_rise_set_transit_spa(days, latitude, 0.0)
        noon = pvlib.solarposition.get_solarposition(noons, latitude, 0.0)["elevation"]
        for at, rise, fall, height in zip(noons, found["sunrise"], found["sunset"], noon):
            polar = 24.0 if height > 0 else 0.0
            hours = polar if pd.isna(rise) or pd.isna(fall) else (fall - rise).total_seconds() / 3600
            yield [int(at.timestamp() * 1000), latitude, round(hours, 4)]


path = Path(__file__).parent.parent / "src-main" / "dataset" / "fixtures" / "sun.json"
rows = {"heights": list(heights()), "lengths": list(lengths())}
path.write_text(json.dumps({"pvlib": pvlib.__version__, **rows}) + "\n")
