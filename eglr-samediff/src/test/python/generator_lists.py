"""The generator's lists in plain loops of doubles: an oracle that shares nothing with the engines, and no cache.

    python3 generator_lists.py          writes ../resources/org/eglr/generator.json

Needs Python alone, and plain.py beside it. Candidate vectors z are those of eq. 6 and 9. Slot k's first query is the output
at the last token of [context, the items so far]. With GATED, the default, every decision up to M times by entropy H:

    r = token(q) at slot k's place         q + sum_j p_j z_j, p at the reasoning temperature (4.3.1); PLAIN: q; ZERO: 0
    e = Decoder(context, items so far, slot k's own reasoning tokens, r)
    q = q + gain * e                       elementwise

and slot k's reasoning tokens are gone once its item is chosen. The paper's reading, REPLACE, has q = e, and RESIDUAL
q = (q + e) / sqrt 2; both without q in the mixture, and all tokens stay, each at a place of its own. What pairs add to
candidate j's score before item k, five times what is stored, distances beyond 10 as 10:

    sum_f sum_{i<k} u_f[k-i] 1[x_j^f = x_i^f] + sum_h sum_{i<k} u_h[k-i] tanh(x_j^h - x_i^h)
"""
import json
import math
import pathlib
import random

from plain import D, asked, features, layer, made, place, stored

LAYERS = ("layer.", "layer2.")
PAIRS = {"NONE": (), "MATCH": (0, 1), "DIFFERENCES": (0, 1, 2, 3)}  # channels: item, category, price, year
MARGIN = 1e-3  # engines of float32 decide alike where nothing is closer

DEFAULT = dict(query="GATED", token="CONTEXT_AWARE", dynamic=True, pairs="MATCH", layers=1, maxSteps=2, threshold=1.2,
               tau0=0.3, alpha=1.5)
CASES = {
    "default": {},
    "no pairs": dict(pairs="NONE"),
    "two layers, differences, three tokens": dict(layers=2, pairs="DIFFERENCES", maxSteps=3, threshold=1.7),
    "differences, three tokens": dict(pairs="DIFFERENCES", maxSteps=3, threshold=1.7),
    "one temperature": dict(dynamic=False, threshold=1.5),
    "plain": dict(token="PLAIN", threshold=1.5),
    "plain, one temperature, no pairs": dict(token="PLAIN", dynamic=False, pairs="NONE"),
    "zero": dict(token="ZERO", threshold=-1.0),
    "mean": dict(token="MEAN", layers=2, threshold=1.3),
    "no reasoning": dict(token="NONE", pairs="DIFFERENCES"),
    "replace": dict(query="REPLACE", threshold=1.6),
    "residual": dict(query="RESIDUAL"),
    "residual, plain": dict(query="RESIDUAL", token="PLAIN", pairs="NONE"),
}


def softmax(scores, temperature):
    """Eq. 13 at the base temperature, eq. 12 at the recommending one; scores: of the remaining candidates."""
    most = max(scores.values())
    shares = {j: math.exp((score - most) / temperature) for j, score in scores.items()}
    return {j: share / sum(shares.values()) for j, share in shares.items()}


def entropy(shares):
    """Eq. 14."""
    return -sum(share * math.log(share) for share in shares.values() if share > 0)


def output(w, layers, sequence):
    """Eq. 11: the decoder's output at the last of [(token, place)]."""
    x = [w.linear("inp", token + place(at)) for token, at in sequence]
    for name in LAYERS[:layers]:
        keys, values = ([w.linear(name + part, row) for row in x] for part in "kv")
        x = [layer(w, name, row, keys[:t + 1], values[:t + 1]) for t, row in enumerate(x)]  # none looks ahead
    return x[-1]


def pairs(w, channels, request, order, j):
    total = 0.0
    for i, other in enumerate(order):
        distance = min(10, len(order) - i)
        for c in channels:
            weight = 5 * w.at("pair.u", c, distance - 1)
            if c < 2:
                mine, its = request["items"][j][c], request["items"][other][c]
                total += weight if mine == its and mine != 0 else 0.0
            else:
                total += weight * math.tanh(request["values"][j][c - 2] - request["values"][other][c - 2])
    return total


