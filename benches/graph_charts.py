"""Draws the charts of `graph.py`."""

import math

MILLI = 1e6
LABELS = {
    "build": "build from ids in memory",
    "matrix": "1,000 nodes by 10,000 roots",
    "closure-popular": "what needs the most needed node",
    "closure-p99": "what needs a node at the 99th percentile",
    "union-1000": "what needs one of 1,000 nodes",
    "scc": "strongly connected components",
    "toposort": "topological order",
}
# Of middle lightness, to be seen on white and on black.
COLORS = ["#1f7fe5", "#d9730d", "#2f9e57", "#c9507f", "#8a63d2", "#15979b", "#a08000"]
STYLE = (
    "<style>text{font:13px sans-serif;fill:#1f2328}.grid{stroke:#d1d9e0}.line{fill:none;"
    "stroke-width:2}.ours{fill:#0969da}.peer{fill:#8c959f}.title{font-weight:600}"
    ".note{font-size:11px}@media(prefers-color-scheme:dark){text{fill:#e6edf3}"
    ".grid{stroke:#3d444d}.ours{fill:#4493f8}.peer{fill:#7d8590}}</style>"
)


def growth(grown, machine):
    """Draws the time of our graph over its size, both by powers of ten."""
    tasks = [task for task in LABELS if task in grown[max(grown)]]
    lines = {task: [(n, grown[n][task]["wall"] / MILLI) for n in sorted(grown)] for task in tasks}
    times = [time for points in lines.values() for _, time in points]
    low, high = power(min(times)), power(max(times)) + 1
    first, last = power(min(grown)), power(max(grown))
    left, top, width, height = 70, 44, 310, 46 * max(4, high - low)

    def place(point):
        nodes, time = (math.log10(value) for value in point)
        return (
            left + width * (nodes - first) / max(1, last - first),
            top + height * (high - time) / (high - low),
        )

    yield from head(top + height + 58, "milliseconds by number of nodes")
    yield '<text class="title" x="12" y="22">Milliseconds by number of nodes, five edges each</text>'
    for step in range(low, high + 1):
        _, y = place((10**first, 10**step))
        yield f'<line class="grid" x1="{left}" x2="{left + width}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{round(10**step, 9):,}</text>'
    for step in range(first, last + 1):
        x, _ = place((10**step, 10**low))
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{top + height}"/>'
        yield f'<text x="{x:.1f}" y="{top + height + 18}" text-anchor="middle">{10**step:,}</text>'
    # Labels stand at the ends of the lines, moved apart where they would meet.
    free, right = top - 17, left + width
    for color, task in enumerate(sorted(tasks, key=lambda task: -lines[task][-1][1])):
        points, color = [place(point) for point in lines[task]], COLORS[color]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline class="line" stroke="{color}" points="{path}"/>'
        yield from (f'<circle fill="{color}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)
        end = points[-1][1]
        free = max(end, free + 17)
        yield f'<line stroke="{color}" x1="{right}" x2="{right + 20}" y1="{end:.1f}" y2="{free:.1f}"/>'
        yield f'<text x="{right + 24}" y="{free + 4:.1f}">{LABELS[task]}</text>'
    yield f'<text class="note" x="12" y="{top + height + 46}">modelward; {machine}</text>'
    yield "</svg>"


def bars(results, engines, note):
    """Draws some tasks in every engine, each task by its own scale."""
    tasks = [task for task in ("build", "closure-popular", "scc", "toposort") if results.get(task)]
    left, width, step = 110, 440, 22
    height = 62 + sum(30 + step * len(results[task]) for task in tasks)
    yield from head(height, "milliseconds by engine")
    yield '<text class="title" x="12" y="22">Milliseconds (less is better)</text>'
    y = 40
    for task in tasks:
        runs = {name: results[task][name]["wall"] / MILLI for name in engines if name in results[task]}
        yield f'<text x="12" y="{y + 12}">{LABELS[task]}</text>'
        y += 20
        for name, time in runs.items():
            kind = "ours" if name == "modelward" else "peer"
            length = max(1, width * time / max(runs.values()))
            yield f'<text x="{left - 8}" y="{y + 14}" text-anchor="end">{name}</text>'
            yield f'<rect class="{kind}" x="{left}" y="{y}" width="{length:.1f}" height="18" rx="2"/>'
            yield f'<text x="{left + length + 6:.1f}" y="{y + 14}">{digits(time)}</text>'
            y += step
        y += 10
    yield f'<text class="note" x="12" y="{height - 8}">{note}</text>'
    yield "</svg>"


def head(height, label):
    """Yields how a chart begins."""
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 {height}" role="img" '
        f'aria-label="{label}">'
    )
    yield STYLE


def digits(value):
    """Writes a number with three digits that count."""
    places = 4 if value < 0.1 else 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{places}f}"


def power(value):
    """Returns the power of ten at or below a value."""
    return math.floor(math.log10(value) + 1e-9)
