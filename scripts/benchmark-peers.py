"""Fits the same data by several systems until each is as good as the best known objective, and says how long that took.

benchmark.sh peers calls it; see there for cases, systems and metrics. Needs NumPy; scikit-learn and PyTorch are measured
where this Python has them.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

WITHIN = 1e-4
MOST_STEPS = 2000
WITHOUT_HISTORY = ("sklearn", "liblinear", "dl4j")  # more and more steps are asked of them
SLACK = 1e-7  # a fit that is repeated may differ in its last digits
CASES = {
    "mnist": {"regParam": 1e-4, "elasticNetParam": 0.0, "classes": 10},
    "a9a": {"regParam": 1e-4, "elasticNetParam": 0.0},
    "dense-2000000x100": {"regParam": 1e-4, "elasticNetParam": 0.0},
    "dense-2000000x100-l1": {"regParam": 1e-3, "elasticNetParam": 1.0},
    "dense-400000x2000-correlated": {"regParam": 1e-6, "elasticNetParam": 0.0},
    "sparse-500000x1000000x40": {"regParam": 1e-5, "elasticNetParam": 0.0},
}
SYSTEMS = ["cpu", "opencl", "mllib", "dl4j", "sklearn", "liblinear", "pytorch"]


def setting(case):
    """A case that is not listed has the penalty of the listed one of its kind."""
    kind = case if case in CASES else "dense-2000000x100" + ("-l1" if case.endswith("-l1") else "")
    return {"classes": 2, **CASES[kind]}


class Data:
    """The rows of a case and the one judge of coefficients: MLlib's objective in double, intercepts free."""

    def __init__(self, folder, options):
        self.options = options
        self.y = np.fromfile(f"{folder}/y.f32", np.float32).astype(np.int64)
        self.rows, self.features = map(int, open(f"{folder}/shape").read().split())
        self.dense = os.path.exists(f"{folder}/x.f32")
        if self.dense:
            self.x = np.memmap(f"{folder}/x.f32", np.float32, "r", shape=(self.rows, self.features))
        else:
            import scipy.sparse

            self.x = scipy.sparse.csr_matrix((
                np.fromfile(f"{folder}/values.f32", np.float32),
                np.fromfile(f"{folder}/indices.i32", np.int32),
                np.fromfile(f"{folder}/starts.i64", np.int64),
            ), shape=(self.rows, self.features))

    def judge(self, file):
        """Returns the objective, and for a smooth one the norm of its gradient, too."""
        w = np.fromfile(file, np.float64).reshape(-1, self.features + 1)
        os.remove(file)
        loss, gradient = 0.0, np.zeros_like(w)
        for start in range(0, self.rows, 20000):
            x, y = self.x[start:start + 20000].astype(np.float64), self.y[start:start + 20000]
            z = x @ w[:, :-1].T + w[:, -1]
            if len(w) == 1:
                loss += float(np.sum(np.logaddexp(0, z[:, 0]) - y * z[:, 0]))
                m = 1 / (1 + np.exp(-z)) - y[:, None]
            else:
                top = z.max(axis=1, keepdims=True)
                e = np.exp(z - top)
                total = e.sum(axis=1, keepdims=True)
                loss += float(np.sum(np.log(total) + top)) - float(z[np.arange(len(y)), y].sum())
                m = e / total
                m[np.arange(len(y)), y] -= 1
            gradient[:, :-1] += (x.T @ m).T
            gradient[:, -1] += m.sum(axis=0)
        alpha, penalty = self.options["elasticNetParam"], self.options["regParam"]
        v = w[:, :-1]
        objective = loss / self.rows + penalty * float((1 - alpha) / 2 * (v * v).sum() + alpha * np.abs(v).sum())
        gradient /= self.rows
        gradient[:, :-1] += penalty * (1 - alpha) * v
        return objective, float(np.linalg.norm(gradient)) if alpha == 0 else None


