"""The re-rankers in plain PyTorch, as one would write them: the other side of ./eglr bench --rerankers.

    python peer_rerankers.py NAME THREADS      times a training step and a batch of lists, as one line of JSON

Same shapes and default settings as ours on the simulator's ad-like lists: batches of 64 requests, pools of 10, lists of
10, three embedded ids and two numbers of an item, the user's two ids. Stages that learn from an evaluator draw their
lists, are given random rewards in its place, and learn: what the evaluator costs is on neither side's account, as it is
the same evaluator.
"""

import json
import math
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional

BATCH, POOL, SLOTS = 64, 10, 10
TABLES, EMBEDDING, NUMBERS = (401, 21, 41, 1001, 11), 16, 3
MASKED = 1e9


class Features(nn.Module):
    def __init__(self):
        super().__init__()
        self.tables = nn.ModuleList(nn.Embedding(rows, EMBEDDING) for rows in TABLES)
        self.width = EMBEDDING * len(TABLES) + NUMBERS

    def forward(self, ids, numbers):
        return torch.cat([table(ids[..., f]) for f, table in enumerate(self.tables)] + [numbers], -1)


class Block(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.norms = nn.ModuleList((nn.LayerNorm(width), nn.LayerNorm(width)))
        self.inner = nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, width))

    def forward(self, x, keys=None):
        keys = x if keys is None else keys
        x = self.norms[0](x + self.attention(x, keys, keys, need_weights=False)[0])
        return self.norms[1](x + self.inner(x))


class Pointer(nn.Module):
    def __init__(self, width, query):
        super().__init__()
        self.candidates = nn.Linear(width, width, bias=False)
        self.query = nn.Linear(query, width)
        self.v = nn.Linear(width, 1, bias=False)

    def forward(self, seen, query):
        return self.v(torch.tanh(seen + self.query(query).unsqueeze(1))).squeeze(-1)


class Dlcm(nn.Module):
    def __init__(self, f, width=64, views=4):
        super().__init__()
        self.gru = nn.GRU(f, width, batch_first=True)
        self.context, self.score, self.views = nn.Linear(width, width * views), nn.Linear(views, 1, bias=False), views

    def forward(self, x):
        outputs, last = self.gru(x.flip(1))
        local = torch.tanh(self.context(last[0])).view(len(x), -1, self.views)
        return self.score(outputs.flip(1) @ local).squeeze(-1)


class Prm(nn.Module):
    def __init__(self, f, width=64):
        super().__init__()
        self.input, self.position = nn.Linear(f, width), nn.Embedding(50, width)
        self.block, self.score = Block(width, 1, 128), nn.Linear(width, 1)

    def forward(self, x):
        return self.score(self.block(self.input(x) + self.position.weight[: x.shape[1]])).squeeze(-1)


class SetRank(nn.Module):
    def __init__(self, f, width=64):
        super().__init__()
        self.input, self.score = nn.Linear(f, width), nn.Linear(width, 1)
        self.blocks = nn.Sequential(Block(width, 8, 64), Block(width, 8, 64))

    def forward(self, x):
        return self.score(self.blocks(self.input(x))).squeeze(-1)


