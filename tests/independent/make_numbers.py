#!/usr/bin/python3
"""Gradients by NumPy, to hold gradtex against: nothing here comes from gradtex.

Run in this folder, it writes NAME.net, a network with values, and NAME.txt, the derivative
of its error by every parameter, for every network below. A network is its text, its
symbols and its error as a NumPy function of them; the derivatives are complex steps
(Squire and Trapp, 1998): the imaginary part of E(w + ih) / h, exact to rounding.
"""
import random

import numpy as np

STEP = 1e-150


class Family:
    """Symbols of one shape: their names in gradtex, row by row, and their values."""

    def __init__(self, name, names, shape, is_parameter=True):
        self.name, self.names, self.shape = name, names, shape
        self.is_parameter = is_parameter


def matrix(name, layer, rows, columns, letter="w"):
    names = [f"{letter}_{{{i}{j}}}^{{{layer}}}"
             for i in range(1, rows + 1) for j in range(1, columns + 1)]
    return Family(name, names, (rows, columns))


def vector(name, count, letter=None, layer=None, is_parameter=True):
    above = "" if layer is None else f"^{{{layer}}}"
    names = [f"{letter or name}_{{{i}}}{above}" for i in range(1, count + 1)]
    return Family(name, names, (count,), is_parameter)


def given(name, count):
    return vector(name, count, is_parameter=False)


def single(name, is_parameter=True):
    return Family(name, [name], (), is_parameter)


def grid(name, rows, columns, is_parameter=True):
    family = matrix(name, 0, rows, columns, name)
    family.names = [text.replace("^{0}", "") for text in family.names]
    family.is_parameter = is_parameter
    return family


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z, leak=0):
    return np.where(z.real > 0, z, leak * z)


def softplus(z):
    return np.log(1 + np.exp(z))


def softmax(z):
    powers = np.exp(z)
    return powers / np.sum(powers)


def squares(y, t):
    return np.sum((t - y) ** 2)


def cross_entropy(y, t):
    return -np.sum(t * np.log(y))


def binary_cross_entropy(y, t):
    return -np.sum(t * np.log(y) + (1 - t) * np.log(1 - y))


NETWORKS = []


def network(name, text, *families, positive=()):
    """Registers the error that follows. `positive`: families whose values are between 0
    and 1."""
    def register(error):
        NETWORKS.append((name, text, families, positive, error))
        return error
    return register


@network("sigmoid", """
inputs x 3
layer h 4 sigmoid
layer y 2 sigmoid
biases
error half-squares
""", given("x", 3), given("t", 2), matrix("A", 1, 4, 3), vector("a", 4, "b", 1),
         matrix("B", 2, 2, 4), vector("b", 2, "b", 2))
def _(v):
    return squares(sigmoid(v["B"] @ sigmoid(v["A"] @ v["x"] + v["a"]) + v["b"]), v["t"]) / 2


@network("tanh", """
inputs x 2
layer h 3 tanh
layer h 3 tanh
layer y 1
error squares
""", given("x", 2), given("t", 1), matrix("A", 1, 3, 2), matrix("B", 2, 3, 3),
         matrix("C", 3, 1, 3))
def _(v):
    return squares(v["C"] @ np.tanh(v["B"] @ np.tanh(v["A"] @ v["x"])), v["t"])


@network("relu", """
inputs x 3
layer h 5 relu
layer y 2
biases
error mean-squares
""", given("x", 3), given("t", 2), matrix("A", 1, 5, 3), vector("a", 5, "b", 1),
         matrix("B", 2, 2, 5), vector("b", 2, "b", 2))
def _(v):
    return squares(v["B"] @ relu(v["A"] @ v["x"] + v["a"]) + v["b"], v["t"]) / 2


@network("leaky-relu", """
function g = leaky-relu(0.2)
inputs x 3
layer h 4 leaky-relu(1/100)
layer y 2 g
error half-squares
""", given("x", 3), given("t", 2), matrix("A", 1, 4, 3), matrix("B", 2, 2, 4))
def _(v):
    return squares(relu(v["B"] @ relu(v["A"] @ v["x"], 0.01), 0.2), v["t"]) / 2


@network("softplus-exp", """
inputs x 2
layer h 3 softplus
layer y 2 exp
biases
error half-squares
""", given("x", 2), given("t", 2), matrix("A", 1, 3, 2), vector("a", 3, "b", 1),
         matrix("B", 2, 2, 3), vector("b", 2, "b", 2))
