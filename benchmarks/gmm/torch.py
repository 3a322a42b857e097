import math

import torch


def objective(size, a):
    d, k, n = size
    gamma, m = 1.0, 0
    means, x = a["means"].view(k, d), a["x"].view(n, d)
    icf = a["icf"].view(k, -1)
    log_diagonal, lower = icf[:, :d], icf[:, d:]
    q = torch.diag_embed(log_diagonal.exp())
    rows = [j for i in range(d) for j in range(i + 1, d)]
    columns = [i for i in range(d) for j in range(i + 1, d)]
    below = torch.zeros(k, d, d, dtype=torch.float64)
    below[:, rows, columns] = lower
    scaled = torch.einsum("kij,nkj->nki", q + below, x[:, None, :] - means[None, :, :])
    sum_q = log_diagonal.sum(1)
    terms = a["alphas"] + sum_q - 0.5 * (scaled * scaled).sum(2)
    prior = 0.5 * gamma * gamma * (log_diagonal.exp().square().sum() + lower.square().sum()) - m * sum_q.sum()
    freedom = d + m + 1
    gammas = 0.25 * d * (d - 1) * math.log(math.pi) + sum(math.lgamma(0.5 * freedom + 0.5 * (1 - j)) for j in range(1, d + 1))
    constant = freedom * d * (math.log(gamma) - 0.5 * math.log(2.0)) - gammas
    return (-0.5 * n * d * math.log(2 * math.pi) + torch.logsumexp(terms, 1).sum()
            - n * torch.logsumexp(a["alphas"], 0) + prior - k * constant)
