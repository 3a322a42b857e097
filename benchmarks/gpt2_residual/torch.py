def objective(size, a):
    return ((a["inp1"] + a["inp2"]) * a["out_bar"]).sum()