class Worker:
    """A process that holds a case in memory and fits it when asked."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"a process ended with {self.process.wait()}")
        return json.loads(line)

    def fit(self, request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def explore(worker, system, data, best, most_seconds):
    """Returns the fewest steps that suffice, or None, and that fit's answer. Who tells no objectives is asked for more and more
    steps, and then for fewer, down to a twentieth."""
    goal = best * (1 + WITHIN)

    def attempt(steps):
        answer = worker.fit({"system": system, "maxIter": steps, "tol": 0, **data.options})
        if not answer.get("missing"):
            answer["objective"], _ = data.judge(answer["coefficients"])
        return answer

    too_few, (steps, growth) = 0, (1, 1.4) if system in WITHOUT_HISTORY else (25, 4)
    while True:
        answer = attempt(steps)
        if answer.get("missing"):
            return None, answer
        history = answer["history"]
        if answer["objective"] <= goal:
            break
        done = max(1, answer.get("steps", len(history) - 1))
        if steps >= MOST_STEPS or done < steps / 2 or answer["seconds"] / done * steps * growth > most_seconds:
            return None, answer
        too_few, steps = steps, min(MOST_STEPS, int(steps * growth) + 1)
    if history:
        return next((i for i, f in enumerate(history) if f <= goal), len(history) - 1), answer
    while steps - too_few > max(1, steps // 20):
        middle = (steps + too_few) // 2
        fewer = attempt(middle)
        if fewer["objective"] <= goal:
            steps, answer = middle, fewer
        else:
            too_few = middle
    return min(steps, answer.get("steps", steps)), answer


def whole(command):
    """Returns seconds and peak bytes of a process from file to saved model."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    return (time.perf_counter() - start, usage.ru_maxrss * 1024) if status == 0 else (None, None)


def curve(answer, reached):
    """Pairs of seconds and objective; of a system that does not tell times they are spread evenly."""
    history = answer["history"]
    times = answer["times"]
    if len(times) != len(history) - 1:
        times = [answer["seconds"] * (i + 1) / max(1, len(history) - 1) for i in range(len(history) - 1)]
    return list(zip(times, history[1:]))[: reached + 1]


def run_case(case, systems, options):
    folder = os.path.join(options.work, case)
    data_folder = options.data or ""
    java = ["java", *options.java.split("\n"), "org.sparkgrad.job.ml.PeerWorker"]
    java[0] = options.java_binary
    python = [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "benchmark-peer.py")]
    subprocess.run([*java, "write", case, data_folder, folder], check=True)
    data = Data(folder, setting(case))
    # Several processes at a time only of what leaves room for several copies in heaps that never shrink.
    small = data.x.nbytes < 1 << 28 if data.dense else data.x.nnz < 1 << 24
    commands = {"ours": java, "mllib": java, "dl4j": java, "python": python}
    commands = {home: [*command, "fit", folder] for home, command in commands.items()}
    homes = {"cpu": "ours", "opencl": "ours", "mllib": "mllib", "dl4j": "dl4j"}
    homes = {system: homes.get(system, "python") for system in SYSTEMS}
    running = {}

    def worker(home):
        if home not in running:
            while running and not small:
                running.popitem()[1].close()
            running[home] = Worker(commands[home])
        return running[home]

    known = worker("ours").fit({
        "system": "cpu", "precision": "double", "maxIter": MOST_STEPS, "tol": 1e-15, **data.options})
    best, norm = data.judge(known["coefficients"])
    print(f"{case}: best known {best:.12f}, gradient {norm}, {known['notes'][-1]}", file=sys.stderr)
    results = [row(case, "best", "objective", "", [best])]
    if norm is not None:
        results.append(row(case, "best", "gradientNorm", "", [norm]))
    found, curves = {}, {}
    for system in sorted(systems, key=lambda s: list(commands).index(homes[s])):
        try:
            steps, answer = explore(worker(homes[system]), system, data, best, options.most_seconds)
        except (RuntimeError, KeyError, OSError) as failure:
            print(f"{case}, {system}: not measured: {failure}", file=sys.stderr)
            running.pop(homes[system], None)
            continue
        if answer.get("missing"):
            print(f"{case}, {system}: not measured: {answer['missing']}", file=sys.stderr)
            continue
        curves[system] = curve(answer, len(answer["history"]) if steps is None else steps)
        if steps is None:
            print(f"{case}, {system}: not reached: {answer['objective']:.9f}", file=sys.stderr)
            results.append(row(case, system, "notReached", "", [answer["objective"]]))
        else:
            found[system] = {"steps": steps, "seconds": [], "passes": []}
            print(f"{case}, {system}: reached after {steps} steps", file=sys.stderr)
    for turn in range(options.rounds):
        for system in found if small else sorted(found, key=homes.get):
            one = found[system]
            request = {"system": system, "maxIter": one["steps"], "tol": 0, **data.options}
            if homes[system] not in running:
                worker(homes[system]).fit(request)  # nobody's code is compiled yet
            answer = worker(homes[system]).fit(request)
            objective, _ = data.judge(answer["coefficients"])
            if objective > best * (1 + WITHIN + SLACK):
                print(f"{case}, {system}: {objective} after {one['steps']} steps is not enough", file=sys.stderr)
            print(f"{case}, {system}: {answer['seconds']:.2f} s", file=sys.stderr)
            one["seconds"].append(answer["seconds"])
            one["passes"].append(answer.get("passes") or one["steps"])
    for started in running.values():
        started.close()
    for system, one in found.items():
        request = json.dumps({"system": system, "maxIter": one["steps"], "tol": 0, **data.options})
        output = os.path.join(folder, "model-" + system)
        command = java if homes[system] != "python" else python
        seconds, peak = whole([*command, "whole", folder, request, output])
        results.append(row(case, system, "secondsToOptimum", "s", one["seconds"]))
        results.append(row(case, system, "passes", "", one["passes"]))
        if seconds is not None:
            results.append(row(case, system, "secondsTotal", "s", [seconds]))
            results.append(row(case, system, "peakMemory", "B", [peak]))
    return results, {"best": best, "curves": curves}


