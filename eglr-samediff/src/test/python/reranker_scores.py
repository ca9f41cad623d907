"""The re-rankers' published equations in plain loops of doubles: an oracle that shares nothing with the graphs.

    python3 reranker_scores.py        writes ../resources/org/eglr/rerankers.json

Needs Python alone. For each model: its weights by name, two requests, and what it makes of them: the scores of every
candidate, or the greedy list with the shares of all candidates at each step; and the loss of a stage for given lists.
Sources: DLCM (Ai et al., 2018), PRM (Pei et al., 2019), SetRank (Pang et al., 2020), Seq2Slate (Bello et al., 2019),
EG-Rerank (Huzhang et al., 2021), CMR (Chen et al., 2023), ReaRec (2503.22675), STREAM-Rec (2504.09627), LatentR3
(2505.19092); what was adapted stands in the classes of org.eglr.rerank.
"""
import json
import math
import pathlib
import random

PLACES = 3  # of the initial order that have a vector of their own
FAR = -1e30


# ---- vectors

def add(*vectors):
    return [sum(values) for values in zip(*vectors)]


def scale(x, factor):
    return [v * factor for v in x]


def dot(x, y):
    return sum(a * b for a, b in zip(x, y))


def tanh(x):
    return [math.tanh(v) for v in x]


def relu(x):
    return [max(0.0, v) for v in x]


def sigmoid(x):
    return [1 / (1 + math.exp(-v)) for v in x]


def softmax(x):
    top = max(x)
    shares = [math.exp(v - top) for v in x]
    return scale(shares, 1 / sum(shares))


def log_softmax(x):
    top = max(x)
    return [v - top - math.log(sum(math.exp(u - top) for u in x)) for v in x]


def mixture(shares, rows):
    return add(*(scale(row, share) for share, row in zip(shares, rows)))


def best(x):
    return max(range(len(x)), key=lambda i: (x[i], -i))


# ---- layers, each as its paper has it

