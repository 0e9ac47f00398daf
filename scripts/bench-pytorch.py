"""PyTorch's side of the bench: times the same training step, on request.

Started by out/main/bench.cjs with the shape as JSON. Says {"ready": version}, then answers each line {"task": ...}
with {"value": milliseconds} a step. Tasks: "tensors" indexes shuffled batches out of one tensor (the leanest loop),
"loader" takes them from a DataLoader and asks for the loss at each step (the loop of most tutorials); each with
"threads=default" or "threads=1".
"""

import json
import sys
import time

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

shape = json.loads(sys.argv[1])
torch.manual_seed(42)
default_threads = torch.get_num_threads()


# With inputs known ahead the network steps through the lead times too, and the head reads the state of each.
ahead = shape.get("ahead")
horizon = ahead["horizon"] if ahead else 1


class Forecaster(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(shape["inputs"] + (ahead is not None), shape["hidden"], shape["layers"], batch_first=True)
        self.head = nn.Linear(shape["hidden"], 1)

    def forward(self, windows):
        states, _ = self.lstm(windows)
        return self.head(states[:, -horizon:]).squeeze(2)


model = Forecaster()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
criterion = nn.MSELoss()
timed = shape["pass"]
size, window = shape["windows"], shape["window"]
steps = window + horizon if ahead else window
readings = torch.rand(size + steps, shape["inputs"]) * 2 - 1
targets = torch.rand(size, horizon) * 2 - 1
# Windows as a view of the readings; cut out beforehand, which is quicker, where they fit into half a gigabyte.
inputs = readings.unfold(0, steps, 1)[:size].transpose(1, 2)
if ahead:  # Readings within the window, beyond it what is known, and the share of the lead time: all cut out beforehand.
    leads = torch.cat([torch.zeros(window), torch.arange(1.0, horizon + 1)])
    known = torch.arange(shape["inputs"]) >= shape["inputs"] - ahead["inputs"]
    share = (leads / horizon)[None, :, None].expand(size, -1, 1)
    inputs = torch.cat([inputs * ((leads[:, None] == 0) != known), share], dim=2)
if inputs.numel() * 4 <= 2**29:
    inputs = inputs.contiguous()
chosen = slice(0, timed["windows"] * timed["stride"], timed["stride"])
loader = DataLoader(TensorDataset(inputs[chosen], targets[chosen]), batch_size=shape["batchSize"], shuffle=True)


def step(batch_inputs, batch_targets):
    optimizer.zero_grad()
    loss = criterion(model(batch_inputs), batch_targets)
    loss.backward()
    optimizer.step()
    return loss


def tensor_epoch():
    total = torch.zeros(())
    order = torch.randperm(timed["windows"]) * timed["stride"]
    for batch in order.split(shape["batchSize"]):
        total += step(inputs[batch], targets[batch]).detach() * len(batch)
    return total.item()


def loader_epoch():
    total = 0.0
    for batch_inputs, batch_targets in loader:
        total += step(batch_inputs, batch_targets).item() * len(batch_inputs)
    return total


def measure(task):
    way, threads = task.split(" threads=")
    torch.set_num_threads(default_threads if threads == "default" else int(threads))
    epoch = tensor_epoch if way == "tensors" else loader_epoch
    for batch in torch.arange(3 * shape["batchSize"]).split(shape["batchSize"]):  # Warms up after a change of threads.
        step(inputs[batch], targets[batch])
    start = time.perf_counter()
    for _ in range(timed["epochs"]):
        epoch()
    return (time.perf_counter() - start) * 1000 / timed["steps"]


def say(answer):
    print(json.dumps(answer), flush=True)


say({"ready": f"PyTorch {torch.__version__}, {default_threads} threads by default"})
for line in sys.stdin:
    say({"value": measure(json.loads(line)["task"])})