def row(case, system, metric, unit, numbers):
    return {"suite": "peers", "case": case, "system": system, "metric": metric, "unit": unit,
            "median": statistics.median(numbers), "min": min(numbers), "max": max(numbers), "runs": len(numbers)}


def table(results):
    values = {(r["case"], r["system"], r["metric"]): r["median"] for r in results}
    lines = ["| case | system | to the optimum, s | file to model, s | passes | peak memory, MiB |", "|---|---|---|---|---|---|"]
    for case, system in dict.fromkeys((r["case"], r["system"]) for r in results if r["system"] != "best"):
        cells = [values.get((case, system, m)) for m in ("secondsToOptimum", "secondsTotal", "passes", "peakMemory")]
        if cells[0] is None:
            lines.append(f"| {case} | {system} | not reached | | | |")
        else:
            total = "" if cells[1] is None else f"{cells[1]:.1f}"
            memory = "" if cells[3] is None else f"{cells[3] / (1 << 20):.0f}"
            lines.append(f"| {case} | {system} | {cells[0]:.2f} | {total} | {cells[2]:.0f} | {memory} |")
    return "\n".join(lines)


def plot(cases, path):
    """An SVG of how far each system is from the best known objective, over seconds; both axes logarithmic."""
    colours = dict(zip(SYSTEMS, ("#0072b2", "#56b4e9", "#d55e00", "#999999", "#009e73", "#e69f00", "#cc79a7")))
    width, height, parts = 420, 300, []
    for number, (case, one) in enumerate(cases.items()):
        left, points = number * width, {}
        for system, pairs in one["curves"].items():
            points[system] = [(np.log10(max(t, 1e-3)), np.log10(max(f / one["best"] - 1, 1e-6))) for t, f in pairs]
        every = [p for line in points.values() for p in line] or [(0, 0)]
        low, high = min(p[0] for p in every), max(p[0] for p in every) + 1e-9
        parts.append(f'<text x="{left + 50}" y="20">{case}</text>')
        for decade in range(-6, 2):
            y = 270 - (decade + 6) * 34
            parts.append(f'<path d="M{left + 50} {y}h340" stroke="#ddd"/><text x="{left + 8}" y="{y + 4}">1e{decade}</text>')
        parts.append(f'<text x="{left + 50}" y="290">{10 ** low:.2g} s</text>')
        parts.append(f'<text x="{left + 350}" y="290">{10 ** high:.2g} s</text>')
        for i, (system, line) in enumerate(points.items()):
            path_of = " ".join(f"{left + 50 + (x - low) / (high - low) * 340:.1f},{270 - (min(y, 1) + 6) * 34:.1f}" for x, y in line)
            parts.append(f'<polyline points="{path_of}" fill="none" stroke="{colours[system]}" stroke-width="2"/>')
            parts.append(f'<text x="{left + 320}" y="{40 + 14 * i}" fill="{colours[system]}">{system}</text>')
    with open(path, "w") as file:
        file.write(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * len(cases)}" height="{height}" '
                   f'font-family="sans-serif" font-size="11">{"".join(parts)}</svg>\n')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", default="mnist,dense-2000000x100,a9a")
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most-seconds", type=float, default=600.0)
    parser.add_argument("--json")
    parser.add_argument("--plot")
    parser.add_argument("--data", default=os.environ.get("SPARKGRAD_DATA"))
    parser.add_argument("--java", required=True, help="options of the JVM, a line each")
    parser.add_argument("--java-binary", required=True)
    options = parser.parse_args()
    options.work = tempfile.mkdtemp(prefix="sparkgrad-peers-", dir=os.environ.get("SPARKGRAD_WORK"))
    results, curves = [], {}
    try:
        for case in options.cases.split(","):
            if case in ("mnist", "a9a") and not os.path.isdir(os.path.join(options.data or "", case)):
                print(f"{case}: skipped: SPARKGRAD_DATA has no folder {case}", file=sys.stderr)
                continue
            rows, curves[case] = run_case(case, options.systems.split(","), options)
            results += rows
            shutil.rmtree(os.path.join(options.work, case))
    finally:
        shutil.rmtree(options.work, ignore_errors=True)
    print(table(results))
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file, indent=1)
    if options.plot:
        plot(curves, options.plot)


main()
