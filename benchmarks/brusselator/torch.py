def objective(size, arguments):
    n, steps = size
    u, v = arguments["u0"].view(n, n), arguments["v0"].view(n, n)
    a, b = arguments["a"], arguments["b"]

    def laplacian(x):
        return x.roll(1, 0) + x.roll(-1, 0) + x.roll(1, 1) + x.roll(-1, 1) - 4.0 * x

    for _ in range(steps):
        reaction = u * u * v
        u, v = (u + 0.005 * (a + reaction - (b + 1.0) * u + 2.0 * laplacian(u)),
                v + 0.005 * (b * u - reaction + 2.0 * laplacian(v)))
    return (u - a).square().sum() + v.square().sum()
