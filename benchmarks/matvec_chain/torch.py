def objective(size, a):
    links, n = size
    v = a["start"]
    for matrix in a["a"].view(links, n, n):
        v = matrix @ v
    return 0.5 * (v @ v)
