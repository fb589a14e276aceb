"""One process of the peers benchmark: scikit-learn, LIBLINEAR (the solver that scikit-learn brings) and PyTorch. Speaks as PeerWorker does; see benchmark-peers.py."""
import json
import os
import sys
import tempfile
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
NARROW = 512  # sparse rows of no more features are faster when dense


class Data:
    def __init__(self, folder):
        self.y = np.fromfile(f"{folder}/y.f32", np.float32).astype(np.int64)
        rows, features = map(int, open(f"{folder}/shape").read().split())
        self.dense = os.path.exists(f"{folder}/x.f32")
        if self.dense:
            self.x = np.fromfile(f"{folder}/x.f32", np.float32).reshape(rows, features)
        else:
            import scipy.sparse

            self.x = scipy.sparse.csr_matrix((
                np.fromfile(f"{folder}/values.f32", np.float32),
                np.fromfile(f"{folder}/indices.i32", np.int32),
                np.fromfile(f"{folder}/starts.i64", np.int64).astype(np.int32),
            ), shape=(rows, features))
            if features <= NARROW:
                self.dense, self.x = True, self.x.toarray()


def solver(data, request):
    """The solver of scikit-learn that was the fastest of those that take the penalty."""
    if request["elasticNetParam"] > 0:
        return "saga"
    narrow = data.dense and request["classes"] == 2 and data.x.shape[1] <= NARROW
    return "newton-cholesky" if narrow else "lbfgs"


def sklearn(data, request):
    return logistic(data, request, solver(data, request))


def liblinear(data, request):
    """It penalises the intercept as a coefficient: its feature is so large a constant that this does not show."""
    if request["classes"] > 2:
        return {"missing": "LIBLINEAR has no softmax"}, None
    return logistic(data, request, "liblinear", intercept_scaling=100.0)


def logistic(data, request, chosen, **more):
    from sklearn.linear_model import LogisticRegression

    penalty = "l1" if request["elasticNetParam"] == 1 else "l2"
    steps = request["maxIter"]
    start = time.perf_counter()
    model = LogisticRegression(
        penalty=penalty, C=1 / (request["regParam"] * len(data.y)), solver=chosen, max_iter=steps,
        tol=1e-10, **more).fit(data.x, data.y)
    seconds = time.perf_counter() - start
    done = int(np.max(model.n_iter_))
    return {"seconds": seconds, "steps": done, "passes": done, "history": [], "times": [],
            "notes": [model.solver]}, np.column_stack([model.coef_, model.intercept_])


def pytorch(data, request):
    import torch

    if request["elasticNetParam"] > 0 or not data.dense:
        return {"missing": "PyTorch's LBFGS has no L1, and no fast product with sparse rows"}, None
    torch.set_num_threads(os.cpu_count())
    start = time.perf_counter()
    x = torch.from_numpy(data.x)
    outputs = 1 if request["classes"] == 2 else request["classes"]
    y = torch.from_numpy(data.y).float() if outputs == 1 else torch.from_numpy(data.y)
    w = torch.zeros(outputs, x.shape[1], requires_grad=True)
    b = torch.zeros(outputs, requires_grad=True)
    # One call for all steps, with evaluations to spare: of one step a call it allows one by default, and so no line search.
    optimizer = torch.optim.LBFGS([w, b], max_iter=request["maxIter"], max_eval=20 * request["maxIter"], history_size=10,
                                  line_search_fn="strong_wolfe", tolerance_grad=0, tolerance_change=0)
    passes, history, times = 0, [], []

    def closure():
        nonlocal passes
        passes += 1
        optimizer.zero_grad()
        margins = x @ w.t() + b
        if outputs == 1:
            loss = torch.nn.functional.binary_cross_entropy_with_logits(margins[:, 0], y)
        else:
            loss = torch.nn.functional.cross_entropy(margins, y)
        loss = loss + request["regParam"] / 2 * (w * w).sum()
        loss.backward()
        record(optimizer.state[w].get("n_iter", 0), loss.item())
        return loss

    def record(step, objective):
        """Keeps the least objective up to each step, and when its last one was known."""
        if step == len(history):
            history.append(min(history[-1:] + [objective]))
            times.append(0.0)
        history[step] = min(history[step], objective)
        times[step] = time.perf_counter() - start

    optimizer.step(closure)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "history": history, "times": times[1:], "passes": passes, "notes": []}, np.column_stack(
        [w.detach().numpy(), b.detach().numpy()])


def fit(data, request):
    try:
        return {"sklearn": sklearn, "liblinear": liblinear, "pytorch": pytorch}[request["system"]](data, request)
    except ImportError as missing:
        return {"missing": str(missing)}, None


def main():
    data = Data(sys.argv[2])
    if sys.argv[1] == "whole":
        np.save(sys.argv[4], fit(data, json.loads(sys.argv[3]))[1])
        return
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        answer, coefficients = fit(data, json.loads(line))
        if coefficients is not None:
            handle, path = tempfile.mkstemp(".f64", dir=sys.argv[2])
            os.close(handle)
            coefficients.astype(np.float64).tofile(path)
            answer["coefficients"] = path
        print(json.dumps(answer), flush=True)


main()
