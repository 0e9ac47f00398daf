"""Trains networks that step through their lead times in PyTorch, in float64, and prints losses, gradients and predictions.

src-main/engine/pytorch-parity-ahead.test.ts trains the same networks from the same weights on the same windows in the same
order. The fixture it reads was made by

    python3 scripts/pytorch-parity-ahead.py > src-main/engine/fixtures/pytorch-parity-ahead.json

Readings and initial weights come from formulas that give the same float32 numbers here and there. A feature that is known n
steps ahead is seen at the lead times up to n, a reading (n = 0) within the window alone; what is not seen is 0, and behind
the features stands lead / horizon. The head, the same for each lead time, reads the state of that lead time's own step.
"""

import json
import math

import torch
from torch import nn

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

known = [0, 1, 3]
shape = {"rows": 120, "hidden": 5, "window": 6, "horizon": 3, "windows": 83, "batchSize": 16}
epochs, learning_rate = 10, 0.01
window, horizon, hidden = shape["window"], shape["horizon"], shape["hidden"]


def scatter(index):
    """Evenly spread between -1 and 1."""
    return ((index + 1) * 48271 * 48271 % 2147483647) / 2147483647 * 2 - 1


def float32(values):
    return torch.tensor(values, dtype=torch.float32).double()


def order_of(epoch):
    return [(index * 37 + epoch * 11) % shape["windows"] for index in range(shape["windows"])]


readings = float32([[scatter(1000 * input + row) for input in range(len(known))] for row in range(shape["rows"])])
leads = torch.cat([torch.zeros(window), torch.arange(1.0, horizon + 1)])[:, None]
steps_known = torch.tensor(known)[None, :]
is_seen = torch.where(leads == 0, steps_known == 0, steps_known >= leads)


def window_at(row):
    rows = readings[row : row + window + horizon]
    return torch.cat([rows * is_seen, leads / horizon], dim=1)


inputs = torch.stack([window_at(row) for row in range(shape["windows"])])
targets = torch.stack([readings[row + window : row + window + horizon, 0] for row in range(shape["windows"])])


class Network(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.lstm = nn.LSTM(len(known) + 1, hidden, layers, batch_first=True)
        self.head = nn.Linear(hidden, 1)

    def forward(self, windows):
        return self.head(self.lstm(windows)[0][:, -horizon:]).squeeze(2)


def parameters(model, layers):
    """In the order of the engine's theta, each with the axes that it has here turned or not."""
    for layer in range(layers):
        yield getattr(model.lstm, f"weight_ih_l{layer}"), True
        yield getattr(model.lstm, f"weight_hh_l{layer}"), True
        yield getattr(model.lstm, f"bias_ih_l{layer}"), False
    yield model.head.weight, True
    yield model.head.bias, False


def load_weights(model, layers):
    drawn = 0
    with torch.no_grad():
        for value, turned in parameters(model, layers):
            size = value.T.shape if turned else value.shape
            count = math.prod(size)
            own = float32([0.3 * scatter(5000 + drawn + index) for index in range(count)]).reshape(size)
            value.copy_(own.T if turned else own)
            drawn += count
        for layer in range(layers):  # PyTorch adds two biases: ours is the first.
            getattr(model.lstm, f"bias_hh_l{layer}").zero_().requires_grad_(False)


def gradient_of(model, layers, batch):
    model.zero_grad()
    loss = nn.functional.mse_loss(model(inputs[batch]), targets[batch])
    loss.backward()
    flat = torch.cat([(value.grad.T if turned else value.grad).flatten() for value, turned in parameters(model, layers)])
    return {"loss": loss.item(), "gradient": flat.tolist()}


def train(layers):
    model = Network(layers)
    load_weights(model, layers)
    optimizer = torch.optim.Adam([value for value in model.parameters() if value.requires_grad], lr=learning_rate)
    first = order_of(0)[: shape["batchSize"]]
    before = gradient_of(model, layers, first)
    losses = []
    for epoch in range(epochs):
        total = 0.0
        for batch in torch.tensor(order_of(epoch)).split(shape["batchSize"]):
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(model(inputs[batch]), targets[batch])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / shape["windows"])
    with torch.no_grad():
        predictions = model(inputs[first]).flatten().tolist()
    after = gradient_of(model, layers, first)
    return {"layers": layers, "before": before, "losses": losses, "after": after, "predictions": predictions}


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.10g}")
    if isinstance(value, list):
        return [rounded(each) for each in value]
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return value


cases = [rounded(train(layers)) for layers in (1, 2)]
told = {"torch": torch.__version__, "learningRate": learning_rate, "epochs": epochs, "known": known, "shape": shape}
print(json.dumps({**told, "cases": cases}))
