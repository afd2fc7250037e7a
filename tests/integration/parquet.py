"""Parquet files as rows, read by DuckDB's own library through its C API, apart from all code of Renown.

The library's path comes from RENOWN_DUCKDB; without it only the file's frame can be looked at.
"""

import csv
import ctypes
import os
import pathlib
import tempfile

LIBRARY = os.environ.get("RENOWN_DUCKDB", "")


def is_whole(data):
    """A Parquet file begins and ends with the same four letters; one that was cut off does not."""
    return len(data) > 8 and data[:4] == b"PAR1" and data[-4:] == b"PAR1"


def can_read():
    return pathlib.Path(LIBRARY).is_file()


class Result(ctypes.Structure):
    _fields_ = [
        ("deprecated", ctypes.c_uint64 * 3),
        ("deprecated_columns", ctypes.c_void_p),
        ("deprecated_message", ctypes.c_char_p),
        ("internal_data", ctypes.c_void_p),
    ]


def rows(path):
    """A list of dictionaries of texts, as csv.DictReader gives them: numbers in full, what is missing as ""."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "rows.csv"
        run(f"COPY (SELECT * FROM read_parquet('{path}')) TO '{out}' (FORMAT csv, HEADER)")
        with open(out, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def run(sql):
    duckdb = ctypes.CDLL(LIBRARY)
    duckdb.duckdb_result_error.restype = ctypes.c_char_p
    database, connection, result = ctypes.c_void_p(), ctypes.c_void_p(), Result()
    assert duckdb.duckdb_open(None, ctypes.byref(database)) == 0
    assert duckdb.duckdb_connect(database, ctypes.byref(connection)) == 0
    failed = duckdb.duckdb_query(connection, sql.encode(), ctypes.byref(result))
    message = duckdb.duckdb_result_error(ctypes.byref(result)) if failed else None
    duckdb.duckdb_destroy_result(ctypes.byref(result))
    duckdb.duckdb_disconnect(ctypes.byref(connection))
    duckdb.duckdb_close(ctypes.byref(database))
    if failed:
        raise AssertionError(f"{sql}: {message}")
