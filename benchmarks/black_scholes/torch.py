import torch


def normal_cdf(x):
    return 0.5 * torch.erfc(-x * 0.5 ** 0.5)


def objective(size, a):
    spot, strike, volatility, expiry, rate = (a[n] for n in ("spot", "strike", "volatility", "expiry", "rate"))
    deviation = volatility * expiry.sqrt()
    d1 = (torch.log(spot / strike) + (rate + 0.5 * volatility * volatility) * expiry) / deviation
    d2 = d1 - deviation
    sign = 1.0 - 2.0 * a["is_put"]
    discounted = strike * torch.exp(-rate * expiry)
    return (a["quantity"] * sign * (spot * normal_cdf(sign * d1) - discounted * normal_cdf(sign * d2))).sum()
