"""Runs a problem's torch.py on what the driver dumped: checks its gradient against the one by hand, then times it.

    torch_driver.py NAME/torch.py DUMP

torch.py defines objective(size, a), where `a` maps the arguments' names to flat tensors (what is differentiated has
requires_grad) and seeds of outputs are at the output's name + "_bar"; it returns the scalar that is differentiated.
"""
import importlib.util
import json
import statistics
import sys
import time

import numpy
import torch

torch.set_num_threads(1)


def load(path):
    with open(path, "rb") as file:
        head = json.loads(file.readline())
        arguments, by_hand = {}, {}

        def read(a):
            values = numpy.fromfile(file, dtype=numpy.dtype(a["type"]), count=a["count"])
            tensor = torch.from_numpy(values)
            return tensor.long() if a["type"] == "i4" else tensor

        for a in head["arguments"]:
            arguments[a["name"]] = read(a)
            if a["output"]:
                arguments[a["name"] + "_bar"] = read(a)
        for a in head["arguments"]:
            if a["input"]:
                arguments[a["name"]].requires_grad_()
                by_hand[a["name"]] = read(a)
    return tuple(head["size"]), arguments, by_hand


def main():
    spec = importlib.util.spec_from_file_location("problem", sys.argv[1])
    problem = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(problem)
    size, arguments, by_hand = load(sys.argv[2])

    def step():
        for name in by_hand:
            arguments[name].grad = None
        problem.objective(size, arguments).backward()

    step()
    right = True
    for name, expected in by_hand.items():
        scale = expected.abs().max().item() + 1e-300
        tolerance = 2e-3 if expected.dtype == torch.float32 else 1e-8
        right = right and (arguments[name].grad - expected).abs().max().item() / scale <= tolerance
    samples = []
    for _ in range(7):
        calls, start = 0, time.process_time()
        while time.process_time() - start < 0.02:
            step()
            calls += 1
        samples.append((time.process_time() - start) / calls)
    print(json.dumps({"size": size, "right": right, "seconds": statistics.median(samples)}))


main()
