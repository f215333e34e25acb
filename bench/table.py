"""Turns what bench/run measured (a folder) into the table: text, or Markdown with --markdown."""
import json
import os
import platform
import statistics
import sys
from pathlib import Path

COLUMNS = ["what", "measured", "rounds", "x curl", "ours / it", "budget", "verdict"]
CONTESTANTS = {
    "ours": "ccaas-token, native",
    "curl": "curl",
    "shell": "bash + curl + jq",
    "python": "Python, requests",
    "node": "Node, axios",
}
# ours / it, at most
RATIO_BUDGETS = {("http", "curl"): 1.6, ("http", "shell"): 0.6, ("http", "node"): 1 / 8, ("tls", "curl"): 1.4}
MEMORY_BUDGET_MIB = 18
PACKED_BUDGET_MB = 5.5
CONTAINER_BUDGET_MS = 30

results = Path(sys.argv[1])
skipped = dict(line.split("\t", 1) for line in (results / "skipped").read_text().splitlines())
rows = []  # a row of one cell is a heading


def row(what, measured="-", rounds="", curl="", ours="", budget="", verdict=""):
    rows.append([what, measured, rounds, curl, ours, budget, verdict])


def within(value, budget):
    return "ok" if value <= budget else "OVER"


def times(group):
    """Milliseconds of every timed run: one dictionary of lists a round."""
    return [
        {one["command"]: [1000 * t for t in one["times"]] for one in json.loads(file.read_text())["results"]}
        for file in sorted(results.glob(f"{group}.*.json"))
    ]


def milliseconds(rounds, name):
    """The median of all runs, and the lowest and highest median of a round."""
    medians = [statistics.median(one[name]) for one in rounds]
    everything = statistics.median([t for one in rounds for t in one[name]])
    return f"{everything:.1f} ms", f"{min(medians):.1f}-{max(medians):.1f}"


def over_rounds(rounds, compare):
    """The median over the rounds of what one round says, so that a slow minute weighs on both sides."""
    return statistics.median(compare({name: statistics.median(t) for name, t in one.items()}) for one in rounds)


def ratio(value):
    return f"{value:.2f}" if value >= 0.2 else f"{value:.3f}"


def time_rows(group, title, names):
    rows.append([title])
    rounds = times(group)
    for name in names:
        if name in skipped:
            row("  " + CONTESTANTS[name], verdict="skipped: " + skipped[name])
            continue
        cells = {"budget": "", "verdict": ""}
        if "curl" not in skipped:
            cells["curl"] = ratio(over_rounds(rounds, lambda median: median[name] / median["curl"]))
        if name != "ours":
            ours = over_rounds(rounds, lambda median: median["ours"] / median[name])
            cells["ours"] = ratio(ours)
            if budget := RATIO_BUDGETS.get((group, name)):
                cells |= {"budget": f"<= {budget:g}", "verdict": within(ours, budget)}
        row("  " + CONTESTANTS[name], *milliseconds(rounds, name), **cells)


def reuse_rows(transport, title):
    rows.append([title])
    rounds = [one | off | warm for one, off, warm in zip(times(transport), times(f"{transport}-off"), times(f"{transport}-warm"))]
    for name, label in {"off": "cache: off", "ours": "cache: job, first step", "warm": "cache: job, later step"}.items():
        curl = {} if "curl" in skipped else {"curl": ratio(over_rounds(rounds, lambda median: median[name] / median["curl"]))}
        ours = {} if name == "ours" else {"ours": ratio(over_rounds(rounds, lambda median: median["ours"] / median[name]))}
        row("  " + label, *milliseconds(rounds, name), **curl, **ours)


def memory_rows(transport, title):
    rows.append([title])
    for name, label in CONTESTANTS.items():
        if reason := skipped.get(name) or skipped.get("memory"):
            row("  " + label, verdict="skipped: " + reason)
            continue
        mebibytes = max(map(int, (results / f"memory.{transport}.{name}").read_text().split())) / 1024
        judged = {"budget": f"<= {MEMORY_BUDGET_MIB} MiB", "verdict": within(mebibytes, MEMORY_BUDGET_MIB)}
        row("  " + label, f"{mebibytes:.1f} MiB", **(judged if name == "ours" else {}))


def size_rows():
    rows.append(["Executable"])
    size, packed = ((results / name).stat().st_size / 1e6 for name in ("executable", "executable.gz"))
    row("  as built: " + skipped["strip"] if "strip" in skipped else "  stripped", f"{size:.2f} MB")
    row("  the same, gzip -9", f"{packed:.2f} MB", budget=f"<= {PACKED_BUDGET_MB} MB", verdict=within(packed, PACKED_BUDGET_MB))


def container_rows():
    rows.append(["Container, from docker run to its end"])
    budget = f"<= +{CONTAINER_BUDGET_MS} ms"
    if "container" in skipped:
        row("  image over static hello", budget=budget, verdict="skipped: " + skipped["container"])
        return
    rounds = times("container")
    row("  static hello", *milliseconds(rounds, "hello"))
    row("  image, with its token request", *milliseconds(rounds, "image"))
    more = over_rounds(rounds, lambda median: median["image"] - median["hello"])
    row("  image over static hello", f"{more:+.1f} ms", budget=budget, verdict=within(more, CONTAINER_BUDGET_MS))


def machine():
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        system = platform.system()
    rounds = times("http")
    runs = len(rounds[0]["ours"])
    load = (results / "loadavg").read_text().split()[0]
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, {system}, load {load} at the start. "
        f"{len(rounds)} rounds of {runs} runs each; \"rounds\" is the lowest and the highest median of a round."
    )


def print_text():
    cells = [COLUMNS] + [one for one in rows if len(one) > 1]
    widths = [max(len(one[i]) for one in cells) for i in range(len(COLUMNS) - 1)]
    for one in [COLUMNS] + rows:
        first, *rest = one
        middle = "".join(f"  {cell:>{width}}" for cell, width in zip(rest, widths[1:]))
        print(f"{first:<{widths[0]}}{middle}  {rest[-1] if rest else ''}".rstrip())
    print("\n" + machine())


def print_markdown():
    print("# Results\n\nWritten by `bench/run --write`; what the columns mean is in [README.md](README.md).\n")
    print("| " + " | ".join(COLUMNS) + " |\n|---|" + "---:|" * (len(COLUMNS) - 2) + "---|")
    for one in rows:
        cells = [f"**{one[0]}**"] + [""] * (len(COLUMNS) - 1) if len(one) == 1 else one
        print("| " + " | ".join(cell.strip() for cell in cells) + " |")
    print("\n" + machine())


time_rows("http", "Start to token, over http", CONTESTANTS)
time_rows("tls", "Start to token, over TLS", CONTESTANTS)
time_rows("tls-default", "TLS, the machine's SSL_CERT_DIR", ["ours", "curl"])
reuse_rows("http", "With and without the job's cache, over http")
reuse_rows("tls", "With and without the job's cache, over TLS")
memory_rows("http", "Peak memory, over http")
memory_rows("tls", "Peak memory, over TLS")
size_rows()
container_rows()
print_markdown() if "--markdown" in sys.argv else print_text()
