import torch


def objective(size, a):
    B, T, C = size
    out = torch.nn.functional.layer_norm(a["inp"].view(B * T, C), (C,), a["weight"], a["bias"], 1e-5)
    return (out.flatten() * a["out_bar"]).sum()
