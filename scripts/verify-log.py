"""Verifies forecasts against a station's database, for tests: with nothing of Hindcast's, by Python alone.

python3 verify-log.py FORECASTS DATABASE

FORECASTS is a run's forecasts.json, DATABASE one of WeeWX whose archive holds outTemp. Prints JSON: how many values there
are with a reading of their time, their RMSE and bias, the RMSE of persistence, and how many lay within the 95 % interval.
"""

import json
import math
import sqlite3
import struct
import sys

path, database = sys.argv[1:]
read = dict(sqlite3.connect(database).execute('SELECT dateTime, outTemp FROM archive'))
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
