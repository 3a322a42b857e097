import torch


def objective(size, a):
    l, c, b = size
    main, extra = a["main_params"].view(l, 8, b), a["extra_params"].view(3, b)
    state, sequence = a["state"].view(l, 2, b), a["sequence"].view(c, b)
    hidden, cell = list(state[:, 0]), list(state[:, 1])
    total = 0.0
    for t in range(c - 1):
        x = sequence[t] * extra[0]
        for i in range(l):
            w, bias = main[i, :4], main[i, 4:]
            forget, out = torch.sigmoid(x * w[0] + bias[0]), torch.sigmoid(x * w[2] + bias[2])
            gate, change = torch.sigmoid(hidden[i] * w[1] + bias[1]), torch.tanh(hidden[i] * w[3] + bias[3])
            cell[i] = cell[i] * forget + gate * change
            x = hidden[i] = out * torch.tanh(cell[i])
        y = x * extra[1] + extra[2]
        total = total + (sequence[t + 1] * (y - torch.log(2.0 + y.exp().sum()))).sum()
    after = torch.stack([torch.stack([h, s]) for h, s in zip(hidden, cell)]).flatten()
    return -total / ((c - 1) * b) + (a["state_bar"] * after).sum()
