"""The evaluator's click logits with pair effects, in plain loops of doubles: an oracle that shares nothing with the engines.

    python3 evaluator_logits.py                             writes ../resources/org/eglr/pairs.json
    python3 evaluator_logits.py WEIGHTS.safetensors CASE    logits of a case (as in pairs.json, without weights) for the
                                                            weights of a model file (its entry weights.safetensors)

Needs Python alone. Equations: 6 and 9 (features), 7 (positions, projection, cls), post-norm Transformer encoder, 8 (click),
and for position k, all weights of pairs five times what is stored, distances beyond 10 as 10:

    sum_f v_f sum_{j != k} w_f[j-k] 1[x_k^f = x_j^f]
    + sum_h u_h sum_{j != k} w_h[j-k] tanh(x_k^h - x_j^h)
    + sum_r g_r a_r(k) sum_{j != k} c_r[j-k] b_r(j),   a(k) = sum_f A_f[x_k^f],  b(j) = sum_f B_f[x_j^f]
"""
import json
import math
import pathlib
import random
import struct
import sys

D, P, HEADS, FFN, EMB, LAYERS, RANK = 8, 4, 2, 12, 3, 2, 4
USER_IDS, ITEM_IDS = (6,), (40, 5)
VARIANTS = {"NONE": (0, 0, 0), "MATCH": (1, 0, 0), "FACTORS": (1, 1, 0), "DIFFERENCES": (1, 0, 1), "ALL": (1, 1, 1)}


class Weights(dict):
    """name -> (shape, values)"""

    def at(self, name, *index):
        shape, values = self[name]
        flat = 0
        for size, i in zip(shape, index):
            flat = flat * size + i
        return values[flat]

    def linear(self, name, x):
        rows = self[name + ".weight"][0][0]
        return [self.at(name + ".bias", o) + sum(self.at(name + ".weight", o, i) * v for i, v in enumerate(x))
                for o in range(rows)]

    def norm(self, name, x):
        mean = sum(x) / len(x)
        variance = sum((v - mean) ** 2 for v in x) / len(x)
        return [(v - mean) / math.sqrt(variance + 1e-5) * self.at(name + ".weight", i) + self.at(name + ".bias", i)
                for i, v in enumerate(x)]


def single(value):
    """As float32 has it."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def features(w, request, item):
    x = []
    for f in range(len(ITEM_IDS)):
        x += [w.at(f"features.item.{f}.weight", request["items"][item][f], i) for i in range(EMB)]
    x += request["values"][item]
    for f in range(len(USER_IDS)):
        x += [w.at(f"features.user.{f}.weight", request["user"][f], i) for i in range(EMB)]
    x += request["userValues"]
    return w.linear("features.fc2", [max(0.0, v) for v in w.linear("features.fc1", x)])


def place(k):
    row = []
    for i in range(0, P, 2):
        angle = k * math.exp(-i * math.log(10000.0) / P)
        row += [single(math.sin(angle)), single(math.cos(angle))]
    return row


def layer(w, name, x):
    q, k, v = ([w.linear(name + part, row) for row in x] for part in "qkv")
    size = D // HEADS
    out = []
    for t in range(len(x)):
        mixed = [0.0] * D
        for h in range(HEADS):
            of = range(h * size, (h + 1) * size)
            shares = [math.exp(sum(q[t][i] * k[s][i] for i in of) / math.sqrt(size)) for s in range(len(x))]
            for s in range(len(x)):
                for i in of:
                    mixed[i] += shares[s] / sum(shares) * v[s][i]
        first = w.norm(name + "ln1", [a + b for a, b in zip(x[t], w.linear(name + "o", mixed))])
        hidden = [max(0.0, a) for a in w.linear(name + "fc1", first)]
        out.append(w.norm(name + "ln2", [a + b for a, b in zip(first, w.linear(name + "fc2", hidden))]))
    return out


def kernel(distance):
    """Where the weight of a distance stands: -10 to -1, then 1 to 10."""
    within = max(-10, min(10, distance))
    return within + 10 if within < 0 else within + 9


def pairs(w, effects, request, order, k):
    matches, factors, differences = VARIANTS[effects]
    item, total = order[k], 0.0
    first_rows = [0, ITEM_IDS[0] - 1]
    for j in range(len(order)):
        if j == k:
            continue
        other, at = order[j], kernel(j - k)
        for f in range(2):
            mine, its = request["items"][item][f], request["items"][other][f]
            if matches and mine == its and mine != 0:
                total += 5 * w.at("pair.v", f) * 5 * w.at("pair.w", f, at)
        for h in range(2):
            if differences:
                move = math.tanh(request["values"][item][h] - request["values"][other][h])
                total += 5 * w.at("pair.v", 2 + h) * 5 * w.at("pair.w", 2 + h, at) * move
        for r in range(RANK):
            if factors:
                a, b = (sum(5 * w.at(table, first_rows[f] + ids[f] - 1, r) for f in range(2) if ids[f] != 0)
                        for table, ids in (("pair.a", request["items"][item]), ("pair.b", request["items"][other])))
                total += 5 * w.at("pair.g", r) * a * 5 * w.at("pair.c", r, at) * b
    return total


def logits(w, effects, request, order):
    x = [w["cls"][1]]
    for k, item in enumerate(order):
        x.append(w.linear("inp", features(w, request, item) + place(k)))
    for number in range(LAYERS):
        x = layer(w, f"layers.{number}.", x)
    return [w.linear("point", x[1 + k])[0] + pairs(w, effects, request, order, k) for k in range(len(order))]


def read(path):
    """The evaluator's tensors of a safetensors file of float32."""
    data = pathlib.Path(path).read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    weights = Weights()
    for name, tensor in json.loads(data[8:8 + size]).items():
        if name.startswith("evaluator."):
            begin, end = tensor["data_offsets"]
            values = struct.unpack(f"<{(end - begin) // 4}f", data[8 + size + begin:8 + size + end])
            weights[name.removeprefix("evaluator.")] = (tensor["shape"], list(values))
    return weights