class Layers:
    """Weights are drawn when a layer is first used; [out, in] as everywhere."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.weights = {}

    def parameter(self, name, *shape):
        if name not in self.weights:
            count = math.prod(shape)
            values = [round(self.random.gauss(0, 0.6) * 1024) / 1024 for _ in range(count)]
            self.weights[name] = (list(shape), values)
        known, values = self.weights[name]
        assert known == list(shape), (name, known, shape)
        if len(shape) == 1:
            return values
        return [values[row * shape[1]:(row + 1) * shape[1]] for row in range(shape[0])]

    def product(self, name, x, out):
        return [dot(row, x) for row in self.parameter(name + ".weight", out, len(x))]

    def dense(self, name, x, out):
        return add(self.product(name, x, out), self.parameter(name + ".bias", out))

    def norm(self, name, x):
        mean = sum(x) / len(x)
        variance = sum((v - mean) ** 2 for v in x) / len(x)
        unit = [(v - mean) / math.sqrt(variance + 1e-5) for v in x]
        gain = self.parameter(name + ".weight", len(x))
        return add([u * g for u, g in zip(unit, gain)], self.parameter(name + ".bias", len(x)))

    def gru(self, name, x, h):
        n = len(h)
        a, b = self.dense(name + ".x", x, 3 * n), self.dense(name + ".h", h, 3 * n)
        r, z = sigmoid(add(a[:n], b[:n])), sigmoid(add(a[n:2 * n], b[n:2 * n]))
        new = tanh(add(a[2 * n:], [u * v for u, v in zip(r, b[2 * n:])]))
        return [(1 - zi) * ni + zi * hi for zi, ni, hi in zip(z, new, h)]

    def lstm(self, name, x, state):
        h, cell = state
        n = len(h)
        every = add(self.dense(name + ".x", x, 4 * n), self.dense(name + ".h", h, 4 * n))
        i, f, o = sigmoid(every[:n]), sigmoid(every[n:2 * n]), sigmoid(every[2 * n:3 * n])
        g = tanh(every[3 * n:])
        cell = [fi * ci + ii * gi for fi, ci, ii, gi in zip(f, cell, i, g)]
        return [oi * math.tanh(ci) for oi, ci in zip(o, cell)], cell

    def attention(self, name, queries, keys, heads):
        width = len(queries[0])
        size = width // heads
        q = [self.dense(name + ".q", row, width) for row in queries]
        k = [self.dense(name + ".k", row, width) for row in keys]
        v = [self.dense(name + ".v", row, width) for row in keys]
        out = []
        for row in q:
            mixed = []
            for h in range(heads):
                part = slice(h * size, (h + 1) * size)
                shares = softmax([dot(row[part], other[part]) / math.sqrt(size) for other in k])
                mixed += mixture(shares, [other[part] for other in v])
            out.append(self.dense(name + ".o", mixed, width))
        return out

    def block(self, name, x, keys, heads, hidden):
        out = []
        for row, seen in zip(x, self.attention(name, x, keys, heads)):
            row = self.norm(name + ".ln1", add(row, seen))
            inner = relu(self.dense(name + ".fc1", row, hidden))
            out.append(self.norm(name + ".ln2", add(row, self.dense(name + ".fc2", inner, len(row)))))
        return out

    def pointer(self, name, candidates, query, width):
        asked = self.dense(name + ".query", query, width)
        return [self.product(name + ".v", tanh(add(self.product(name + ".candidates", e, width), asked)), 1)[0]
                for e in candidates]

    def place(self, n, width):
        return self.parameter("position.weight", PLACES, width)[min(n, PLACES - 1)]


# ---- models that score: x is a row of features a candidate

def dlcm(w, x, width=3, views=2):
    h, outputs = [0.0] * width, [None] * len(x)
    for n in reversed(range(len(x))):
        h = outputs[n] = w.gru("gru", x[n], h)
    local = tanh(w.dense("context", h, width * views))
    return [w.product("score", [sum(o[i] * local[i * views + v] for i in range(width)) for v in range(views)], 1)[0]
            for o in outputs]


def prm(w, x, width=4, heads=2, blocks=2, hidden=3):
    rows = [add(w.dense("input", row, width), w.place(n, width)) for n, row in enumerate(x)]
    for b in range(blocks):
        rows = w.block(f"block.{b}", rows, rows, heads, hidden)
    return [w.dense("score", row, 1)[0] for row in rows]


def setrank(w, x, induced, width=4, heads=2, blocks=2, hidden=3):
    rows = [w.dense("input", row, width) for row in x]
    for b in range(blocks):
        name = f"block.{b}"
        if induced == 0:
            rows = w.block(name, rows, rows, heads, hidden)
        else:
            points = w.block(name + ".in", w.parameter(name + ".points", induced, width), rows, heads, hidden)
            rows = w.block(name + ".out", rows, points, heads, hidden)
    return [w.dense("score", row, 1)[0] for row in rows]


# ---- models that write: start() gives a state, logits(state), advance(state, candidate)

class Seq2Slate:
    def __init__(self, w, x, width=3):
        self.w, self.x, self.width = w, x, width

    def start(self):
        state, self.encoded = ([0.0] * self.width, [0.0] * self.width), []
        for row in self.x:
            state = self.w.lstm("encoder", row, state)
            self.encoded.append(state[0])
        return self.read(state, self.w.parameter("go", len(self.x[0])))

    def read(self, state, vector):
        return self.w.lstm("decoder", vector, state)

    def advance(self, state, i):
        return self.read(state, self.x[i])

    def logits(self, state):
        return self.w.pointer("pointer", self.encoded, state[0], self.width)


class EgRerank(Seq2Slate):
    def start(self):
        self.encoded = []
        for row in self.x:
            for layer in (1, 2):
                row = relu(self.w.dense(f"encoder.{layer}", row, self.width))
            self.encoded.append(row)
        return self.read(([0.0] * self.width, [0.0] * self.width), [0.0] * len(self.x[0]))


def click_logits(w, items, width=3):
    """EG-Rerank's own evaluator: what a list's items, read in their order, say of each one's click."""
    h, logits = [0.0] * width, []
    for row in items:
        h = w.gru("evaluator.gru", row, h)
        hidden = row + h
        for layer in (1, 2):
            hidden = relu(w.dense(f"evaluator.hidden.{layer}", hidden, width))
        logits += w.dense("evaluator.click", hidden, 1)
    return logits


def click_loss(logits, clicks):
    return sum(math.log1p(math.exp(s)) - y * s for s, y in zip(logits, clicks)) / len(logits)


