"""Trains two small networks in PyTorch and prints each epoch's loss and the final predictions as JSON.

src-main/engine/pytorch-parity.test.ts trains the same networks from the same weights on the same windows in the same
order. The fixture it reads was made by

    python3 scripts/pytorch-parity.py > src-main/engine/fixtures/pytorch-parity.json

Readings and initial weights come from formulas that give the same numbers here and there.
PyTorch has two biases an LSTM layer that are only ever added; ours is their sum, so one of the two is held at zero.
"""

import json
import math

import torch
from torch import nn

shape = {"rows": 120, "inputs": 3, "hidden": 8, "window": 6, "windows": 83, "batchSize": 16}
epochs, learning_rate = 200, 0.01


def wave(period, row):
    return math.fabs((row % period) / period * 4 - 2) - 1


def scatter(index):
    """Evenly spread between -1 and 1."""
    return ((index + 1) * 48271 * 48271 % 2147483647) / 2147483647 * 2 - 1


def order_of(epoch):
    return [(index * 37 + epoch * 11) % shape["windows"] for index in range(shape["windows"])]


readings = torch.tensor(
    [
        [wave(24, row), 0.5 * wave(7, row) + 0.2 * scatter(row), scatter(1000 + row)]
        for row in range(shape["rows"])
    ]
)
window = shape["window"]
inputs = torch.stack([readings[row : row + window] for row in range(shape["windows"])])
targets = torch.stack([readings[row + window, :1] for row in range(shape["windows"])])


class Network(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.lstm = nn.LSTM(shape["inputs"], shape["hidden"], layers, batch_first=True)
        self.head = nn.Linear(shape["hidden"], 1)

    def forward(self, windows):
        states, _ = self.lstm(windows)
        return self.head(states[:, -1])


def load_weights(model, layers):
    """The flat theta of the engine: kernel [in, 4H], recurrent kernel [H, 4H], bias for each layer, then the head."""
    drawn = 0

    def draw(*size):
        nonlocal drawn
        count = math.prod(size)
        values = torch.tensor([0.3 * scatter(5000 + drawn + index) for index in range(count)])
        drawn += count
        return values.reshape(size)

    with torch.no_grad():
        for layer in range(layers):
            width = shape["inputs"] if layer == 0 else shape["hidden"]
            getattr(model.lstm, f"weight_ih_l{layer}").copy_(draw(width, 4 * shape["hidden"]).T)
            getattr(model.lstm, f"weight_hh_l{layer}").copy_(draw(shape["hidden"], 4 * shape["hidden"]).T)
            getattr(model.lstm, f"bias_ih_l{layer}").copy_(draw(4 * shape["hidden"]))
            held = getattr(model.lstm, f"bias_hh_l{layer}")
            held.zero_().requires_grad_(False)
        model.head.weight.copy_(draw(shape["hidden"], 1).T)
        model.head.bias.copy_(draw(1))


def train(layers):
    model = Network(layers)
    load_weights(model, layers)
    optimizer = torch.optim.Adam([value for value in model.parameters() if value.requires_grad], lr=learning_rate)
    criterion = nn.MSELoss()
    losses = []
    for epoch in range(epochs):
        total = 0.0
        for batch in torch.tensor(order_of(epoch)).split(shape["batchSize"]):
            optimizer.zero_grad()
            loss = criterion(model(inputs[batch]), targets[batch])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / shape["windows"])
    with torch.no_grad():
        predictions = model(inputs).flatten().tolist()
    return {"layers": layers, "losses": losses, "predictions": predictions}


torch.set_num_threads(1)
cases = [train(layers) for layers in (1, 2)]
for case in cases:
    for name in ("losses", "predictions"):
        case[name] = [float(f"{value:.7g}") for value in case[name]]
print(json.dumps({"torch": torch.__version__, "learningRate": learning_rate, "shape": shape, "cases": cases}))
