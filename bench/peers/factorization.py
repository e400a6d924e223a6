"""Singular values and vectors of a table by NumPy with its BLAS, as many threads as that takes. Requests and answers are JSON, a line each."""

import json
import sys
import time

import numpy as np

ROWS_AT_ONCE = 16384


def svd(table, rank):
    u, s, vt = np.linalg.svd(table, full_matrices=False)
    return s, (u[:, :rank] * s[:rank], vt[:rank])


def gram(table, rank):
    total = np.zeros((table.shape[1], table.shape[1]), np.float64)
    for start in range(0, len(table), ROWS_AT_ONCE):
        block = table[start : start + ROWS_AT_ONCE]
        total += block.T @ block
    values, vectors = np.linalg.eigh(total)
    leading = vectors[:, ::-1][:, :rank].astype(np.float32)
    return np.sqrt(np.maximum(values[::-1], 0)), (table @ leading, leading.T)


def reference(table):
    """LAPACK in float64: QR of blocks of rows, each on top of the last R, then the singular values of R."""
    r = np.zeros((0, table.shape[1]))
    for start in range(0, len(table), ROWS_AT_ONCE):
        r = np.linalg.qr(np.vstack([r, table[start : start + ROWS_AT_ONCE].astype(np.float64)]), mode="r")
    return np.linalg.svd(r, compute_uv=False)


table = None
for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "load":
        table = np.fromfile(request["path"], np.float32).reshape(-1, request["columns"])
        answer = {}
    elif request["do"] == "reference":
        answer = {"singularValues": reference(table).tolist()}
    else:
        start = time.perf_counter()
        values, factors = {"svd": svd, "gram": gram}[request["route"]](table, request["rank"])
        answer = {"ms": 1000 * (time.perf_counter() - start), "singularValues": values.tolist()}
    print(json.dumps(answer))
