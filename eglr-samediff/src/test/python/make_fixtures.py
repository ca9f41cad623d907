"""Writes ../resources/org/eglr/parity.json: numbers of the PyTorch reference (eglr_torch.py) that the tests compare with.

    python -m venv venv && venv/bin/pip install torch numpy
    venv/bin/python make_fixtures.py

Everything is computed in float64 from weights that are exact in float32. Requests are decoded one by one, so that a hook
on the decoder layer sees every token's output; the loss and its gradient are those of the whole batch.
"""
import json
import math
import pathlib

import torch
import torch.nn.functional as F

from eglr_torch import Config, Evaluator, Generator

ROUND = 15


def sinusoid(n, p):  # in float64, then rounded to float32 once: the same numbers in every language
    pos = torch.arange(n, dtype=torch.float64)[:, None]
    div = torch.exp(torch.arange(0, p, 2).double() * (-math.log(10000.0) / p))
    out = torch.zeros(n, p, dtype=torch.float64)
    out[:, 0::2], out[:, 1::2] = torch.sin(pos * div), torch.cos(pos * div)
    return out.float().double()


def nested(t):
    return json.loads(json.dumps(t.detach().tolist()), parse_float=lambda s: float(f"%.{ROUND}g" % float(s)))


def state(module):
    return {k: {"shape": list(v.shape), "data": nested(v.float().flatten())} for k, v in module.state_dict().items()}


def gradients(module):
    return {k: nested(v.grad.flatten()) for k, v in module.named_parameters() if v.grad is not None}


def exact(module, p):
    module.float().double()
    module.pe = sinusoid(64, p)
    return module


def one_list(gen, z, avail, M):
    """Greedy list of one request: outputs of every token, its scores, and what decode() returns."""
    outputs = []
    hook = gen.layer.register_forward_hook(lambda m, i, o: outputs.append(o[0, 0].detach()))
    items, logp, first, last, steps = gen.decode(z[None], avail=avail[None])
    hook.remove()
    scores, t = [], 0
    for k in range(gen.c.list_len):
        for m in range(int(steps[0, k]) + 1):
            e = outputs[t]
            t += 1
            query = (e + query) / math.sqrt(2) if m > 0 and gen.c.query == "residual" else e
            scores.append(nested(z @ query / math.sqrt(z.shape[1])))
    return dict(items=items[0].tolist(), logProbability=logp.item(), entropyBefore=nested(first[0]),
                entropyAfter=nested(last[0]), steps=steps[0].tolist(), scores=scores)


def case(name, ev, gen, c, B, N, seed, masked=False):
    torch.manual_seed(seed)
    user = torch.stack([torch.randint(v, (B,)) for v in c.user_vocab], 1)
    item = torch.stack([torch.randint(v, (B, N)) for v in c.item_vocab], 2)
    dense = torch.randn(B, N, c.item_dense).double().float().double()
    avail = torch.ones(B, N, dtype=torch.bool)
    if masked:
        for b in range(B):
            avail[b, N - 1 - b % 3:] = False
    gen.c = c
    z = gen.features(user, item, dense)
    lists = [one_list(gen, z[b], avail[b], c.max_reason) for b in range(B)]
    forced = torch.stack([torch.randperm(int(avail[b].sum()))[:c.list_len] for b in range(B)])
    coefficient = torch.randn(B).double().float().double()
    gen.zero_grad()
    _, logp, first, last, steps = gen.decode(gen.features(user, item, dense), forced=forced, avail=avail)
    loss = -(coefficient * logp).mean()
    loss.backward()
    assert int(steps.sum()) > 0 or c.max_reason == 0, name
    return dict(name=name, pool=N, length=c.list_len, maxSteps=c.max_reason, threshold=c.epsilon, tau0=c.tau0,
                alpha=c.alpha, query=c.query, user=user.tolist(), item=item.tolist(), dense=nested(dense),
                pools=avail.sum(1).tolist(), z=nested(z), greedy=lists, forced=forced.tolist(),
                forcedSteps=steps.tolist(), forcedLogProbability=nested(logp), forcedEntropyBefore=nested(first),
                forcedEntropyAfter=nested(last), coefficient=nested(coefficient), loss=loss.item(),
                gradients=gradients(gen))


def evaluator_case(ev, c, B, K, seed):
    torch.manual_seed(seed)
    user = torch.stack([torch.randint(v, (B,)) for v in c.user_vocab], 1)
    item = torch.stack([torch.randint(v, (B, K)) for v in c.item_vocab], 2)
    dense = torch.randn(B, K, c.item_dense).double().float().double()
    y = (torch.rand(B, K) < 0.4).double()
    u = y.sum(1)
    z = ev.features(user, item, dense)
    click, value = ev.encode(z)
    discount = torch.log2(torch.arange(2, K + 2).double())
    reward = (torch.sigmoid(click) / discount).sum(1)  # as reward(), whose discount is float32
    ev.zero_grad()
    pce = F.binary_cross_entropy_with_logits(click, y)
    loss = ev.loss(z, y, u)
    loss.backward()
    return dict(user=user.tolist(), item=item.tolist(), dense=nested(dense), clicks=y.int().tolist(), utility=nested(u),
                z=nested(z), click=nested(click), value=nested(value), reward=nested(reward), clickLoss=pce.item(),
                valueLoss=(loss - pce).item(), gradients=gradients(ev))


def main():
    torch.manual_seed(20260119)
    base = dict(user_vocab=(5, 3), item_vocab=(7, 4), item_dense=2, emb=3, d=8, p=4, heads=2, ffn=12, enc_layers=2,
                list_len=5)
    c = Config(**base)
    ev, gen = Evaluator(c), Generator(c)
    with torch.no_grad():
        for p in list(ev.parameters()) + list(gen.parameters()):  # away from ones and zeros, so that nothing cancels
            p.add_(0.1 * torch.randn_like(p))
    for p in gen.features.fc2.parameters():
        p.data.mul_(4)  # spread scores: entropies on both sides of the thresholds
    exact(ev, c.p), exact(gen, c.p)
    variants = [
        ("no reasoning", dict(max_reason=0), 5, False),
        ("replace", dict(max_reason=2, epsilon=0.9, query="replace", tau0=1.0, alpha=1.5), 5, False),
        ("residual", dict(max_reason=3, epsilon=0.8, query="residual", tau0=0.7, alpha=2.0), 5, False),
        ("always, larger pool", dict(max_reason=2, epsilon=-1.0, query="replace", tau0=1.3, alpha=1.2), 8, False),
        ("padded pools", dict(max_reason=2, epsilon=0.9, query="residual", tau0=1.0, alpha=1.5), 9, True),
    ]
    out = dict(
        config={k: base[k] for k in ("emb", "d", "p", "heads", "ffn", "enc_layers", "item_dense")}
        | dict(userVocabulary=base["user_vocab"], itemVocabulary=base["item_vocab"]),
        evaluator=state(ev), generator=state(gen), evaluatorCase=evaluator_case(ev, c, 4, 5, 1),
        cases=[case(n, ev, gen, Config(**base, **v), 4, N, 10 + i, m) for i, (n, v, N, m) in enumerate(variants)])
    path = pathlib.Path(__file__).parent / "../resources/org/eglr/parity.json"
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
    for k in out["cases"]:
        print(k["name"], "reasoning steps", [sum(s) for s in k["forcedSteps"]], [g["steps"] for g in k["greedy"]])
    print(path.resolve().name, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
