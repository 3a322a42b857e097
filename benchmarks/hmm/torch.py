import torch


def objective(size, a):
    n, symbols, length = size
    transition, emission = a["transition"].view(n, n), a["emission"].view(n, symbols).t()
    total, prior = 0.0, a["initial"]
    for t in a["seen"]:
        joint = prior * emission[t]
        scale = joint.sum()
        total = total + torch.log(scale)
        prior = (joint / scale) @ transition
    return total
