"""The evaluator's click logits with pair effects, in plain loops of doubles: an oracle that shares nothing with the engines.

    python3 evaluator_logits.py                             writes ../resources/org/eglr/pairs.json
    python3 evaluator_logits.py WEIGHTS.safetensors CASE    logits of a case (as in pairs.json, without weights) for the
                                                            weights of a model file (its entry weights.safetensors)

Needs Python alone, and plain.py beside it. Equations: 6 and 9 (features), 7 (positions, projection, cls), post-norm
Transformer encoder, 8 (click), and for position k, all weights of pairs five times what is stored, distances beyond 10 as 10:

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

from plain import D, ITEM_IDS, Weights, asked, features, layer, made, place, stored

LAYERS, RANK = 2, 4
VARIANTS = {"NONE": (0, 0, 0), "MATCH": (1, 0, 0), "FACTORS": (1, 1, 0), "DIFFERENCES": (1, 0, 1), "ALL": (1, 1, 1)}


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
        name = f"layers.{number}."
        keys, values = ([w.linear(name + part, row) for row in x] for part in "kv")
        x = [layer(w, name, row, keys, values) for row in x]
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


def random_weights(rng):
    own = {"cls": (D,), "pair.v": (4,), "pair.w": (4, 20),
           "pair.g": (RANK,), "pair.c": (RANK, 20), "pair.a": (43, RANK), "pair.b": (43, RANK)}
    scale = {"pair.v": 0.1, "pair.g": 0.1, "pair.w": 0.2, "pair.c": 0.2, "pair.a": 0.2, "pair.b": 0.2}
    heads = {"point": (1, D), "list": (1, D)}
    return made(rng, own, heads, [f"layers.{number}." for number in range(LAYERS)], scale)


def fixture():
    rng = random.Random(20260119)
    weights = random_weights(rng)
    exact = weights.exact()
    cases = []
    for length, pool in ((5, 6), (13, 14), (2, 3)):
        request = asked(rng, pool)
        order = rng.sample(range(pool), length)
        cases.append(dict(request=request, order=order,
                          logits={effects: logits(exact, effects, request, order) for effects in VARIANTS}))
    path = pathlib.Path(__file__).parent / "../resources/org/eglr/pairs.json"
    path.write_text(json.dumps(dict(weights=stored(weights), cases=cases), separators=(",", ":")) + "\n")
    print(path.resolve().name, path.stat().st_size, "bytes")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        case = json.loads(pathlib.Path(sys.argv[2]).read_text())
        print(json.dumps(logits(read(sys.argv[1]), case["effects"], case["request"], case["order"])))
    else:
        fixture()
