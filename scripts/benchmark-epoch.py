"""An epoch of Adam over batches in memory, PyTorch on one thread: benchmark-epoch.py CASE ROWS FEATURES OUTPUTS BATCH

Prints a line of JSON as scripts/benchmark.sh does; without PyTorch, one line on stderr.
"""
import json
import statistics
import sys
import time

try:
    import torch
except ImportError:
    print("pytorch: not measured: it is not installed", file=sys.stderr)
    sys.exit(0)

case = sys.argv[1]
rows, features, outputs, batch = map(int, sys.argv[2:6])
torch.manual_seed(1)
torch.set_num_threads(1)
x = torch.randn(rows, features)
y = torch.randint(0, outputs, (rows,))
model = torch.nn.Linear(features, outputs)
adam = torch.optim.Adam(model.parameters())


def epoch():
    for start in range(0, rows, batch):
        adam.zero_grad()
        torch.nn.functional.cross_entropy(model(x[start:start + batch]), y[start:start + batch]).backward()
        adam.step()


seconds = []
for turn in range(8):
    start = time.perf_counter()
    epoch()
    seconds.append(time.perf_counter() - start)
seconds = seconds[1:]
print(json.dumps({
    "suite": "exchange", "case": case, "system": "pytorch", "metric": "epochSeconds", "unit": "s",
    "median": statistics.median(seconds), "min": min(seconds), "max": max(seconds), "runs": len(seconds),
}))
