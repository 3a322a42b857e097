import torch


def objective(size, a):
    n = size[0]
    i, j = torch.tril_indices(n, n, -1)
    p, m = a["position"].view(n, 3), a["mass"]
    return -(m[i] * m[j] / torch.sqrt(0.05 ** 2 + (p[i] - p[j]).square().sum(1))).sum()