class Cmr:
    """dial: None without a hypernetwork; else w, and weights are made of [w, 1 - w]."""

    def __init__(self, w, x, dial=None, width=3, memory=2):
        self.w, self.x, self.dial, self.width, self.memory = w, x, dial, width, memory

    def layer(self, name, x, out):
        if self.dial is None:
            return self.w.dense(name, x, out)
        both = [self.w.dense(name + "." + objective, x, out) for objective in ("clicks", "diversity")]
        return mixture([self.dial, 1 - self.dial], both)

    def start(self):
        self.encoded = [relu(add(self.layer("encoder", row, self.width), self.w.place(n, self.width)))
                        for n, row in enumerate(self.x)]
        first = relu(self.layer("set", add(*self.encoded), self.memory))
        return self.read((first, [0.0] * (2 * self.width), None), [0.0] * len(self.x[0]))

    def read(self, state, vector):
        h, seen, _ = state
        h = self.w.gru("decoder", self.w.dense("input", vector + seen, self.memory), h)
        query = relu(self.layer("query", h, self.width))
        scores = [self.w.pointer(f"pointer.{p}", self.encoded, query, self.width) for p in (1, 2)]
        seen = sum((mixture(softmax(s), self.encoded) for s in scores), [])
        return h, seen, scale(add(*scores), 0.5)

    def advance(self, state, i):
        return self.read(state, self.x[i])

    def logits(self, state):
        return state[2]


class LatentDecoder:
    """Tokens one after another; the last looks at all of them."""

    def __init__(self, w, x, width=4, heads=2):
        self.w, self.x, self.width, self.heads = w, x, width, heads
        self.vectors = [w.dense("vectors.2", relu(w.dense("vectors.1", row, width)), width) for row in x]

    def begin(self):
        return self.read([], scale(add(*self.vectors), 1 / len(self.x)))

    def read(self, tokens, token):
        at = len(tokens)
        angles = [at / 10000 ** ((i - i % 2) / self.width) for i in range(self.width)]
        return tokens + [add(token, [math.cos(a) if i % 2 else math.sin(a) for i, a in enumerate(angles)])]

    def output(self, tokens):
        return self.w.block("decoder", [tokens[-1]], tokens, self.heads, 2 * self.width)[0]

    def matched(self, output):
        query = self.w.dense("query", output, self.width)
        return [dot(z, query) / math.sqrt(self.width) for z in self.vectors]

    def advance(self, tokens, i):
        return self.read(tokens, self.vectors[i])

    def logits(self, tokens):
        return self.matched(self.output(tokens))


class ReaRec(LatentDecoder):
    STEPS, TAU, HEAT = 2, 0.8, 1.5

    def start(self):
        tokens = self.begin()
        self.outputs = [self.output(tokens)]
        for k in range(self.STEPS):
            token = self.w.norm("read", add(self.outputs[-1], self.w.parameter(f"step.{k}", self.width)))
            tokens = self.read(tokens, token)
            self.outputs.append(self.output(tokens))
        return tokens

    def logits(self, tokens):
        return scale(super().logits(tokens), 1 / self.TAU)


class LatentR3(LatentDecoder):
    TOKENS = 2

    def start(self):
        tokens = self.begin()
        for _ in range(self.TOKENS):
            tokens = self.read(tokens, self.w.attention("reason", [self.output(tokens)], self.vectors, 1)[0])
        return tokens


class StreamRec(LatentDecoder):
    THOUGHTS, CODES = 2, 3

    def think(self, tokens):
        query = self.w.dense("think", self.output(tokens), self.width)
        book = self.w.parameter("codebook", self.CODES, self.width)
        return log_softmax([dot(query, code) / math.sqrt(self.width) for code in book])

    def start(self, notes=None):
        tokens, self.written = self.begin(), 0.0
        for t in range(self.THOUGHTS):
            log = self.think(tokens)
            code = best(log) if notes is None else notes[t]
            self.written += log[code]
            tokens = self.read(tokens, self.w.parameter("codebook", self.CODES, self.width)[code])
        return tokens

    def notes(self, clicks):
        clicked = [z for z, c in zip(self.vectors, clicks) if c]
        rest, notes = scale(add(*clicked), 1 / len(clicked)), []
        for _ in range(self.THOUGHTS):
            book = self.w.parameter("codebook", self.CODES, self.width)
            code = min(range(self.CODES), key=lambda c: sum((r - v) ** 2 for r, v in zip(rest, book[c])))
            notes.append(code)
            rest = add(rest, scale(book[code], -1))
        return notes, sum(r * r for r in rest) / self.width


