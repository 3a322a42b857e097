import torch


def objective(size, a):
    batch, inputs, hidden, classes = size
    h = torch.relu(torch.addmm(a["b1"], a["x"].view(batch, inputs), a["w1"].view(hidden, inputs).t()))
    z = torch.addmm(a["b2"], h, a["w2"].view(classes, hidden).t())
    return torch.nn.functional.cross_entropy(z, a["label"])