def scores(w, case, request, z, order, query):
    """Of the remaining candidates (eq. 12), before any temperature."""
    return {j: sum(q * v for q, v in zip(query, z[j])) / math.sqrt(D) + pairs(w, PAIRS[case["pairs"]], request, order, j)
            for j in range(len(z)) if j not in order}


def token(case, z, query, logits):
    """Section 4.3.1, and the controls."""
    if case["token"] == "PLAIN":
        return query
    if case["token"] == "ZERO":
        return [0.0] * D
    if case["token"] == "MEAN":
        return [sum(z[j][i] for j in logits) / len(logits) for i in range(D)]
    shares = softmax(logits, case["tau0"] * (case["alpha"] if case["dynamic"] else 1))  # section 4.3.2
    mixture = [sum(share * z[j][i] for j, share in shares.items()) for i in range(D)]
    return [q + m for q, m in zip(query, mixture)] if case["query"] == "GATED" else mixture


def updated(w, case, query, e):
    if case["query"] == "GATED":
        return [q + w.at("reasoning.gain", i) * v for i, (q, v) in enumerate(zip(query, e))]
    return e if case["query"] == "REPLACE" else [(q + v) / math.sqrt(2) for q, v in zip(query, e)]


def clear(difference, what):
    if abs(difference) < MARGIN:
        raise ValueError(f"{what} is borderline: {difference}. Take other numbers")


def decode(w, case, request, length, forced=None):
    """Writes the most probable list, or takes the items of a forced one."""
    gated, budget = case["query"] == "GATED", 0 if case["token"] == "NONE" else case["maxSteps"]
    z = [features(w, request, j) for j in range(len(request["items"]))]
    sequence = [([sum(v) for v in zip(*z)], 0)]  # eq. 10
    order, entropies, logs = [], [], []
    for k in range(length):
        seen = list(sequence)
        query = output(w, case["layers"], seen)
        measured = []
        while True:
            logits = scores(w, case, request, z, order, query)
            measured.append(entropy(softmax(logits, case["tau0"])))
            if len(measured) > budget:
                break
            clear(measured[-1] - case["threshold"], f"entropy at position {k}")
            if measured[-1] <= case["threshold"]:
                break
            seen.append((token(case, z, query, logits), k if gated else len(seen)))
            query = updated(w, case, query, output(w, case["layers"], seen))
        shares = softmax(logits, case["tau0"] / (case["alpha"] if case["dynamic"] else 1))  # eq. 12, section 4.3.2
        item = max(shares, key=shares.get) if forced is None else forced[k]
        if forced is None and len(shares) > 1:
            clear(math.log(shares[item]) - math.log(max(p for j, p in shares.items() if j != item)), f"choice {k}")
        order.append(item)
        entropies.append(measured)
        logs.append(math.log(shares[item]))
        sequence = sequence if gated else seen
        sequence.append((z[item], len(sequence)))
    return dict(order=order, entropies=entropies, choices=logs)


def fixture():
    rng = random.Random(20260114)
    own = {"pair.u": (4, 10), "reasoning.gain": (D,)}
    scale = {"features.fc2.weight": 0.2, "features.fc2.bias": 0.2, "inp.weight": 0.3, "pair.u": 0.06}
    weights = made(rng, own, {}, LAYERS, scale)
    exact = weights.exact()
    requests = [dict(asked(rng, pool), length=length) for pool, length in ((8, 5), (14, 13), (4, 4))]
    for request in requests:
        request["forced"] = rng.sample(range(len(request["items"])), request["length"])
    cases = []
    for name, changes in CASES.items():
        case = DEFAULT | changes
        lists = [dict(greedy=decode(exact, case, request, request["length"]),
                      forced=decode(exact, case, request, request["length"], request["forced"])) for request in requests]
        cases.append(dict(name=name, **case, lists=lists))
        print(f"{name}: tokens", [[len(e) - 1 for e in one["greedy"]["entropies"]] for one in lists])
    path = pathlib.Path(__file__).parent / "../resources/org/eglr/generator.json"
    out = dict(weights=stored(weights), requests=requests, cases=cases)
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
    print(path.resolve().name, path.stat().st_size, "bytes")


if __name__ == "__main__":
    fixture()
