"""Compares our matrix products with libraries', shape by shape, from what `swiftlet bench matmul --json` printed.

    B="swiftlet bench matmul --json --no-cold"
    $B --backends openblas,panels,panels-packed,bf16,bf16-packed > ours.json
    $B --backends none --blas LIBOPENBLAS.so --blas LIBBLIS.so --kernel ./onednn.so:onednn_fp32 \\
        --kernel ./onednn.so:onednn_bf16 --max-error 8e-3 > theirs.json
    python3 Benchmarks/peers/products.py ours.json theirs.json [--each]

In processes of their own: OpenMP's threads go on spinning after a library's product and would take a core from ours. Of
several runs of a kernel the median counts. For every shape the best of our kernels that may be used there is divided by the
best library. Foreign kernels whose name holds "bf16" are compared with our bf16 ones, the others with our fp32 ones. The fp32
libraries pack B inside the time, so `panels-packed` is left out unless --packed counts it.
"""

import argparse
import collections
import json
import math
import statistics

OURS = {"openblas", "panels", "panels-packed", "bf16", "bf16-packed"}


def comparisons(measured, packed):
    """(precision, shape) -> (our best, the best library), each (GFLOP/s, kernel)."""
    runs = collections.defaultdict(list)
    for row in measured:
        left_out = ("naive", "blocked") if packed else ("naive", "blocked", "panels-packed")
        if row["valid"] and row["backend"] not in left_out:
            runs[(row["name"], row["op"], row["m"], row["n"], row["k"]), row["backend"]].append(row["gflops"])
    best = collections.defaultdict(lambda: [(0, ""), (0, "")])
    for (shape, backend), speeds in runs.items():
        precision = "bf16" if "bf16" in backend else "fp32"
        side = 0 if backend in OURS else 1
        best[precision, shape][side] = max(best[precision, shape][side], (statistics.median(speeds), backend))
    return {case: both for case, both in best.items() if both[0][0] and both[1][0]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measured", nargs="+")
    parser.add_argument("--packed", action="store_true", help="count our fp32 products with weights packed before")
    parser.add_argument("--each", action="store_true", help="list every shape too")
    arguments = parser.parse_args()
    measured = []
    for name in arguments.measured:
        with open(name) as file:
            measured += json.load(file)
    cases = comparisons(measured, arguments.packed)
    ratios = collections.defaultdict(list)
    for (precision, shape), (ours, theirs) in sorted(cases.items()):
        ratio = ours[0] / theirs[0]
        kind = "M ≤ 32" if shape[2] <= 32 else shape[1]
        ratios[precision, kind].append((ratio, shape[0]))
        ratios[precision, "all"].append((ratio, shape[0]))
        if arguments.each:
            name, op, m, n, k = shape
            print(f"{precision} {name:26} {op} {m:5} {n:5} {k:5}  {ours[0]:7.1f} {ours[1]:14} {theirs[0]:7.1f} "
                  f"{theirs[1]:24} {ratio:.2f}")
    print("| precision | shapes | count | geometric mean | least | where |\n|---|---|---:|---:|---:|---|")
    for (precision, kind), rows in sorted(ratios.items()):
        mean = math.exp(sum(math.log(ratio) for ratio, _ in rows) / len(rows))
        print(f"| {precision} | {kind} | {len(rows)} | {mean:.2f} × | {min(rows)[0]:.2f} × | {min(rows)[1]} |")


if __name__ == "__main__":
    main()
