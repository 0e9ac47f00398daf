"""Writes a database as WeeWX does, for tests: a row of the archive and its day's summary in each transaction.

python3 weewx-writer.py DATABASE JOURNAL_MODE      writes over a hundred rows a second, in bursts, until its standard input ends
python3 weewx-writer.py DATABASE JOURNAL_MODE -    does what its standard input says, a JSON line for each transaction:
                                                   {"sql": [[STATEMENT, [VALUES...]], ...]}, and answers each with a line

It never waits for a lock: where another has one, the transaction fails, and is counted. Its last line is JSON: how many
transactions there were, how many found the database locked, how long the slowest took to get its lock in ms, and how many took over 50;
as told also what a database beside it took at the same moments, which nobody else opens: on a busy machine a process waits
for its turn, too.
"""

import json
import sqlite3
import sys
import threading
import time

LONG_MS = 50
path, journal_mode, *from_input = sys.argv[1:]


def opened(file):
    database = sqlite3.connect(file, timeout=0, isolation_level=None)
    database.execute(f'PRAGMA journal_mode = {journal_mode}')
    database.execute('PRAGMA synchronous = OFF')
    database.executescript(
        'CREATE TABLE IF NOT EXISTS archive (dateTime INTEGER PRIMARY KEY, usUnits INTEGER, interval INTEGER,'
        ' barometer REAL, outTemp REAL, outHumidity REAL, windSpeed REAL, rain REAL, note TEXT);'
        'CREATE TABLE IF NOT EXISTS archive_day_outTemp (dateTime INTEGER PRIMARY KEY, count INTEGER, sum REAL);'
    )
    return database


database = opened(path)
told = {'transactions': 0, 'locked': 0, 'longest_wait_ms': 0.0, 'long_waits': 0}


def transaction(statements):
    """All of the statements or, where the database is locked, none of them."""
    begun = time.perf_counter()
    try:
        database.execute('BEGIN IMMEDIATE')
        waited = time.perf_counter()
        for sql, values in statements:
            database.execute(sql, values)
        committing = time.perf_counter()
        database.execute('COMMIT')
        told['transactions'] += 1
        told['longest_wait_ms'] = max(told['longest_wait_ms'], 1000 * (waited - begun))
        told['long_waits'] += 1000 * (waited - begun) > LONG_MS
        return 1000 * (waited - begun + time.perf_counter() - committing)
    except sqlite3.OperationalError:
        told['locked'] += 1
        if database.in_transaction:
            database.execute('ROLLBACK')
        return None


def in_bursts():
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    row = database.execute('SELECT count(*) FROM archive').fetchone()[0]
    while not ended.is_set():
        when, value = 1_577_836_800 + 300 * row, 40 + row % 50
        # So long that each row changes several pages.
        transaction([
            ('INSERT INTO archive VALUES (?, 17, 5, 1013.2, ?, 80, 2.5, 0, ?)', (when, value, 'x' * 5000)),
            ('INSERT INTO archive_day_outTemp VALUES (?, 1, ?) ON CONFLICT (dateTime) DO UPDATE'
             ' SET count = count + 1, sum = sum + excluded.sum', (when - when % 86_400, value)),
        ])
        row += 1
        # A reader of pages, without a log of them, needs a moment in which nothing is written.
        time.sleep(0.1 if row % 25 == 0 else 0.002)
        if row % 500 == 0:
            transaction([('DELETE FROM archive', ()), ('DELETE FROM archive_day_outTemp', ())])
            row = 0


def as_told():
    beside = opened(f'{path}-beside')
    told.update(longest_wait_beside_ms=0.0, long_waits_beside=0)
    for line in sys.stdin:
        begun = time.perf_counter()
        beside.execute('BEGIN IMMEDIATE')
        waited_ms = 1000 * (time.perf_counter() - begun)
        beside.execute('INSERT INTO archive (note) VALUES (NULL)')
        beside.execute('COMMIT')
        told['longest_wait_beside_ms'] = max(told['longest_wait_beside_ms'], waited_ms)
        told['long_waits_beside'] += waited_ms > LONG_MS
        print(json.dumps({'ms': transaction(json.loads(line)['sql'])}), flush=True)


as_told() if from_input else in_bursts()
print(json.dumps(told))