# ---- losses of a list

def listwise(scores, clicks, shown):
    log = log_softmax(scores[:shown])
    return -sum(log[i] for i in range(shown) if clicks[i])


def attention_loss(scores, clicks, shown):
    count = sum(clicks)
    if count == 0:
        return 0.0
    b = softmax(scores[:shown])
    a = [c / count for c in clicks[:shown]]
    return -sum(ai * math.log(bi) + (1 - ai) * math.log(1 - bi) for ai, bi in zip(a, b))


def walk(model, order, length, state, open_to):
    """Logits over what remains at each step, FAR where taken."""
    taken, steps = set(), []
    for k in range(length):
        logits = model.logits(state)
        steps.append([v if i not in taken and i < open_to else FAR for i, v in enumerate(logits)])
        taken.add(order[k])
        state = model.advance(state, order[k])
    return steps


def imitation(steps, order):
    return -sum(log_softmax(logits)[i] for logits, i in zip(steps, order))


def step_losses(steps, order, clicks, hinge):
    loss, taken = 0.0, set()
    for k, logits in enumerate(steps):
        left = [i for i, v in enumerate(logits) if v != FAR]
        clicked, others = [i for i in left if clicks[i]], [i for i in left if not clicks[i]]
        weight = 1 / math.log2(k + 2)
        if hinge and clicked and others:
            loss += weight * max(0.0, 1 - min(logits[i] for i in clicked) + max(logits[i] for i in others))
        if not hinge and clicked:
            log = log_softmax(logits)
            loss -= weight * sum(log[i] for i in clicked) / len(clicked)
        taken.add(order[k])
    return loss


def clipped(steps, order, weights, before, low, high):
    loss = 0.0
    for k, logits in enumerate(steps):
        ratio = math.exp(log_softmax(logits)[order[k]] - before[k])
        loss -= min(ratio * weights[k], min(max(ratio, 1 - low), 1 + high) * weights[k])
    return loss


def contrast(models, temperature=0.1):
    """Without noise a state is its own counterpart; the others are those of the other lists."""
    loss = [0.0] * len(models)
    for k in range(1, ReaRec.STEPS + 1):
        units = [scale(m.outputs[k], 1 / math.sqrt(dot(m.outputs[k], m.outputs[k]))) for m in models]
        for l, unit in enumerate(units):
            loss[l] -= log_softmax([dot(unit, other) / temperature for other in units])[l]
    return loss


# ---- cases

def greedy(model, length):
    state, order, shares = model.start(), [], []
    for _ in range(length):
        logits = [FAR if i in order else v for i, v in enumerate(model.logits(state))]
        shares.append(softmax(logits))
        order.append(best(logits))
        state = model.advance(state, order[-1])
    return {"order": order, "shares": shares}


def made(name, w, request, dial):
    x, length = request["x"], request["length"]
    if name == "dlcm":
        return {"scores": dlcm(w, x)}
    if name == "prm":
        return {"scores": prm(w, x)}
    if name in ("setrank", "setrank-induced"):
        return {"scores": setrank(w, x, 2 if "induced" in name else 0)}
    return greedy(model(name, w, request, dial), length)


def model(name, w, request, dial=None):
    x = request["x"]
    if name in ("cmr", "cmr-dial"):
        return Cmr(w, x, dial)
    return {"seq2slate": Seq2Slate, "seq2slate-hinge": Seq2Slate, "eg-rerank": EgRerank,
            "eg-rerank-own": EgRerank, "rearec": ReaRec, "stream-rec": StreamRec, "latentr3": LatentR3}[name](w, x)


