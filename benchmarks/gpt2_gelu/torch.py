import torch


def objective(size, a):
    x = a["inp"]
    return (0.5 * x * (1.0 + torch.tanh(0.79788456080286535588 * (x + 0.044715 * x * x * x))) * a["out_bar"]).sum()
