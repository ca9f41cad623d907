"""What the oracles in plain loops of doubles share: a model's weights, small requests, eq. 6 and 9, a Transformer layer."""
import math
import struct

D, P, HEADS, FFN, EMB = 8, 4, 2, 12, 3
USER_IDS, ITEM_IDS = (6,), (40, 5)


class Weights(dict):
    """name -> (shape, values)"""

    def at(self, name, *index):
        shape, values = self[name]
        flat = 0
        for size, i in zip(shape, index):
            flat = flat * size + i
        return values[flat]

    def linear(self, name, x):
        values, columns = self[name + ".weight"][1], len(x)
        return [bias + sum(value * v for value, v in zip(values[o * columns:(o + 1) * columns], x))
                for o, bias in enumerate(self[name + ".bias"][1])]

    def norm(self, name, x):
        mean = sum(x) / len(x)
        variance = sum((v - mean) ** 2 for v in x) / len(x)
        return [(v - mean) / math.sqrt(variance + 1e-5) * self.at(name + ".weight", i) + self.at(name + ".bias", i)
                for i, v in enumerate(x)]

    def exact(self):
        """As float32 has them."""
        return Weights({name: (shape, [single(v) for v in values]) for name, (shape, values) in self.items()})


def single(value):
    """As float32 has it."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def features(w, request, item):
    """z of a candidate: eq. 6, 9."""
    x = []
    for f in range(len(ITEM_IDS)):
        x += [w.at(f"features.item.{f}.weight", request["items"][item][f], i) for i in range(EMB)]
    x += request["values"][item]
    for f in range(len(USER_IDS)):
        x += [w.at(f"features.user.{f}.weight", request["user"][f], i) for i in range(EMB)]
    x += request["userValues"]
    return w.linear("features.fc2", [max(0.0, v) for v in w.linear("features.fc1", x)])


def place(k):
    """The sinusoidal encoding of a position."""
    row = []
    for i in range(0, P, 2):
        angle = k * math.exp(-i * math.log(10000.0) / P)
        row += [single(math.sin(angle)), single(math.cos(angle))]
    return row


def layer(w, name, row, keys, values):
    """A post-norm Transformer layer's output for a row that sees these keys and values."""
    q = w.linear(name + "q", row)
    size = D // HEADS
    mixed = [0.0] * D
    for h in range(HEADS):
        of = range(h * size, (h + 1) * size)
        shares = [math.exp(sum(q[i] * k[i] for i in of) / math.sqrt(size)) for k in keys]
        for share, v in zip(shares, values):
            for i in of:
                mixed[i] += share / sum(shares) * v[i]
    first = w.norm(name + "ln1", [a + b for a, b in zip(row, w.linear(name + "o", mixed))])
    hidden = [max(0.0, a) for a in w.linear(name + "fc1", first)]
    return w.norm(name + "ln2", [a + b for a, b in zip(first, w.linear(name + "fc2", hidden))])


def made(rng, own, heads, layers, scale):
    """Normal weights of a model with features, an input projection and Transformer layers.

    own: name -> shape of what else it has; heads: name -> (out, in) of its other linear layers; layers: the names'
    beginnings; scale: name -> deviation, 0.5 elsewhere."""
    shapes = {f"features.user.{f}.weight": (ids, EMB) for f, ids in enumerate(USER_IDS)} | own
    shapes |= {f"features.item.{f}.weight": (ids, EMB) for f, ids in enumerate(ITEM_IDS)}
    linear = {"features.fc1": (2 * D, EMB * 3 + 3), "features.fc2": (D, 2 * D), "inp": (D, D + P)} | heads
    for name in layers:
        linear |= {name + part: (D, D) for part in "qkvo"} | {name + "fc1": (FFN, D), name + "fc2": (D, FFN)}
        for norm in ("ln1", "ln2"):
            shapes |= {f"{name}{norm}.weight": (D,), f"{name}{norm}.bias": (D,)}
    for name, (rows, columns) in linear.items():
        shapes |= {name + ".weight": (rows, columns), name + ".bias": (rows,)}
    return Weights({name: (shape, [round(rng.gauss(0, scale.get(name, 0.5)), 3) for _ in range(math.prod(shape))])
                    for name, shape in shapes.items()})


def asked(rng, pool):
    """A request in which items share values, and some are unknown."""
    return dict(user=[rng.randrange(6)], userValues=[rng.randrange(-64, 64) / 32],
                items=[[rng.randrange(12), rng.randrange(5)] for _ in range(pool)],
                values=[[rng.randrange(-64, 64) / 32 for _ in range(2)] for _ in range(pool)])


def stored(weights):
    return {name: dict(shape=shape, data=values) for name, (shape, values) in weights.items()}
