import torch


def objective(size, a):
    B, T, V = size
    losses = torch.nn.functional.cross_entropy(a["logits"].view(B * T, V), a["targets"], reduction="none")
    return (losses * a["losses_bar"]).sum()
