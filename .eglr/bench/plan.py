"""What the benchmark measures and how long."""

from dataclasses import dataclass

REQUESTS = 256
SIZES = ((10, 10, 0), (10, 10, 2), (30, 10, 2), (100, 20, 2))  # N candidates, K items, M reasoning tokens an item
CHECKED = 16  # requests whose lists must agree before anything is timed


@dataclass(frozen=True)
class Work:
    what: str
    command: str
    one: bool = False  # a single request: more repeats, a 99th percentile


@dataclass(frozen=True)
class Budget:
    """rounds: turns of each side; turn_s, warm_s: seconds of a turn and of a warm-up, at least one repeat."""

    rounds: int
    turn_s: float
    warm_s: float
    ours_one: int  # least number of single requests in all
    peer_one: int
    steps: tuple  # training steps after which memory is compared


FULL = Budget(rounds=5, turn_s=0.8, warm_s=4.0, ours_one=2100, peer_one=210, steps=(200, 2000))
QUICK = Budget(rounds=2, turn_s=0.1, warm_s=0.3, ours_one=40, peer_one=4, steps=(20, 60))

ONE = Work("rerank one request", "rerank-one", one=True)
API = Work("rerank one request, with scores and trace", "api-one", one=True)
BULK = Work(f"rerank {REQUESTS} requests", "rerank-many")
GRPO = Work("GRPO step, 32 requests x 8 lists", "grpo-step")
EVALUATOR = Work(f"evaluator step, {REQUESTS} lists", "evaluator-step")
WORKS = (ONE, BULK, GRPO, EVALUATOR)

DECODE = Work("decode one list", "decode-one", one=True)
DECODE_UNCACHED = Work("decode one list, KV cache off", "decode-one-uncached", one=True)
CURVE_REQUESTS = 16
THREADS_SIZE = (30, 10, 2)


@dataclass(frozen=True)
class Curve:
    """Sizes that differ in one number only; none is one of SIZES, so that no line of the JSON file stands twice."""

    axis: str  # "K", "N" or "M"
    works: tuple
    sizes: tuple


CURVES = (
    Curve("K", (DECODE, DECODE_UNCACHED), tuple((50, k, 2) for k in (5, 10, 20, 30, 40, 50))),
    Curve("M", (DECODE, DECODE_UNCACHED), tuple((30, 10, m) for m in (0, 1, 2, 3, 4))),
    Curve("N", (ONE,), tuple((n, 10, 2) for n in (20, 50, 200, 500, 1000))),
)
