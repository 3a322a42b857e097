import torch


def objective(size, a):
    n = size[0]
    lower = a["a"].view(n, n).tril()
    l = torch.linalg.cholesky(lower + lower.tril(-1).t())
    z = torch.linalg.solve_triangular(l, a["b"].view(n, 1), upper=False)
    return 0.5 * z.square().sum() + l.diagonal().log().sum()
