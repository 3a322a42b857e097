import torch


def objective(size, a):
    y = torch.fft.fft(torch.complex(a["re"], a["im"]))
    return (y.real * a["re_bar"] + y.imag * a["im_bar"]).sum()