def made(rng):
    width = EMB * 3 + 3
    shapes = {"features.user.0.weight": (USER_IDS[0], EMB), "cls": (D,), "pair.v": (4,), "pair.w": (4, 20),
              "pair.g": (RANK,), "pair.c": (RANK, 20), "pair.a": (43, RANK), "pair.b": (43, RANK)}
    for f, ids in enumerate(ITEM_IDS):
        shapes[f"features.item.{f}.weight"] = (ids, EMB)
    linear = {"features.fc1": (2 * D, width), "features.fc2": (D, 2 * D), "inp": (D, D + P), "point": (1, D), "list": (1, D)}
    for number in range(LAYERS):
        name = f"layers.{number}."
        linear |= {name + part: (D, D) for part in "qkvo"} | {name + "fc1": (FFN, D), name + "fc2": (D, FFN)}
        for norm in ("ln1", "ln2"):
            shapes |= {f"{name}{norm}.weight": (D,), f"{name}{norm}.bias": (D,)}
    for name, (rows, columns) in linear.items():
        shapes |= {name + ".weight": (rows, columns), name + ".bias": (rows,)}
    scale = {"pair.v": 0.1, "pair.g": 0.1, "pair.w": 0.2, "pair.c": 0.2, "pair.a": 0.2, "pair.b": 0.2}
    return Weights({name: (shape, [round(rng.gauss(0, scale.get(name, 0.5)), 3) for _ in range(math.prod(shape))])
                    for name, shape in shapes.items()})


def fixture():
    rng = random.Random(20260119)
    stored = made(rng)
    exact = Weights({n: (s, [single(v) for v in values]) for n, (s, values) in stored.items()})
    cases = []
    for length, pool in ((5, 6), (13, 14), (1, 3)):
        request = dict(user=[rng.randrange(6)], userValues=[rng.randrange(-64, 64) / 32],
                       items=[[rng.randrange(12), rng.randrange(5)] for _ in range(pool)],
                       values=[[rng.randrange(-64, 64) / 32 for _ in range(2)] for _ in range(pool)])
        order = rng.sample(range(pool), length)
        cases.append(dict(request=request, order=order,
                          logits={effects: logits(exact, effects, request, order) for effects in VARIANTS}))
    out = dict(weights={n: dict(shape=s, data=values) for n, (s, values) in stored.items()}, cases=cases)
    path = pathlib.Path(__file__).parent / "../resources/org/eglr/pairs.json"
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
    print(path.resolve().name, path.stat().st_size, "bytes")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        case = json.loads(pathlib.Path(sys.argv[2]).read_text())
        print(json.dumps(logits(read(sys.argv[1]), case["effects"], case["request"], case["order"])))
    else:
        fixture()