class LstmPointer(nn.Module):
    def __init__(self, f, ordered, width=64):
        super().__init__()
        self.ordered, self.width = ordered, width
        self.encoder = (
            nn.LSTM(f, width, batch_first=True)
            if ordered
            else nn.Sequential(nn.Linear(f, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU())
        )
        self.decoder, self.pointer = nn.LSTMCell(f, width), Pointer(width, width)
        self.go = nn.Parameter(torch.zeros(f))

    def start(self, x):
        if self.ordered:
            encoded, (h, c) = self.encoder(x)
            state = self.decoder(self.go.expand(len(x), -1), (h[0], c[0]))
        else:
            encoded = self.encoder(x)
            state = self.decoder(torch.zeros_like(x[:, 0]))
        self.seen = self.pointer.candidates(encoded)
        return state

    def logits(self, state):
        return self.pointer(self.seen, state[0])

    def advance(self, state, x, chosen):
        return self.decoder(picked(x, chosen), state)


class DeepSetPointer(nn.Module):
    def __init__(self, f, width=64, memory=32):
        super().__init__()
        self.width = width
        self.encoder, self.position = nn.Linear(f, width), nn.Embedding(50, width)
        self.set, self.input = nn.Linear(width, memory), nn.Linear(f + 2 * width, memory)
        self.decoder, self.query = nn.GRUCell(memory, memory), nn.Linear(memory, width)
        self.pointers = nn.ModuleList((Pointer(width, width), Pointer(width, width)))

    def start(self, x):
        self.encoded = functional.relu(self.encoder(x) + self.position.weight[: x.shape[1]])
        self.seen = [p.candidates(self.encoded) for p in self.pointers]
        h = functional.relu(self.set(self.encoded.sum(1)))
        read = x.new_zeros(len(x), 2 * self.width)
        return self.read(h, read, torch.zeros_like(x[:, 0]))

    def read(self, h, read, vector):
        h = self.decoder(self.input(torch.cat((vector, read), -1)), h)
        query = functional.relu(self.query(h))
        scores = [p(seen, query) for p, seen in zip(self.pointers, self.seen)]
        read = torch.cat([(s.softmax(-1).unsqueeze(1) @ self.encoded).squeeze(1) for s in scores], -1)
        return h, read, (scores[0] + scores[1]) / 2

    def logits(self, state):
        return state[2]

    def advance(self, state, x, chosen):
        return self.read(state[0], state[1], picked(x, chosen))


class LatentDecoder(nn.Module):
    """reasoning: rearec, latentr3 or stream-rec."""

    def __init__(self, f, reasoning, width=64, heads=2):
        super().__init__()
        self.reasoning, self.width = reasoning, width
        self.vectors = nn.Sequential(nn.Linear(f, width), nn.ReLU(), nn.Linear(width, width))
        self.block, self.query = Block(width, heads, 2 * width), nn.Linear(width, width)
        self.steps, self.norm = nn.Parameter(torch.randn(2, width) / 10), nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, 1, batch_first=True)
        self.think, self.codebook = nn.Linear(width, width), nn.Parameter(torch.randn(32, width) / 2)
        angles = torch.arange(64)[:, None] / 10000 ** (torch.arange(width)[None] // 2 * 2 / width)
        self.register_buffer("places", torch.where(torch.arange(width) % 2 == 0, angles.sin(), angles.cos()))

    def add(self, tokens, token):
        return tokens + [token + self.places[len(tokens)]]

    def output(self, tokens):
        every = torch.stack(tokens, 1)
        return self.block(every[:, -1:], every).squeeze(1)

    def start(self, x):
        self.z = self.vectors(x)
        tokens = self.add([], self.z.mean(1))
        for t in range({"rearec": 2, "latentr3": 1, "stream-rec": 3}[self.reasoning]):
            output = self.output(tokens)
            if self.reasoning == "rearec":
                token = self.norm(output + self.steps[t])
            elif self.reasoning == "latentr3":
                token = self.attention(output.unsqueeze(1), self.z, self.z, need_weights=False)[0].squeeze(1)
            else:
                code = (self.think(output) @ self.codebook.T).argmax(-1)
                token = self.codebook[code]
            tokens = self.add(tokens, token)
        return tokens

    def logits(self, tokens):
        query = self.query(self.output(tokens))
        return (self.z @ query.unsqueeze(-1)).squeeze(-1) / math.sqrt(self.width)

    def advance(self, tokens, x, chosen):
        return self.add(tokens, picked(self.z, chosen))


def picked(x, chosen):
    return x[torch.arange(len(x)), chosen]


def write(model, x, draws, given=None):
    """Orders and the log-probabilities of their choices: [B, K]."""
    state, open_, orders, logs = model.start(x), x.new_zeros(x.shape[:2]), [], []
    for k in range(SLOTS):
        log = (model.logits(state) + open_).log_softmax(-1)
        if given is not None:
            chosen = given[:, k]
        elif draws:
            chosen = torch.multinomial(log.exp(), 1).squeeze(1)
        else:
            chosen = log.argmax(-1)
        orders.append(chosen)
        logs.append(log.gather(1, chosen.unsqueeze(1)).squeeze(1))
        if k + 1 < SLOTS:
            open_ = open_.scatter(1, chosen.unsqueeze(1), -MASKED)
            state = model.advance(state, x, chosen)
    return torch.stack(orders, 1), torch.stack(logs, 1)


def supervised_scores(model, x, clicks):
    return -(clicks * model(x).log_softmax(-1)).sum(-1).mean()


def supervised_lists(model, x, clicks):
    order = clicks.argsort(dim=1, descending=True, stable=True)
    return -write(model, x, False, order)[1].sum(-1).mean()


def reinforced(model, x, samples):
    x = x.repeat_interleave(samples, 0)
    with torch.no_grad():
        order, before = write(model, x, True)
    log = write(model, x, False, order)[1]
    weights = torch.randn_like(log)
    ratio = (log - before).exp()
    return -torch.minimum(ratio * weights, ratio.clamp(0.9, 1.1) * weights).sum(-1).mean()


def adapted(model, x):
    """LAST: a list, the gradient of what it earned by the candidates' vectors, and a list after each of four steps along it."""
    x = x.detach().requires_grad_()
    order = write(model, x, False)[0]
    with torch.enable_grad():
        log = write(model, x, False, order)[1]
        along = torch.autograd.grad((log * torch.randn_like(log)).sum(), x)[0]
    along = 0.01 * along * x.norm() / along.norm().clamp_min(1e-12)
    for step in (6, 7, 8, 9):
        write(model, (x + step * along).detach(), False)


MODELS = {
    "dlcm": (Dlcm, supervised_scores),
    "prm": (Prm, supervised_scores),
    "setrank": (SetRank, supervised_scores),
    "seq2slate": (lambda f: LstmPointer(f, True), lambda m, x, y: reinforced(m, x, 1)),  # it learns from what it draws
    "eg-rerank": (lambda f: LstmPointer(f, False), lambda m, x, y: reinforced(m, x, 5)),
    "cmr": (DeepSetPointer, lambda m, x, y: reinforced(m, x, 1)),
    "last": (DeepSetPointer, lambda m, x, y: reinforced(m, x, 1)),  # it learns as CMR does
    "rearec": (lambda f: LatentDecoder(f, "rearec"), supervised_lists),
    "stream-rec": (lambda f: LatentDecoder(f, "stream-rec"), lambda m, x, y: reinforced(m, x, 8)),
    "latentr3": (lambda f: LatentDecoder(f, "latentr3"), lambda m, x, y: reinforced(m, x, 8)),
}


def main(name: str, threads: int) -> None:
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    features = Features()
    make, loss = MODELS[name]
    model = make(features.width)
    adam = torch.optim.Adam([*features.parameters(), *model.parameters()], 1e-3)

    def batch():
        ids = torch.stack([torch.randint(rows, (BATCH, POOL)) for rows in TABLES], -1)
        return ids, torch.randn(BATCH, POOL, NUMBERS), (torch.rand(BATCH, POOL) < 0.15).float()

    def step():
        ids, numbers, clicks = batch()
        adam.zero_grad()
        loss(model, features(ids, numbers), clicks).backward()
        adam.step()

    def lists():
        ids, numbers, _ = batch()
        with torch.no_grad():
            x = features(ids, numbers)
            if name == "last":
                adapted(model, x)
            elif hasattr(model, "start"):
                write(model, x, False)
            else:
                model(x).argsort(descending=True)

    print(json.dumps({"step_ns": timed(step), "lists_ns": timed(lists), "lists": BATCH}))


def timed(work, least=1.5) -> int:
    """The median of at least ten times, in nanoseconds."""
    for _ in range(5):
        work()
    times, start = [], time.perf_counter()
    while time.perf_counter() - start < least or len(times) < 10:
        begin = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - begin)
    return int(statistics.median(times))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
