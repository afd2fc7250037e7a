"""Every task: which program or command holds it, on what, what is measured, and what is wanted."""

import dataclasses

HIGGS = "higgs/higgs-activity-days-1-5.txt.gz"


@dataclasses.dataclass
class Measure:
    """A figure of a contest, and what it is wanted to be."""

    task: str
    title: str
    figure: str
    unit: str
    times: dict = dataclasses.field(default_factory=dict)  # rival -> at least so many times better
    at_most: float | None = None  # of the median, in `unit`
    candidate: str = "renown"  # what the wants are about


@dataclasses.dataclass
class Contest:
    program: str  # bench_<program>
    measures: list
    rows: int = 0
    quick_rows: int = 0
    options: tuple = ()
    log: str = ""  # below RENOWN_DATA; without it the contest is left out


CONTESTS = [
    Contest("ingest", [Measure("ingest", "JSON lines of 127 bytes to rows as numbers, an event", "cpu", "ns", {"simdjson": 0.5, "duckdb": 1.5})], 1_000_000, 200_000),
    Contest("ingest", [Measure("ingest_nested", "the same, of 418 bytes with nested objects", "cpu", "ns", {"simdjson": 0.5, "duckdb": 1.5})], 500_000, 100_000, ("--form", "nested")),
    Contest("ingest_aggregate", [Measure("ingest_aggregate", "JSON lines to pair tallies, an event", "cpu", "ns", {"duckdb": 5})], 1_000_000, 200_000),
    Contest(
        "tally",
        [
            Measure("tally", "rows to pair tallies", "cpu", "s", {"duckdb": 5}),
            Measure("tally_memory", "most memory beyond the input", "growth", "MB", {"duckdb": 3}),
            Measure("tally_memory_all", "the same with the input", "peak", "MB"),
        ],
        2_000_000,
        500_000,
    ),
    Contest("score_whole", [Measure("score_whole", "rows to everybody's score", "cpu", "s", {"duckdb": 8, "igraph": 1})], 1_000_000, 200_000),
    Contest("score_whole", [Measure("score_whole_higgs", "the same on Higgs days 1 to 5", "cpu", "s", {"duckdb": 8, "igraph": 1})], log=HIGGS),
    Contest("score_whole", [Measure("score_cards", "rows to everybody's whole card, ranked", "cpu", "s", {"duckdb": 8})], 1_000_000, 200_000, ("--form", "cards")),
    Contest("score_whole", [Measure("score_cards_higgs", "the same on Higgs days 1 to 5", "cpu", "s", {"duckdb": 8})], options=("--form", "cards"), log=HIGGS),
    Contest("memory", [
        Measure("memory_pair", "memory held, a pair", "pairs", "B", at_most=24),
        Measure("memory_account", "memory held, an account, names not counted", "accounts", "B", at_most=32),
    ], 1_000_000, 500_000),
    Contest("live_event", [Measure("live_event", "one more row, and its target's new exact card", "wall", "ms", at_most=1)], 1_000_000, 200_000),
    Contest("live_event", [Measure("live_event_higgs", "the same on Higgs days 1 to 5", "wall", "ms", at_most=1)], log=HIGGS),
    Contest("lookup", [Measure("lookup", "one score by number", "wall", "ns", at_most=50)], 10_000_000, 1_000_000),
    Contest("http_lookup", [Measure("http_lookup", "one small JSON answer over loopback, 32 connections", "wall", "us", {"beast": 0.8, "redis": 1})]),
    Contest("topk", [Measure("topk", "the hundred highest of ten million (a million under --quick)", "wall", "ms", at_most=5)], 10_000_000, 1_000_000),
]

# Held by command_tasks.py.
SCORE_COMMAND = [
    Measure("score_command", "`renown score`, Higgs days 1 to 5, every file written", "wall", "s", at_most=0.6),
    Measure("score_command_memory", "its peak memory", "peak", "MB", at_most=200),
]
IMPORT = [Measure("import", "`renown import` of JSON lines of 127 bytes, an event", "wall", "ns", at_most=500)]
DELTA_DAY = [
    Measure("delta_day", "`renown score --data` after 1 % more (`renown_import`: adding it), `renown_full` in a fresh folder", "wall", "s"),
]
