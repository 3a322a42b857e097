import torch


def objective(size, a):
    n, channels, pixels = size
    y = torch.nn.functional.batch_norm(a["x"].view(n, channels, pixels), None, None, a["gamma"], a["beta"], True, 0.1, 1e-5)
    return (y.flatten() * a["y_bar"]).sum()