def losses(name, w, requests, dial):
    """Stage by stage, the mean over the lists."""
    mean = lambda values: sum(values) / len(values)
    if name in ("dlcm", "setrank", "setrank-induced"):
        return [mean([attention_loss(made(name, w, r, dial)["scores"], r["clicks"], r["length"]) for r in requests])]
    if name == "prm":
        return [mean([listwise(prm(w, r["x"]), r["clicks"], r["length"]) for r in requests])]
    models = [model(name, w, r, dial) for r in requests]

    def steps(m, r, *start, logged=True):
        return walk(m, r["order"], r["length"], m.start(*start), r["length"] if logged else len(r["x"]))

    if name in ("seq2slate", "seq2slate-hinge"):
        return [mean([step_losses(steps(m, r), r["order"], r["clicks"], "hinge" in name)
                      for m, r in zip(models, requests)])]
    if name in ("eg-rerank", "eg-rerank-own"):
        each = []
        for m, r in zip(models, requests):
            walked = steps(m, r, logged=False)
            entropy = sum(-p * math.log(p) for logits in walked for p in softmax(logits) if p > 0)
            each.append(clipped(walked, r["order"], r["weights"], r["before"], 0.1, 0.1) - 0.1 * entropy)
        if name == "eg-rerank":
            return [mean(each)]
        shown = [(r["x"][:r["length"]], r["clicks"]) for r in requests]
        return [mean([click_loss(click_logits(w, x), clicks) for x, clicks in shown]), mean(each)]
    if name in ("cmr", "cmr-dial"):
        each = []
        for m, r in zip(models, requests):
            walked = steps(m, r, logged=False)
            each.append(-sum(log_softmax(l)[i] * a for l, i, a in zip(walked, r["order"], r["weights"])))
        return [mean(each)]
    if name == "rearec":
        each = [imitation(steps(m, r), r["order"]) for m, r in zip(models, requests)]
        for l, (m, r) in enumerate(zip(models, requests)):
            for k in range(ReaRec.STEPS):
                tau = ReaRec.TAU * ReaRec.HEAT ** (ReaRec.STEPS - k)
                each[l] += listwise(scale(m.matched(m.outputs[k]), 1 / tau), r["clicks"], r["length"])
        return [mean(add(each, scale(contrast(models), 0.5)))]
    if name == "latentr3":
        first = mean([imitation(steps(m, r), r["order"]) for m, r in zip(models, requests)])
        second = mean([clipped(steps(m, r, logged=False), r["order"], r["weights"], r["before"], 0.2, 0.28)
                       for m, r in zip(models, requests)])
        return [first, second]
    pretrained, annotated, reinforced = [], [], []
    for m, r in zip(models, requests):
        pretrained.append(imitation(walk(m, r["order"], r["length"], m.begin(), r["length"]), r["order"]))
        notes, rest = m.notes(r["clicks"])
        walked = steps(m, r, notes)
        annotated.append(imitation(walked, r["order"]) - m.written + 0.25 * rest)
    return [mean(pretrained), mean(annotated)]


NAMES = ("dlcm", "prm", "setrank", "setrank-induced", "seq2slate", "seq2slate-hinge", "eg-rerank", "cmr", "cmr-dial",
         "rearec", "stream-rec", "latentr3", "eg-rerank-own")
SEEDS = {"eg-rerank-own": 67}  # most of its evaluator's hidden values are above 0


def request(rng, pool, length):
    """Features: two numbers of the item, one of the user. Numbers that float32 has exactly."""
    number = lambda: round(rng.gauss(0, 1) * 256) / 256
    user = number()
    clicks = [int(i in (1, length - 1)) for i in range(pool)]
    order = list(range(length))
    rng.shuffle(order)
    return {"x": [[number(), number(), user] for _ in range(pool)], "length": length, "clicks": clicks, "order": order,
            "weights": [number() for _ in range(length)], "before": [-abs(number()) for _ in range(length)]}


def case(name, seed):
    rng, w = random.Random(seed), Layers(seed + 1)
    requests = [request(rng, 5, 3), request(rng, 4, 4)]
    dial = 0.375 if name == "cmr-dial" else None
    found = [made(name, w, r, dial) for r in requests]
    loss = losses(name, w, requests, dial)
    judged = [sigmoid(click_logits(w, [r["x"][i] for i in r["order"]])) for r in requests] if "own" in name else []
    weights = {key: {"shape": shape, "values": values} for key, (shape, values) in sorted(w.weights.items())}
    return {"model": name, "dial": dial, "weights": weights, "requests": requests, "made": found, "losses": loss,
            "judged": judged}


def main():
    target = pathlib.Path(__file__).parent.parent / "resources" / "org" / "eglr" / "rerankers.json"
    cases = [case(name, SEEDS.get(name, 11 + 2 * n)) for n, name in enumerate(NAMES)]
    target.write_text(json.dumps(cases, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
