#!/usr/bin/env python3
"""Answers the tasks of `graph_compare` with a graph library of Python, for `graph.py`.

    graph_peers.py {rustworkx,igraph,networkx} FOLDER

A task in a line in, a line of JSON out; what a library has no function for it says so. Each does
what its documentation offers for the task, on the edges that lie split in memory.
"""

import gc
import json
import resource
import sys
import time
from pathlib import Path

SHORT, REPEATED = 100_000, 500  # ns; what takes less is repeated
SOME_ROOTS = 100


class Rustworkx:
    """`PyDiGraph` with the ids as payloads, and a table of ids beside it."""

    def build(self, edges):
        import rustworkx

        self.library = rustworkx
        self.graph = graph = rustworkx.PyDiGraph()
        self.nodes = nodes = number(edges)
        graph.add_nodes_from(list(nodes))
        graph.add_edges_from([(nodes[a], nodes[b], relation) for a, relation, b in edges])
        return graph.num_nodes() + graph.num_edges()

    def closure(self, node):
        return self.library.ancestors(self.graph, self.nodes[node])

    def dependencies(self, node):
        return self.library.descendants(self.graph, self.nodes[node])

    def scc(self):
        return len(self.library.strongly_connected_components(self.graph))

    def toposort(self):
        return len(self.library.topological_sort(self.graph))

    def why(self, start, goal):
        goal = self.nodes[goal]
        start = self.nodes[start]
        paths = self.library.dijkstra_shortest_paths(self.graph, start, goal, default_weight=1.0)
        return len(paths[goal]) - 1


class Igraph:
    """`Graph` with the ids and the relations as attributes."""

    def build(self, edges):
        import igraph

        self.nodes = nodes = number(edges)
        self.graph = igraph.Graph(
            n=len(nodes),
            edges=[(nodes[a], nodes[b]) for a, _, b in edges],
            directed=True,
            vertex_attrs={"name": list(nodes)},
            edge_attrs={"relation": [relation for _, relation, _ in edges]},
        )
        return self.graph.vcount() + self.graph.ecount()

    def closure(self, node):
        node = self.nodes[node]
        return [found for found in self.graph.subcomponent(node, mode="in") if found != node]

    def dependencies(self, node):
        return self.graph.subcomponent(self.nodes[node], mode="out")

    def scc(self):
        return len(self.graph.connected_components(mode="strong"))

    def toposort(self):
        return len(self.graph.topological_sorting())

    def why(self, start, goal):
        return len(self.graph.get_shortest_path(self.nodes[start], self.nodes[goal])) - 1


class Networkx:
    """`DiGraph`, whose nodes are the ids."""

    nodes = None

    def build(self, edges):
        import networkx

        self.library = networkx
        self.graph = networkx.DiGraph()
        self.graph.add_edges_from((a, b, {"relation": relation}) for a, relation, b in edges)
        return self.graph.number_of_nodes() + self.graph.number_of_edges()

    def closure(self, node):
        return self.library.ancestors(self.graph, node)

    def dependencies(self, node):
        return self.library.descendants(self.graph, node)

    def scc(self):
        return sum(1 for _ in self.library.strongly_connected_components(self.graph))

    def toposort(self):
        return sum(1 for _ in self.library.topological_sort(self.graph))

    def why(self, start, goal):
        return len(self.library.shortest_path(self.graph, start, goal)) - 1


def number(edges):
    """Numbers the ids in the order in which they come."""
    nodes = {}
    for start, _, end in edges:
        nodes.setdefault(start, len(nodes))
        nodes.setdefault(end, len(nodes))
    return nodes


def matrix(peer, picks):
    """Counts which of some roots needs which flawed node: one search for each root."""
    flawed = {peer.nodes[node] if peer.nodes else node for node in picks["flawed"]}
    pairs = 0
    for root in picks["root"][:SOME_ROOTS]:
        pairs += len(flawed.intersection(peer.dependencies(root)))
    return pairs


def timed(work, often=False):
    """Returns what a piece of work answered and what it took."""
    wall, cpu = time.perf_counter_ns(), time.process_time_ns()
    answer = work()
    wall, cpu = time.perf_counter_ns() - wall, time.process_time_ns() - cpu
    if often and wall < SHORT:
        _, taken = timed(lambda: [work() for _ in range(REPEATED)])
        return answer, {name: value // REPEATED for name, value in taken.items()}
    return answer, {"wall": wall, "cpu": cpu}


def run(peer, task, edges, picks):
    """Runs a task; returns its line."""
    works = {
        "build": lambda: peer.build(edges),
        "closure-popular": lambda: peer.closure(picks["popular"][0]),
        "closure-p99": lambda: peer.closure(picks["p99"][0]),
        "closure-median": lambda: peer.closure(picks["median"][0]),
        "matrix": lambda: matrix(peer, picks),
        "scc": peer.scc,
        "toposort": peer.toposort,
        "why": lambda: peer.why(picks["why-from"][0], picks["why-to"][0]),
    }
    if task not in works:
        return {"task": task, "offered": False}
    if task == "build":
        peer.graph = peer.nodes = None
        gc.collect()
    answer, taken = timed(works[task], task in ("closure-median", "why"))
    check = answer if isinstance(answer, int) else len(answer)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"task": task, "offered": True, **taken, "check": check, "peak": peak}


def main():
    name, folder = sys.argv[1], Path(sys.argv[2])
    # Fails here, before anything is read, where the library is not installed.
    __import__(name)
    peer = {"rustworkx": Rustworkx, "igraph": Igraph, "networkx": Networkx}[name]()
    with (folder / "edges.tsv").open() as file:
        edges = [tuple(line.rstrip("\n").split("\t")) for line in file]
    picks = {}
    for line in (folder / "picks.tsv").read_text().splitlines():
        what, node = line.split("\t")
        picks.setdefault(what, []).append(node)
    # Millions of tuples that never form a cycle would be looked through again and again.
    gc.freeze()
    gc.disable()
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(run(peer, line.strip(), edges, picks)), flush=True)


if __name__ == "__main__":
    main()
