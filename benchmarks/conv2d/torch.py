import torch


def objective(size, a):
    batch, channels, width, kernel = size
    x, w = a["in"].view(batch, channels, width, width), a["weight"].view(channels, channels, kernel, kernel)
    return (torch.nn.functional.conv2d(x, w, a["bias"], padding=kernel // 2).flatten() * a["out_bar"]).sum()
