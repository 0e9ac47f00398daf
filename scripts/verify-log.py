"""Verifies forecasts against a station's database, for tests: with nothing of Hindcast's, by Python alone.

python3 verify-log.py FORECASTS DATABASE       of WeeWX, whose archive holds outTemp
python3 verify-log.py FORECASTS FILE ZONE      of lines 'YYYY-MM-DD HH:MM,temperature,...' by a clock on a wall of that zone

FORECASTS is a run's forecasts.json. Prints JSON: how many values there
are with a reading of their time, their RMSE and bias, the RMSE of persistence, and how many lay within the 95 % interval.
"""

import json
import math
import sqlite3
import struct
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def of_database(file):
    return dict(sqlite3.connect(file).execute('SELECT dateTime, outTemp FROM archive'))


def of_wall_clock(file, name):
    """By the zone's standard time, which the forecasts of such a file are of; seconds since 1970."""
    zone, read, before = ZoneInfo(name), {}, None
    with open(file, encoding='utf-8') as lines:
        next(lines)
        for line in lines:
            text, temperature, *_ = line.split(',')
            wall = datetime.strptime(text, '%Y-%m-%d %H:%M').replace(tzinfo=zone)
            # An hour that comes twice: its first line is of summer time, unless an hour of winter time went before.
            again = wall.replace(fold=1)
            if again.utcoffset() != wall.utcoffset() and before is not None and wall.timestamp() <= before.timestamp():
                wall = again
            before = wall
            standard = wall.utcoffset() - (wall.dst() or timedelta())
            read[round(wall.timestamp() + standard.total_seconds())] = float(temperature)
    return read


path, source, *zone = sys.argv[1:]
read = of_wall_clock(source, zone[0]) if zone else of_database(source)
squares, errors, persisted, within = [], [], [], 0
with open(path, encoding='utf-8') as file:
    forecasts = json.load(file)['forecasts']
for forecast in forecasts:
    for point in forecast['points']:
        value = read.get(point['time'] // 1000)
        if value is None:
            continue
        # Hindcast keeps readings as 32-bit numbers.
        observed = struct.unpack('f', struct.pack('f', value))[0]
        squares.append((point['value'] - observed) ** 2)
        errors.append(point['value'] - observed)
        persisted.append((forecast['lastReading'] - observed) ** 2)
        within += point['low'] <= observed <= point['high']
count = len(errors)
print(json.dumps({
    'points': count,
    'rmse': math.sqrt(math.fsum(squares) / count),
    'bias': math.fsum(errors) / count,
    'persistenceRmse': math.sqrt(math.fsum(persisted) / count),
    'within': within / count,
}))
