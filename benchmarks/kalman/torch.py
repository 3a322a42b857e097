import torch


def objective(size, a):
    n, steps = size
    f, q, h = a["transition"].view(n, n), a["noise"].view(n, n), a["look"]
    x, p, cost = torch.zeros(n, dtype=torch.float64), torch.eye(n, dtype=torch.float64), 0.0
    for seen in a["seen"]:
        x, s = f @ x, f @ p @ f.t() + q
        reach = s @ h
        variance, surprise = a["deviation"] ** 2 + h @ reach, seen - h @ x
        gain = reach / variance
        x, p = x + gain * surprise, s - torch.outer(gain, reach)
        cost = cost + 0.5 * (torch.log(variance) + surprise * surprise / variance)
    return cost.sum()
