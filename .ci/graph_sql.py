"""Asks databases the questions of a folder by the SQL of the guide, and compares with the library.

    graph_sql.py GUIDE FOLDER python|duckdb|postgresql [HOST]

The folder has nodes.csv, edges.csv, the same as .jsonl, and questions.jsonl with their answers.
"""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path


def blocks(guide):
    """Returns the blocks of SQL by the comment in their first line."""
    found = re.findall(r"^```sql\n-- (.+)\n((?:.*\n)*?)```$", Path(guide).read_text("utf-8"), re.M)
    return dict(found)


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def rows(folder, table, null):
    """Returns the rows of a table as JSON lines has them, in the types of CSV."""
    for row in lines(folder / f"{table}.jsonl"):
        if "digests" in row:
            row["digests"] = " ".join(row["digests"]) or None
        row["sources"] = json.dumps(row["sources"], ensure_ascii=False, separators=(",", ":"))
        yield [null if field is None else field for field in row.values()]


def same(name, found, expected):
    if found != expected:
        wrong = next((pair for pair in zip(found, expected) if pair[0] != pair[1]), (len(found), len(expected)))
        sys.exit(f"{name} differs: {wrong[0]!r} is not {wrong[1]!r}")


def check_python(folder):
    """The csv module of Python, which many programs behave like, reads what JSON lines says."""
    for table in ("nodes", "edges"):
        with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
            found = list(csv.reader(file, strict=True))[1:]
        same(table, found, [[str(field) for field in row] for row in rows(folder, table, "")])
        print(f"python: {len(found)} {table} read")


def check_duckdb(sql, folder):
    import duckdb

    def ask(base, question):
        name = "dependents" if question["hops"] is None else "dependents within hops"
        wanted = {key: question[key] for key in ("id", "relations", "hops") if question[key] is not None}
        return [row[0] for row in base.execute(sql[f"DuckDB: {name}"], wanted).fetchall()]

    for load in ("load", "load JSON lines"):
        base = duckdb.connect()
        base.execute(f"SET file_search_path = '{folder}'")
        base.execute(sql[f"DuckDB: {load}"])
        if load == "load":
            for table in ("nodes", "edges"):
                found = [list(row) for row in base.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()]
                same(table, found, list(rows(folder, table, None)))
        compare(f"duckdb {duckdb.__version__}, {load}", folder, lambda question: ask(base, question))


def check_postgresql(sql, folder, host):
    psql = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", host, "-U", "postgres"]

    def run(text, **variables):
        options = [f"--set={name}={value}" for name, value in variables.items()]
        done = subprocess.run([*psql, *options], input=text, capture_output=True, text=True, encoding="utf-8")
        if done.returncode:
            sys.exit(f"psql: {done.stderr}")
        return done.stdout

    def ask(question):
        name = "dependents" if question["hops"] is None else "dependents within hops"
        relations = "{" + ",".join(question["relations"]) + "}"
        hops = {} if question["hops"] is None else {"hops": question["hops"]}
        return run(sql[f"PostgreSQL: {name}"], id=question["id"], relations=relations, **hops).split("\n")[:-1]

    run(sql["PostgreSQL: schema"])
    run(sql["PostgreSQL: load"], nodes=folder / "nodes.csv", edges=folder / "edges.csv")
    for table, order in (("nodes", "node"), ("edges", "src, dst, relation COLLATE \"C\"")):
        text = run(f"SELECT row_to_json({table}) FROM {table} ORDER BY {order};")
        found = [json.loads(line) for line in text.split("\n") if line]
        expected = lines(folder / f"{table}.jsonl")
        if table == "edges":
            expected.sort(key=lambda row: (row["src"], row["dst"], row["relation"]))
        for row in expected:
            if "digests" in row:
                row["digests"] = " ".join(row["digests"]) or None
        same(table, found, expected)
    version = run("SHOW server_version;").strip()
    compare(f"postgresql {version}", folder, ask)
    plan = run("SET enable_seqscan = off; EXPLAIN " + sql["PostgreSQL: dependents"], id="x", relations="{uses}")
    if "Index Only Scan using edges_by_dst" not in plan:
        sys.exit(f"the index is not used:\n{plan}")


def compare(name, folder, ask):
    questions = lines(folder / "questions.jsonl")
    for question in questions:
        same(f"{name}: {question['id']}", ask(question), question["answer"])
    reached = sum(len(question["answer"]) for question in questions)
    print(f"{name}: {len(questions)} questions, {reached} nodes in the answers, all as the library says")


def main():
    guide, folder, engine, *host = sys.argv[1:]
    folder = Path(folder).resolve()
    if engine == "python":
        check_python(folder)
    elif engine == "duckdb":
        check_duckdb(blocks(guide), folder)
    else:
        check_postgresql(blocks(guide), folder, *host)


main()
