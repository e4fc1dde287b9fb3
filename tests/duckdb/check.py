"""Runs the SQL of docs/results.md on DuckDB over generated files and compares it with `examdeck results analyse --json`.

    python3 tests/duckdb/check.py target/debug/examdeck
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.argv[1]).resolve()


def sql(name):
    text = (ROOT / "docs/results.md").read_text()
    return re.search(rf"<!-- begin: {name} -->\n```sql\n(.*?)```", text, re.S).group(1)


def students(folder, count, rng):
    """Half the class sits the same paper, half sits others of several lengths; partial points, second attempts, copies."""
    for s in range(count):
        student, lines = str(uuid.UUID(int=rng.getrandbits(128), version=4)), []
        ability = rng.gauss(0, 1)
        for sat in range(1 + s % 3 // 2):
            sitting = str(uuid.UUID(int=rng.getrandbits(128), version=4))
            paper = list(range(30)) if s % 2 == 0 and sat == 0 else rng.sample(range(60), rng.choice([1, 12, 25]))
            for place, q in enumerate(paper):
                keys, wrong = (["yes, 1", "yes \"2\""] if q % 5 == 0 else ["yes"]), ["no", "né", "never", "n/a"][: 2 + q % 3]
                options = keys + wrong
                knows = rng.random() < 1 / (1 + 2.7 ** -(ability - q % 7 / 3 + 1))
                picked = keys if knows else rng.sample(options, len(keys)) if rng.random() < 0.95 else []
                right = sum(o in keys for o in picked)
                points = max(0, 2 * right - len(picked)) / len(keys)
                rng.shuffle(wrong)
                lines.append({
                    "format": 1, "student": student, "sitting": sitting, "feedback": "exam", "bank": f"bank-{q % 2 * 0}",
                    "version": "1.0.0", "questions": len(paper), "position": place + 1, "question": f"q{q}",
                    "edition": f"{q + 1000 * (s % 4 == 3 and q > 50):016x}", "domain": "all", "module": None,
                    "kind": "multi-answer" if len(keys) > 1 else "single choice", "key": keys, "distractors": wrong,
                    "picked": picked, "points": points, "max": 1, "spent_ms": rng.randrange(1000, 90000), "guessed": False,
                    "flagged": False, "change": None, "attempt": 1 + (sat > 0 and rng.random() < 0.4), "at": "2026-11-28",
                })
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / f"{s}.jsonl").write_text(text)
        if s % 10 == 0:
            (folder / f"{s}-again.jsonl").write_text(text)


compared = 0


def same(a, b, what):
    global compared
    compared += 1
    if isinstance(a, float) and isinstance(b, (float, int)):
        assert abs(a - b) <= 1e-9, f"{what}: {a} and {b}"
    else:
        assert a == b, f"{what}: {a!r} and {b!r}"


def compare(folder):
    os.chdir(folder)
    output = subprocess.run([PROGRAM, "results", "analyse", "--json", "."], check=True, capture_output=True, text=True)
    report = json.loads(output.stdout)
    base = duckdb.connect()
    base.execute(sql("answers"))

    def rows(name):
        cursor = base.execute(sql(name))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor.fetchall()]

    def match(ours, theirs, name):
        assert len(ours) == len(theirs) and ours, f"{name}: {len(ours)} and {len(theirs)} rows"
        for key, row in theirs.items():
            for field, value in row.items():
                same(ours[key][field], value, f"{name} {key} {field}")

    def key(row):
        return (row["bank"], row["question"], row["edition"])

    match({key(q): q for q in report["questions"]}, {key(r): r for r in rows("questions")}, "questions")
    options = {(*key(q), o["text"]): {**q, **o, "option": o["text"]} for q in report["questions"] for o in q["options"]}
    for name in ("options", "strong"):
        match(options, {(*key(r), r["option"]): {**r, **({"chosen": int(r["chosen"])} if "chosen" in r else {})}
                        for r in rows(name)}, name)
    match({(p["questions"], p["sittings"]): p for p in report["papers"]},
          {(p["questions"], p["sittings"]): p for p in rows("papers")}, "papers")
    match({b["bank"]: b for b in report["banks"]}, {b["bank"]: b for b in rows("banks")}, "banks")
    return report


with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    students(folder, 120, random.Random(20))
    report = compare(folder)
    assert report["papers"] and report["repeated"] and report["later_attempts"], "the class is too plain"
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    (folder / "class.jsonl").write_bytes((ROOT / "tests/fixtures/results/class.jsonl").read_bytes())
    compare(folder)
print(f"docs/results.md: {compared} figures of DuckDB {duckdb.__version__} are those of examdeck")