def _(v):
    return squares(np.exp(v["B"] @ softplus(v["A"] @ v["x"] + v["a"]) + v["b"]), v["t"]) / 2


@network("softmax", """
inputs x 3
layer h 4 tanh
layer y 3 softmax
biases
error cross-entropy
""", given("x", 3), given("t", 3), matrix("A", 1, 4, 3), vector("a", 4, "b", 1),
         matrix("B", 2, 3, 4), vector("b", 3, "b", 2), positive=("t",))
def _(v):
    return cross_entropy(softmax(v["B"] @ np.tanh(v["A"] @ v["x"] + v["a"]) + v["b"]), v["t"])


@network("softmax-squares", """
inputs x 2
layer h 3 softmax
layer y 3 softmax
error mean-squares
""", given("x", 2), given("t", 3), matrix("A", 1, 3, 2), matrix("B", 2, 3, 3))
def _(v):
    return squares(softmax(v["B"] @ softmax(v["A"] @ v["x"])), v["t"]) / 3


@network("binary", """
inputs x 2
layer h 3 sigmoid
layer y 2 sigmoid
error binary-cross-entropy
""", given("x", 2), given("t", 2), matrix("A", 1, 3, 2), matrix("B", 2, 2, 3),
         positive=("t",))
def _(v):
    return binary_cross_entropy(sigmoid(v["B"] @ sigmoid(v["A"] @ v["x"])), v["t"])


@network("skip", """
inputs x 2
layer h 3 tanh
layer g 2 sigmoid from x, h
layer y 2 from g, h, x
""", given("x", 2), given("t", 2), matrix("A", 1, 3, 2), matrix("B", 2, 2, 5),
         matrix("C", 3, 2, 7))
def _(v):
    h = np.tanh(v["A"] @ v["x"])
    g = sigmoid(v["B"] @ np.concatenate([v["x"], h]))
    return squares(v["C"] @ np.concatenate([g, h, v["x"]]), v["t"]) / 2


@network("residual", """
inputs x 2
layer h 2 tanh
for j = 1..2: r_j = h_j + x_j
layer y 1 from r
""", given("x", 2), given("t", 1), matrix("A", 1, 2, 2), matrix("B", 2, 1, 2))
def _(v):
    return squares(v["B"] @ (np.tanh(v["A"] @ v["x"]) + v["x"]), v["t"]) / 2


@network("recurrent", """
inputs x 4
parameters u v w
h_0 = 0
for s = 1..4: h_s = tanh(w x_s + u h_{s-1})
y_1 = v h_4
targets t_1
error E = 1/2 (t_1 - y_1)^2
""", given("x", 4), given("t", 1), single("u"), single("v"), single("w"))
def _(v):
    h = 0
    for x in v["x"]:
        h = np.tanh(v["w"] * x + v["u"] * h)
    return (v["t"][0] - v["v"] * h) ** 2 / 2


@network("autoencoder", """
inputs x 3
layer h 2 sigmoid weights w_{<to><from>}
layer y 3 weights w_{<from><to>} tied
targets x
""", given("x", 3), grid("w", 2, 3))
def _(v):
    return squares(v["w"].T @ sigmoid(v["w"] @ v["x"]), v["x"]) / 2


@network("convolution", """
inputs x_{11} x_{12} x_{13} x_{21} x_{22} x_{23} x_{31} x_{32} x_{33}
parameters k_{11} k_{12} k_{21} k_{22} b
for i = 1..2, j = 1..2: h_{ij} = tanh(\\sum_{a=1}^{2} \\sum_{c=1}^{2} k_{ac} x_{i+a-1,j+c-1} + b)
targets t_{11} t_{12} t_{21} t_{22}
error E = 1/2 \\sum_{i=1}^{2} \\sum_{j=1}^{2} (t_{ij} - h_{ij})^2
""", grid("x", 3, 3, False), grid("t", 2, 2, False), grid("k", 2, 2), single("b"))
def _(v):
    total = 0
    for i in range(2):
        for j in range(2):
            h = np.tanh(np.sum(v["k"] * v["x"][i:i + 2, j:j + 2]) + v["b"])
            total += (v["t"][i, j] - h) ** 2 / 2
    return total


@network("decay", """
inputs x 2
layer h 3 sigmoid
layer y 1
biases
constant \\lambda
error J = half-squares + weight-decay \\lambda
""", given("x", 2), given("t", 1), single("\\lambda", False), matrix("A", 1, 3, 2),
         vector("a", 3, "b", 1), matrix("B", 2, 1, 3), vector("b", 1, "b", 2))
