"""Cold processes from a file to a saved model, by phase; benchmark.sh start calls it, and says what cases and systems are.

Each turn is a process of its own. With --fit as its first argument, this file is scikit-learn's process.
"""
import argparse
import gzip
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

REG_PARAM = 0.01
SYSTEMS = ["sparkgrad", "mllib", "sklearn"]
TITANIC_IGNORED = ["PassengerId", "Name", "Ticket", "Cabin"]


def cases(data, pets):
    """The files of each case and the options of the command train."""
    mnist = [f"{data}/mnist/train-{part}-ubyte.gz" for part in ("images-idx3", "labels-idx1")]
    return {
        "demo": ([pets], ["--config", "conf/demo.conf", "--data", pets]),
        "a9a": ([f"{data}/a9a/a9a.labels01"], ["--data", f"{data}/a9a/a9a.labels01", "--format", "libsvm"]),
        "mnist": (mnist, ["--data", mnist[0], "--labels", mnist[1], "--format", "idx"]),
        "titanic": ([f"{data}/titanic/titanic.csv"], [
            "--data", f"{data}/titanic/titanic.csv", "--header", "--label", "Survived", "--ignore-columns",
            ",".join(TITANIC_IGNORED), "--text-columns", "Pclass", "--missing", "mean"]),
    }


def fit(case, files, output):
    """Fits by scikit-learn, as its documentation does, and prints METRIC VALUE lines."""
    started = time.perf_counter()
    import joblib
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    began = time.perf_counter()
    scaler = StandardScaler()
    if case == "a9a":
        from sklearn.datasets import load_svmlight_file

        x, y = load_svmlight_file(files[0])
        scaler = StandardScaler(with_mean=False)
    elif case == "mnist":
        y = np.frombuffer(gzip.open(files[1]).read(), np.uint8, offset=8)
        x = np.frombuffer(gzip.open(files[0]).read(), np.uint8, offset=16).reshape(len(y), -1) / np.float32(255)
    else:
        import glob

        import pandas as pd

        parts = sorted(glob.glob(f"{files[0]}/*.csv")) if os.path.isdir(files[0]) else files
        frame = pd.concat([pd.read_csv(part) for part in parts])
        y = frame.pop("species" if case == "demo" else "Survived")
        if case == "titanic":
            frame = frame.drop(columns=TITANIC_IGNORED).astype({"Pclass": str})
            frame = frame.fillna(frame.mean(numeric_only=True))
        x = pd.get_dummies(frame).to_numpy(np.float64)
    read = time.perf_counter()
    model = LogisticRegression(C=1 / (REG_PARAM * x.shape[0]), max_iter=200).fit(scaler.fit_transform(x), y)
    fitted = time.perf_counter()
    joblib.dump((scaler, model), output)
    for phase, seconds in (("start", began - started), ("read", read - began), ("train", fitted - read),
                           ("save", time.perf_counter() - fitted)):
        print(phase, seconds)


def turn(command, output, of_summary):
    """Runs a process and returns its seconds, its processor seconds and those of its phases; None if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode != 0:
        print(f"failed: {' '.join(command)}\n{ended.stderr[-2000:]}", file=sys.stderr)
        return None
    if of_summary:
        with open(f"{output}/summary.json") as file:
            phases = json.load(file)["seconds"]
        phases.pop("total")
    else:
        lines = [line.split() for line in ended.stdout.splitlines()]
        phases = {line[0]: float(line[1]) for line in lines if len(line) == 2}
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": seconds, "processorSeconds": used, **{phase + "Seconds": s for phase, s in phases.items()}}


def measure(options, case, files, train, folder, results):
    output = f"{folder}/model"
    commands = {
        "sparkgrad": ["scripts/sparkgrad", "train", *train, "--reg-param", str(REG_PARAM), "--output", output, "--overwrite"],
        "mllib": [options.java_binary, *options.java.split("\n"), "org.sparkgrad.job.benchmark.StartRun", case,
                  str(REG_PARAM), output, *files],
        "sklearn": [sys.executable, __file__, "--fit", case, output, *files],
    }
    runs = {}
    whole = True
    for _ in range(options.rounds):
        for system in options.systems.split(","):
            if system == "mllib" and case == "mnist":
                continue  # Spark has no reader of IDX
            shutil.rmtree(output, ignore_errors=True)
            if os.path.exists(output):
                os.remove(output)
            found = turn(commands[system], output, system == "sparkgrad")
            whole = whole and found is not None
            for metric, value in (found or {}).items():
                runs.setdefault((system, metric), []).append(value)
    for (system, metric), values in runs.items():
        row = {"suite": "start", "case": case, "system": system, "metric": metric, "unit": "s",
               "median": round(statistics.median(values), 3), "min": round(min(values), 3), "max": round(max(values), 3),
               "runs": len(values)}
        print(json.dumps(row))
        results.append(row)
    return whole


def main():
    if sys.argv[1:2] == ["--fit"]:
        fit(sys.argv[2], sys.argv[4:], sys.argv[3])
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", default="demo,a9a,mnist,titanic")
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json")
    parser.add_argument("--java")
    parser.add_argument("--java-binary")
    options = parser.parse_args()
    data = os.environ.get("SPARKGRAD_DATA", "")
    results = []
    whole = True
    with tempfile.TemporaryDirectory() as folder:
        pets = f"{folder}/pets"
        subprocess.run(["scripts/sparkgrad", "generate", "--kind", "pets", "--rows", "20000", "--output", pets], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        known = cases(data, pets)
        for case in options.cases.split(","):
            files, train = known[case]
            if all(os.path.exists(file) for file in files):
                whole = measure(options, case, files, train, folder, results) and whole
            else:
                print(f"{case}: not measured: no {files[0]}; SPARKGRAD_DATA names the folder", file=sys.stderr)
    if options.json:
        with open(options.json, "w") as file:
            file.write("[\n  " + ",\n  ".join(map(json.dumps, results)) + "\n]\n")
    sys.exit(0 if whole else 1)


main()
