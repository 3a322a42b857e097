#!/usr/bin/env python3
"""Runs the cases of optim_cases.def in PyTorch, and compares each step with what the runtime prints.

    torch_reference.py PROGRAM            compare with PROGRAM, which is torch_sequences; exit status 77 without PyTorch
    torch_reference.py --numbers FILE     write PyTorch's numbers at some steps to FILE, a C table that optim_torch.c includes
"""

import subprocess
import sys

try:
    import torch
except ImportError:
    print("PyTorch is not installed")
    sys.exit(77)

PARAMETERS, WEIGHTS = 9, 6
KEPT = (1, 2, 3, 5, 10, 50)

SGD, ADAGRAD, RMSPROP = torch.optim.SGD, torch.optim.Adagrad, torch.optim.RMSprop
ADAM, ADAMW, LBFGS = torch.optim.Adam, torch.optim.AdamW, torch.optim.LBFGS

CASES = {
    "sgd": (SGD, dict(lr=0.05)),
    "sgd_momentum": (SGD, dict(lr=0.05, momentum=0.9)),
    "sgd_dampening": (SGD, dict(lr=0.05, momentum=0.9, dampening=0.5)),
    "sgd_nesterov": (SGD, dict(lr=0.05, momentum=0.9, nesterov=True)),
    "sgd_decay": (SGD, dict(lr=0.05, momentum=0.8, weight_decay=0.1)),
    "sgd_maximize": (SGD, dict(lr=0.01, maximize=True, weight_decay=0.1)),
    "adagrad": (ADAGRAD, dict(lr=0.1)),
    "adagrad_all": (ADAGRAD, dict(lr=0.1, lr_decay=0.1, weight_decay=0.05, initial_accumulator_value=0.5, eps=1e-6)),
    "rmsprop": (RMSPROP, dict(lr=0.01)),
    "rmsprop_centered": (RMSPROP, dict(lr=0.01, centered=True)),
    "rmsprop_momentum": (RMSPROP, dict(lr=0.01, momentum=0.9, alpha=0.9, weight_decay=0.1)),
    "rmsprop_all": (RMSPROP, dict(lr=0.01, momentum=0.5, alpha=0.95, eps=1e-4, centered=True, maximize=True)),
    "adam": (ADAM, dict(lr=0.05)),
    "adam_l2": (ADAM, dict(lr=0.05, weight_decay=0.1, betas=(0.8, 0.95), eps=1e-6)),
    "adam_amsgrad": (ADAM, dict(lr=0.05, amsgrad=True, betas=(0.9, 0.9))),
    "adamw": (ADAMW, dict(lr=0.05)),
    "adamw_amsgrad": (ADAMW, dict(lr=0.05, amsgrad=True, weight_decay=0.2, betas=(0.9, 0.9))),
    "adamw_maximize": (ADAMW, dict(lr=0.01, maximize=True)),
    "lbfgs": (LBFGS, dict(max_iter=4, line_search_fn="strong_wolfe")),
    "lbfgs_short": (LBFGS, dict(max_iter=3, max_eval=100, history_size=2, line_search_fn="strong_wolfe")),
    "lbfgs_fixed": (LBFGS, dict(max_iter=3, lr=0.1)),
}


def noisy_gradient(x, first, step):
    """The gradient at the block x, whose first parameter has the index `first`."""
    i = torch.arange(first, first + len(x), dtype=torch.float64)
    noise = (torch.remainder(7 * step + 3 * i, 11) - 5) * 0.125
    factor, centre = ((i + 1) * 0.25).to(x.dtype), (i * 0.5).to(x.dtype)
    return factor * (x - centre) + noise.to(x.dtype)


def rosenbrock(blocks):
    """Sets the blocks' gradients and returns the loss, all computed in double, in the order in which the C test does."""
    x = [float(value) for block in blocks for value in block]
    loss, g = 0.0, [0.0] * PARAMETERS
    for i in range(PARAMETERS - 1):
        a, b = x[i + 1] - x[i] * x[i], 1.0 - x[i]
        loss += 100.0 * a * a + b * b
        g[i] += -400.0 * a * x[i] - 2.0 * b
        g[i + 1] += 200.0 * a
    blocks[0].grad = torch.tensor(g[:WEIGHTS], dtype=blocks[0].dtype)
    blocks[1].grad = torch.tensor(g[WEIGHTS:], dtype=blocks[1].dtype)
    return loss


def start(name):
    if name.startswith("lbfgs"):
        return [-1.25 if i % 2 == 0 else 1.0 for i in range(PARAMETERS)]
    return [1.0 - 0.25 * i for i in range(PARAMETERS)]


def optimizer_of(name, blocks):
    kind, settings = CASES[name]
    if kind is LBFGS:
        return kind(blocks, **settings)
    bias = {"params": [blocks[1]]}
    if "weight_decay" in settings or kind is ADAMW:
        bias["weight_decay"] = 0.0
    return kind([{"params": [blocks[0]]}, bias], **settings)


def steps_of(name, label):
    """Rounding differences grow from step to step of L-BFGS, so that only the first steps can be compared."""
    if not name.startswith("lbfgs"):
        return 50
    return 5 if label == "float" else 10


def sequence(name, label):
    """The parameters after each step."""
    dtype = torch.float32 if label == "float" else torch.float64
    values = start(name)
    blocks = [torch.tensor(values[:WEIGHTS], dtype=dtype), torch.tensor(values[WEIGHTS:], dtype=dtype)]
    optimizer = optimizer_of(name, blocks)
    for step in range(steps_of(name, label)):
        if CASES[name][0] is LBFGS:
            optimizer.step(lambda: rosenbrock(blocks))
        else:
            blocks[0].grad = noisy_gradient(blocks[0], 0, step)
            blocks[1].grad = noisy_gradient(blocks[1], WEIGHTS, step)
            optimizer.step()
        yield [float(value) for block in blocks for value in block]


def all_sequences():
    for name in CASES:
        for label in ("double", "float"):
            yield name, label, list(sequence(name, label))


def compare(program):
    """The number of steps at which PROGRAM is too far from PyTorch."""
    printed = {}
    for line in subprocess.run([program], check=True, capture_output=True, text=True).stdout.splitlines():
        name, label, step, drift, *values = line.split()
        printed[name, label, int(step)] = float(drift), [float(value) for value in values]

    wrong = 0
    for name, label, steps in all_sequences():
        worst = 0.0
        for step, expected in enumerate(steps, 1):
            drift, found = printed.pop((name, label, step))
            error = max(abs(f - e) / max(1.0, abs(e)) for f, e in zip(found, expected))
            worst = max(worst, error)
            if not error <= drift:
                wrong += 1
                print(f"{name} {label}: step {step} differs by {error:.2g}")
        print(f"{name} {label}: largest difference {worst:.2g}")
    for key in printed:
        print("not compared:", *key)
    return wrong + len(printed)


def write_numbers(path):
    with open(path, "w") as out:
        out.write("/* Parameters after some steps of each case, from PyTorch "
                  f"{torch.__version__}: torch_reference.py --numbers. */\n")
        for name, label, steps in all_sequences():
            for step in (step for step in KEPT if step <= len(steps)):
                numbers = ", ".join(repr(value) for value in steps[step - 1])
                single = "true" if label == "float" else "false"
                out.write(f'{{"{name}", {single}, {step}, {{{numbers}}}}},\n')


def main():
    torch.set_num_threads(1)
    if sys.argv[1] == "--numbers":
        write_numbers(sys.argv[2])
        return 0
    return 1 if compare(sys.argv[1]) else 0


if __name__ == "__main__":
    sys.exit(main())
