"""PyTorch's training steps, on one thread: reads lines of JSON that name a case and a count, answers with milliseconds."""

import json
import sys
import time

import torch

torch.set_num_threads(1)
INPUTS = 2
steps = {}


def step_of(case):
    cell, length, batch, units = case["cell"], case["time"], case["batch"], case["units"]
    layer = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "simpleRnn": torch.nn.RNN}[cell](INPUTS, units, batch_first=True)
    dense = torch.nn.Linear(units, 1)
    optimizer = torch.optim.Adam([*layer.parameters(), *dense.parameters()], lr=0.001)
    x = torch.rand(batch, length, INPUTS) * 2 - 1
    target = torch.rand(batch, 1) * 2 - 1

    def step():
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(dense(layer(x)[0][:, -1]), target)
        loss.backward()
        optimizer.step()
        loss.item()

    return step


print(json.dumps({"torch": torch.__version__}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    key = json.dumps(request["timed"])
    if key not in steps:
        steps[key] = step_of(request["timed"])
        end = time.perf_counter() + 0.3
        while time.perf_counter() < end:
            steps[key]()
    start = time.perf_counter()
    for _ in range(request["count"]):
        steps[key]()
    print((time.perf_counter() - start) * 1000 / request["count"], flush=True)
