def objective(size, a):
    B, T, C, OC = size
    out = a["inp"].view(B * T, C) @ a["weight"].view(OC, C).t() + a["bias"]
    return (out.flatten() * a["out_bar"]).sum()
