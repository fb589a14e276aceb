"""PyTorch's loss and gradient in float32, eager: benchmark-pytorch.py CASE ROWS FEATURES OUTPUTS

Prints lines of JSON as scripts/benchmark.sh does; without PyTorch, one line on stderr.
"""
import json
import os
import statistics
import sys
import time

try:
    import torch
except ImportError:
    print("pytorch: not measured: it is not installed", file=sys.stderr)
    sys.exit(0)

case = sys.argv[1]
rows, features, outputs = map(int, sys.argv[2:5])
torch.manual_seed(1)
torch.set_num_threads(len(os.sched_getaffinity(0)))
device = "cuda" if torch.cuda.is_available() else "cpu"
x = torch.randn(rows, features, device=device)
y = torch.randint(0, max(2, outputs), (rows,), device=device)
w = (torch.randn(outputs, features, device=device) / features**0.5).requires_grad_()
b = torch.zeros(outputs, device=device, requires_grad=True)
print(f"{case}, pytorch: {torch.__version__} on {device}, {torch.get_num_threads()} threads", file=sys.stderr)


def step():
    w.grad = b.grad = None
    margins = x @ w.t() + b
    if outputs == 1:
        loss = torch.nn.functional.binary_cross_entropy_with_logits(margins[:, 0], y.float(), reduction="sum")
    else:
        loss = torch.nn.functional.cross_entropy(margins, y, reduction="sum")
    loss.backward()
    if device == "cuda":
        torch.cuda.synchronize()


seconds = []
started = time.perf_counter()
while len(seconds) < 9 or (time.perf_counter() - started < 8 and len(seconds) < 27):
    start = time.perf_counter()
    step()
    seconds.append(time.perf_counter() - start)
seconds = seconds[6:]
values = rows * features
for metric, unit, numbers in (
    ("seconds", "s", seconds),
    ("gbPerSecond", "GB/s", [4e-9 * values / s for s in seconds]),
    ("gflops", "GFLOP/s", [4e-9 * values * outputs / s for s in seconds]),
):
    print(json.dumps({
        "suite": "engines", "case": case, "system": "pytorch", "metric": metric, "unit": unit,
        "median": statistics.median(numbers), "min": min(numbers), "max": max(numbers), "runs": len(numbers),
    }))
