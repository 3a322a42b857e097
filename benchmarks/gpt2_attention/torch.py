import torch


def objective(size, a):
    B, T, C, NH = size
    q, k, v = (x.view(B, T, NH, C // NH).transpose(1, 2) for x in a["inp"].view(B, T, 3 * C).split(C, 2))
    scores = q @ k.transpose(2, 3) / (C // NH) ** 0.5
    scores = scores.masked_fill(torch.ones(T, T, dtype=torch.bool).triu(1), float("-inf"))
    out = (torch.softmax(scores, 3) @ v).transpose(1, 2)
    return (out.flatten() * a["out_bar"]).sum()
