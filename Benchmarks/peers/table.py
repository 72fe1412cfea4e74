"""Writes the table of training speeds beside PyTorch from what train.py --results kept.

    python3 Benchmarks/peers/table.py Benchmarks/Results/training.json                      # prints it
    python3 Benchmarks/peers/table.py Benchmarks/Results/training.json --update README.md   # between its two marks
"""

import argparse
import json
import statistics
import sys

BEGIN, END = "<!-- training speed: table.py -->", "<!-- end -->"
ORDER = ["T", "S", "M", "L", "distill"]


def span(values):
    low, high = (f"{round(value, -2 if value >= 1000 else 0):,.0f}" for value in (min(values), max(values)))
    return low if low == high else f"{low}–{high}"


def row(entry):
    return "| {} | {} | {} | {} | {:.2f} × ({:.2f}–{:.2f}) | {:,} against {:,} |".format(
        "S from a live teacher" if entry["config"] == "distill" else entry["config"], entry["precision"],
        span(entry["swiftlet_tokens_per_second"]), span(entry["peer_tokens_per_second"]),
        statistics.median(entry["ratios"]), min(entry["ratios"]), max(entry["ratios"]),
        entry["swiftlet_peak_rss_mb"], entry["peer_peak_rss_mb"])


def table(entries):
    entries = sorted(entries, key=lambda entry: (ORDER.index(entry["config"]), entry["precision"]))
    peers = sorted({entry["peer"] for entry in entries})
    return "\n".join([
        f"| model | precision | swiftlet, tokens/s | {', '.join(peers)} | ratio (pairs) | peak memory, MB |",
        "|---|---|---:|---:|---:|---:|", *map(row, entries)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results")
    parser.add_argument("--update", metavar="FILE", help="replace the table between the two marks in FILE")
    arguments = parser.parse_args()
    with open(arguments.results) as file:
        text = table(json.load(file))
    if not arguments.update:
        return print(text)
    with open(arguments.update) as file:
        page = file.read()
    if page.count(BEGIN) != 1 or END not in page[page.index(BEGIN):]:
        sys.exit(f"{arguments.update}: no place for the table; expected a line {BEGIN} and after it {END}")
    head, rest = page.split(BEGIN)
    with open(arguments.update, "w") as file:
        file.write(head + BEGIN + "\n" + text + "\n" + rest[rest.index(END):])


if __name__ == "__main__":
    main()
