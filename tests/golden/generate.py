"""Golden values of recurrent layers from PyTorch: python3 tests/golden/generate.py > tests/golden/pytorch.json

Weights and inputs are drawn here and written down with the results, so that the tests need no PyTorch. They are put into
Keras's order and shapes: PyTorch's are transposed, its LSTM's gates stand as i, f, candidate, o, its GRU's as reset, update,
candidate. The loss is the sum of every hidden state (and the last cell state) times given numbers.
"""

import json

import torch


def numbers(tensor):
    """Nine significant digits: what float32 needs to come back unchanged."""
    return [float(f"{value:.9g}") for value in tensor.detach().to(torch.float32).flatten().tolist()]


def keras_order(rows, kind):
    """[gates * units, columns] with PyTorch's gates to [columns, gates * units] with Keras's."""
    if kind == "gru":
        reset, update, candidate = rows.chunk(3)
        rows = torch.cat([update, reset, candidate])
    return rows.t()


def case(kind, time, batch, inputs, units, activation="tanh"):
    if kind == "simpleRnn":
        layer = torch.nn.RNN(inputs, units, nonlinearity=activation)
    else:
        layer = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind](inputs, units)
    # Computed in float64 from float32 numbers: what is compared with is the true value.
    layer = layer.double()
    for parameter in layer.parameters():
        parameter.data = parameter.data.float().double()
    if kind != "gru":
        layer.bias_hh_l0.data.zero_()

    def drawn(*shape):
        return (torch.rand(*shape) * 2 - 1).double()

    x = drawn(time, batch, inputs).requires_grad_()
    h0 = drawn(1, batch, units).requires_grad_()
    c0 = drawn(1, batch, units).requires_grad_()
    dh = drawn(time, batch, units)
    dc = drawn(batch, units)
    if kind == "lstm":
        hidden, (_, last_cell) = layer(x, (h0, c0))
        loss = (hidden * dh).sum() + (last_cell[0] * dc).sum()
    else:
        hidden, _ = layer(x, h0)
        loss = (hidden * dh).sum()
    loss.backward()

    def biases(input_bias, hidden_bias):
        if kind != "gru":
            return input_bias
        return torch.cat([keras_order(b[:, None], kind).flatten() for b in (input_bias, hidden_bias)])

    result = {
        "cell": {"kind": kind, **({"activation": activation} if kind == "simpleRnn" else {})},
        "sizes": {"time": time, "batch": batch, "inputs": inputs, "units": units},
        "input": numbers(x),
        "kernel": numbers(keras_order(layer.weight_ih_l0, kind)),
        "recurrentKernel": numbers(keras_order(layer.weight_hh_l0, kind)),
        "bias": numbers(biases(layer.bias_ih_l0, layer.bias_hh_l0)),
        "initialHidden": numbers(h0),
        "lossHidden": numbers(dh),
        "hidden": numbers(hidden),
        "dInput": numbers(x.grad),
        "dKernel": numbers(keras_order(layer.weight_ih_l0.grad, kind)),
        "dRecurrentKernel": numbers(keras_order(layer.weight_hh_l0.grad, kind)),
        "dBias": numbers(biases(layer.bias_ih_l0.grad, layer.bias_hh_l0.grad)),
        "dInitialHidden": numbers(h0.grad),
    }
    if kind == "lstm":
        result |= {
            "initialCell": numbers(c0),
            "lossCell": numbers(dc),
            "lastCell": numbers(last_cell),
            "dInitialCell": numbers(c0.grad),
        }
    return result


torch.manual_seed(1)
cases = [
    case("simpleRnn", 9, 3, 2, 5),
    case("simpleRnn", 9, 3, 2, 5, "relu"),
    case("lstm", 9, 3, 2, 5),
    case("lstm", 4, 9, 5, 9),
    case("gru", 9, 3, 2, 5),
    case("gru", 4, 9, 5, 9),
]
print(json.dumps({"torch": torch.__version__, "cases": cases}))
