"""Runs the example scripts of exported models, each as its user would, in one process: the libraries load once.

Prints, as JSON, what each script printed, in the order of the arguments; of one that fails, how it failed.
"""

import contextlib
import io
import json
import runpy
import sys
import traceback


def said_by(path):
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            runpy.run_path(path, run_name="__main__")
    except BaseException:
        return said.getvalue() + traceback.format_exc()
    return said.getvalue()


print(json.dumps([said_by(path) for path in sys.argv[1:]]))
