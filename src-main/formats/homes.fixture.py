"""Opens exported models at their homes and prints how far each is from what Hindcast says, as JSON.

Each argument is a folder of an export with a windows.json beside: windows of readings and what the trained model says of
them. Written without a look at how the files are made: it knows what README.txt, the names in the files and the
documentation of each library tell.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
import onnxruntime
import torch
from safetensors.torch import load_file
from torch import nn


class Member(nn.Module):
    def __init__(self, inputs, hidden, layers, outputs):
        super().__init__()
        self.lstm = nn.LSTM(inputs, hidden, layers, batch_first=True)
        self.head = nn.Linear(hidden, outputs)

    def forward(self, x, steps):
        return self.head(self.lstm(x)[0][:, -steps:]).flatten(1)


class Whole(nn.Module):
    """What the state dict says of itself, by the names in it."""

    def __init__(self, weights):
        super().__init__()
        count = len({name.split(".")[1] for name in weights if name.startswith("members.")})
        layers = len({name for name in weights if name.startswith("members.0.lstm.weight_ih_l")})
        hidden = weights["members.0.lstm.weight_hh_l0"].shape[1]
        inputs = weights["members.0.lstm.weight_ih_l0"].shape[1]
        outputs = weights["members.0.head.bias"].shape[0]
        self.steps = weights["lead_rows"].shape[1] if "lead_rows" in weights else 1
        self.members = nn.ModuleList(Member(inputs, hidden, layers, outputs) for _ in range(count))
        if "linear.weight" in weights:
            self.linear = nn.Linear(weights["linear.weight"].shape[1], outputs * self.steps)
        for name, value in weights.items():
            if "." not in name:
                self.register_buffer(name, torch.zeros_like(value))
        self.load_state_dict(weights, strict=True)

    def forward(self, readings):
        x = (readings - self.input_means) / self.input_scales
        rows = x
        if hasattr(self, "lead_rows"):
            leads = torch.einsum("ni,ilf->nlf", x[:, -1], self.lead_rows) + self.lead_shares
            rows = torch.cat([x @ self.window_rows, leads], 1)
        y = torch.stack([member(rows, self.steps) for member in self.members]).mean(0) * self.lstm_share
        if hasattr(self, "linear"):
            y = y + self.linear(x.flatten(1))
        y = y * self.target_scale + self.target_mean
        return y.clamp(self.least, self.most) if hasattr(self, "least") else y


def apart(some, others):
    return float(np.max(np.abs(np.asarray(some) - np.asarray(others, np.float32))))


def of_onnx(folder, inputs, expected):
    session = onnxruntime.InferenceSession(os.path.join(folder, "model.onnx"))
    names = [output.name for output in session.get_outputs()]
    said = dict(zip(names, session.run(None, inputs)))
    return {name: apart(value, expected[name]) for name, value in said.items()}


def of_torch(folder, inputs, expected):
    weights = load_file(os.path.join(folder, "model.safetensors"))
    readings = np.concatenate([inputs["readings"], inputs["calendar"]], 2) if "calendar" in inputs else inputs["readings"]
    with torch.no_grad():
        y = Whole(weights)(torch.from_numpy(readings)).numpy()
    horizon = np.asarray(expected["forecast"]).shape[1]
    byLead = np.sort(y.reshape(len(y), horizon, -1), 2)
    said = {"forecast": byLead[:, :, byLead.shape[2] // 2]}
    if "interval_offsets" in weights:
        named = {name: value.numpy() for name, value in weights.items()}
        places = named["interval_places"].astype(int) if "interval_places" in named else [0] * 6
        season = inputs["season"] @ named["interval_season"] if "interval_season" in named else np.zeros((1, horizon))
        ends = byLead[:, :, places] + np.exp(season)[:, :, None] * named["interval_offsets"]
        if "least" in named:
            ends = ends.clip(named["least"], named["most"])
        for end in range(0, 6, 2):
            within = ends[:, :, : end + 2].copy()
            ends[:, :, end], ends[:, :, end + 1] = within.min(2), within.max(2)
        said["intervals"] = ends
    return {name: apart(value, expected[name]) for name, value in said.items()}


def of_keras(folder, inputs, expected):
    model = keras.models.load_model(os.path.join(folder, "model.keras"))
    named = {tensor.name: inputs[tensor.name] for tensor in model.inputs}
    said = model.predict(named, verbose=0)
    said = dict(zip(["forecast", "intervals"], said if isinstance(said, list) else [said]))
    return {name: apart(value, expected[name]) for name, value in said.items()}


def of_folder(folder):
    with open(os.path.join(folder, "windows.json"), encoding="utf-8") as file:
        told = json.load(file)
    inputs = {name: np.asarray(values, np.float32) for name, values in told["inputs"].items()}
    return {
        "onnx": of_onnx(folder, inputs, told["expected"]),
        "keras": of_keras(folder, inputs, told["expected"]),
        "safetensors": of_torch(folder, inputs, told["expected"]),
    }


print(json.dumps([of_folder(folder) for folder in sys.argv[1:]]))
