"""Files to an array of floats with pyarrow, pandas or polars: benchmark-ingest.py SYSTEM LAYOUT FOLDER WARM

Reads once cold, then WARM times. Prints a line METRIC UNIT VALUE for each number, as IngestRun does; one line on stderr where
the library is missing.
"""
import glob
import re
import sys
import time


def pyarrow(layout, files):
    import numpy as np
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet

    if layout == "csv":
        table = pa.concat_tables([pa.csv.read_csv(file) for file in files])
    else:
        table = pa.concat_tables([pa.parquet.read_table(file) for file in files])
    labels = table["label"].to_numpy()
    if layout in ("parquet-columns", "csv"):
        names = [name for name in table.column_names if name != "label"]
        array = np.empty((table.num_rows, len(names)), np.float32)
        for j, name in enumerate(names):
            array[:, j] = table[name].to_numpy()
        return labels, array
    parts = table["features"].chunks
    if layout == "parquet-vector":
        parts = [part.field("values") for part in parts]
    flat = np.concatenate([part.flatten().to_numpy() for part in parts]).astype(np.float32, copy=False)
    return labels, flat.reshape(table.num_rows, -1)


def pandas(layout, files):
    import numpy as np
    import pandas as pd

    frame = pd.concat([pd.read_csv(file) if layout == "csv" else pd.read_parquet(file) for file in files])
    labels = frame.pop("label").to_numpy()
    if layout == "parquet-array":
        return labels, np.stack(frame["features"].to_numpy())
    return labels, frame.to_numpy(np.float32)


def polars(layout, files):
    import polars as pl

    if layout == "csv":
        frame = pl.concat([pl.read_csv(file) for file in files])
    else:
        frame = pl.read_parquet(files)
    labels = frame["label"].to_numpy()
    if layout in ("parquet-columns", "csv"):
        return labels, frame.drop("label").cast(pl.Float32).to_numpy()
    features = frame["features"]
    if layout == "parquet-vector":
        features = features.struct.field("values")
    return labels, features.explode().cast(pl.Float32).to_numpy().reshape(len(labels), -1)


def peak():
    with open("/proc/self/status") as status:
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read()).group(1)) / 1024


def main():
    system, layout, folder, warm = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    try:
        __import__(system)
        __import__("numpy")
    except ImportError as missing:
        print(f"{system}: not measured: {missing}", file=sys.stderr)
        return
    files = sorted(glob.glob(folder + "/[!._]*"))
    idle = peak()
    for turn in range(1 + warm):
        start, used = time.perf_counter(), time.process_time()
        labels, array = {"pyarrow": pyarrow, "pandas": pandas, "polars": polars}[system](layout, files)
        seconds, used = time.perf_counter() - start, time.process_time() - used
        assert len(labels) == len(array) and str(array.dtype) == "float32", (array.shape, array.dtype)
        print(f"{'seconds' if turn else 'coldSeconds'} s {seconds:.6g}")
        print(f"{'processorSeconds' if turn else 'coldProcessorSeconds'} s {used:.6g}")
        if turn == 0:
            print(f"peakMemory MiB {peak() - idle:.6g}")
        del labels, array


main()