def _(v):
    y = v["B"] @ sigmoid(v["A"] @ v["x"] + v["a"]) + v["b"]
    decay = np.sum(v["A"] ** 2) + np.sum(v["B"] ** 2)
    return squares(y, v["t"]) / 2 + v["\\lambda"] / 2 * decay


@network("gates", """
inputs x 2
parameters w_f u_f w_i u_i w_o u_o w_g u_g
h_0 = 0
c_0 = 0
for s = 1..2: f_s = sigmoid(w_f x_s + u_f h_{s-1})
for s = 1..2: i_s = sigmoid(w_i x_s + u_i h_{s-1})
for s = 1..2: o_s = sigmoid(w_o x_s + u_o h_{s-1})
for s = 1..2: g_s = tanh(w_g x_s + u_g h_{s-1})
for s = 1..2: c_s = f_s c_{s-1} + i_s g_s
for s = 1..2: h_s = o_s tanh(c_s)
targets t_1
error E = 1/2 (t_1 - h_2)^2
""", given("x", 2), given("t", 1), *(single(f"{k}_{{{g}}}") for g in "fiog" for k in "wu"))
def _(v):
    h = c = 0
    for x in v["x"]:
        f, i, o, g = (v[f"w_{{{gate}}}"] * x + v[f"u_{{{gate}}}"] * h for gate in "fiog")
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
    return (v["t"][0] - h) ** 2 / 2


@network("normalisation", """
inputs x 4
parameters w \\gamma \\beta
for i = 1..4: a_i = w x_i
m = 1/4 \\sum_{i=1}^{4} a_i
v = 1/4 \\sum_{i=1}^{4} (a_i - m)^2
for i = 1..4: y_i = \\gamma \\frac{a_i - m}{\\sqrt{v + 1/100}} + \\beta
targets t_1 t_2 t_3 t_4
error E = 1/2 \\sum_{i=1}^{4} (t_i - y_i)^2
""", given("x", 4), given("t", 4), single("w"), single("\\gamma"), single("\\beta"))
def _(v):
    a = v["w"] * v["x"]
    centred = a - np.mean(a)
    variance = np.mean(centred ** 2)
    y = v["\\gamma"] * centred / np.sqrt(variance + 0.01) + v["\\beta"]
    return squares(y, v["t"]) / 2


@network("batch", """
inputs x 2
layer h 3 tanh
layer y 3 softmax
biases
error cross-entropy
samples 4 averaged
""", Family("x", ["x"], (4, 2), False), Family("t", ["t"], (4, 3), False),
         matrix("A", 1, 3, 2), vector("a", 3, "b", 1), matrix("B", 2, 3, 3),
         vector("b", 3, "b", 2), positive=("t",))
def _(v):
    return np.mean([cross_entropy(softmax(v["B"] @ np.tanh(v["A"] @ x + v["a"]) + v["b"]), t)
                    for x, t in zip(v["x"], v["t"])])


def draw(generator, family, is_positive):
    """Decimals of two digits, as texts."""
    count = int(np.prod(family.shape))
    numbers = [generator.randint(1, 99) for _ in range(count)]
    if not is_positive:
        numbers = [generator.choice([-1, 1]) * 2 * number for number in numbers]
    return [f"{number / 100:.2f}" for number in numbers]


def let_line(family, texts):
    """One line; the samples of a batch are set apart by semicolons."""
    if len(family.names) == len(texts):
        rows = [texts]
    else:
        rows = np.reshape(texts, family.shape)
    return f"let {' '.join(family.names)} = {'; '.join(' '.join(row) for row in rows)}\n"


def derivative(error, values, family, place):
    changed = {name: array.copy() for name, array in values.items()}
    changed[family.name].reshape(-1)[place] += 1j * STEP
    return error(changed).imag / STEP


def write(name, text, families, positive, error):
    generator = random.Random(name)
    texts = {f.name: draw(generator, f, f.name in positive) for f in families}
    values = {f.name: np.array([float(x) for x in texts[f.name]], complex).reshape(f.shape)
              for f in families}
    with open(f"{name}.net", "w") as out:
        out.write(text.lstrip("\n"))
        out.writelines(let_line(f, texts[f.name]) for f in families)
    with open(f"{name}.txt", "w") as out:
        for family in families:
            for place, symbol in enumerate(family.names if family.is_parameter else []):
                out.write(f"{symbol} {derivative(error, values, family, place)!r}\n")


for each in NETWORKS:
    write(*each)
