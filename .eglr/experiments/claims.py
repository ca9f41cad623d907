"""The paper's claims, and what the result files say of each: a verdict and the numbers that it rests on.

A rule looks at each condition by itself; it answers whether the claim holds there (None: it cannot tell), and the evidence.
"""

from dataclasses import dataclass
from typing import Callable

from experiments.results import LABELS, SCORE, TIME, TRUTH, TWO_SIDED_95, Result, percent

HOLDS, FAILS, DEPENDS, OPEN = "holds", "does not hold", "depends on the data", "not measured yet"
FULL, ALWAYS, RANDOM = "v3, gated (default)", "two tokens always", "random gate, equal tokens"
TOKENS = "reasoning tokens"
FEW = 0.5  # tokens a list: below that a tie says nothing about them
STEPS = ("v1: plain token", "v2: context-aware token", "v3: dynamic temperature")
ORACLES = ("greedy-oracle", "local-truth")
NOT_REASONING = "eglr without reasoning"
PICK, WITHOUT = "evaluator's pick", "evaluator's pick, without reasoning"
NATS, RELATIVE = "entropy, nats", "entropy, of log(remaining)"


@dataclass
class Claim:
    key: str
    table: str
    section: str  # of the paper; "control" for what it does not test
    text: str
    rule: Callable  # of a result and a condition


def judge(claim: Claim, results: dict) -> tuple:
    """The verdict over all conditions, and the evidence, a text for each condition."""
    if claim.table not in results:
        return OPEN, [f"`./eglr experiment {claim.table}`"]
    result = results[claim.table]
    answers, evidence = [], []
    for condition in result.conditions():
        answer, said = claim.rule(result, condition)
        if said:
            answers.append(answer)
            evidence.append(f"{condition}: {said}")
    known = [answer for answer in answers if answer is not None]
    if not known:
        return OPEN, evidence or [f"`./eglr experiment {claim.table}`"]
    verdict = HOLDS if all(known) else DEPENDS if any(known) else FAILS
    return verdict, evidence


def compared(rows: dict, wanted: str = "more") -> tuple:
    """Whether all rows, by name, have the wanted verdict; and each with its difference."""
    there = {name: row for name, row in rows.items() if row and row.get("verdict")}
    if not there:
        return None, ""
    said = ", ".join(f"{name} {percent(row)}" for name, row in there.items())
    return all(row["verdict"] == wanted for row in there.values()), said


def ablation(result: Result, condition: str) -> tuple:
    rows = {step: result.find(condition, step, result.quality(condition)) for step in STEPS}
    better, said = compared(rows)
    values = [row["value"] for row in rows.values() if row]
    return (None if better is None else better and values == sorted(values)), said


def with_tokens(rule: Callable, *systems: str) -> Callable:
    """The same rule; its evidence says how many tokens lists of these systems have."""

    def counted(result: Result, condition: str) -> tuple:
        answer, said = rule(result, condition)
        rows = [row for row in (result.find(condition, system, TOKENS) for system in systems) if row]
        counts = ", ".join(format(row["value"], ".2g") for row in rows)
        return answer, f"{said} (tokens a list: {counts})" if said and rows else said

    return counted


def against(system: str, *controls: str) -> Callable:
    def rule(result: Result, condition: str) -> tuple:
        metric = result.quality(condition)
        return compared({c: result.find(condition, system, metric, f"against {c}") for c in controls})

    return rule


def gate_against_random(result: Result, condition: str) -> tuple:
    better, said = against(FULL, RANDOM)(result, condition)
    few = result.find(condition, FULL, TOKENS).get("value", FEW) < FEW
    return (None if few else better), said


def default_against_none(result: Result, condition: str) -> tuple:
    return compared({"default": result.find(condition, FULL, result.quality(condition))})


def score_of_default(result: Result, condition: str) -> tuple:
    return compared({"evaluator's score": result.find(condition, FULL, SCORE)})


def always_against_none(result: Result, condition: str) -> tuple:
    return compared({ALWAYS: result.find(condition, ALWAYS, result.quality(condition))})


def rivals(result: Result, condition: str) -> list:
    """The systems that EGLR is compared with: all but itself, reasoning or not, and those that look at the truth."""
    return [s for s in result.systems(condition) if s not in ("eglr", NOT_REASONING, *ORACLES)]


def best_of_all(result: Result, condition: str) -> tuple:
    beaten, not_beaten = 0, 0
    for system in rivals(result, condition):
        rows = [result.find(condition, system, m) for m in ("MAP@5", "MAP@10", "NDCG@5", LABELS, SCORE)]
        rows = [row for row in rows if row and row.get("verdict")]
        if rows and all(row["verdict"] == "less" for row in rows):
            beaten += 1
        elif rows:
            not_beaten += 1
    if not beaten and not not_beaten:
        return None, ""
    return not not_beaten, f"better in all five measures than {beaten} of {beaten + not_beaten}"


def best_rival(result: Result, condition: str) -> dict:
    """The row of the best other system by the measure that decides; empty where none was compared."""
    metric = result.quality(condition)
    rows = [result.find(condition, system, metric) for system in rivals(result, condition)]
    return max((row for row in rows if row and row.get("verdict")), key=lambda row: row["value"], default={})


def truly_best(result: Result, condition: str) -> tuple:
    best = best_rival(result, condition)
    if not best:
        return None, ""
    return best["verdict"] == "less", f"best other by {best['metric']}: `{best['system']}`, {percent(best)} against EGLR"


def beats(other: str) -> Callable:
    def rule(result: Result, condition: str) -> tuple:
        row = result.find(condition, other, result.quality(condition))
        better, said = compared({other: row}, "less")
        return better, said + " against EGLR" if said else ""

    return rule


LEARN_NOTHING = ("initial", "random", "popularity", "ctr", "ctr-position", "alone", "mmr", *ORACLES)


def learned_beat_initial(result: Result, condition: str) -> tuple:
    """By the measure that decides; every gain is over the initial order."""
    metric = result.quality(condition)
    rows = {s: result.find(condition, s, metric) for s in result.systems(condition) if s not in LEARN_NOTHING}
    better, _ = compared(rows)
    if better is None:
        return None, ""
    count = sum(row["verdict"] == "more" for row in rows.values())
    least = min(rows, key=lambda system: rows[system]["gain"])
    return better, f"{count} of {len(rows)}, the least {least} {percent(rows[least])}"


def ahead(result: Result, condition: str) -> tuple:
    """Whether EGLR's interval lies above that of the next; both gains are over the initial order."""
    metric = result.quality(condition)
    others = {s: result.find(condition, s, metric) for s in rivals(result, condition)}
    others = {system: row for system, row in others.items() if row and row["gain"] is not None}
    own = result.find(condition, "eglr", metric)
    if not others or not own:
        return None, ""
    best = max(others, key=lambda system: others[system]["value"])
    apart = TWO_SIDED_95 * (own["gain_error"] + others[best]["gain_error"])
    said = f"EGLR {percent(own)} over the initial order, {best} {percent(others[best])}"
    return own["gain"] - others[best]["gain"] > apart, said


def score_and_truth(result: Result, condition: str) -> tuple:
    """Rank correlation over the systems that have both; oracles look at the truth and are left out."""
    systems = [s for s in result.systems(condition) if s not in ORACLES]
    pairs = [(result.find(condition, s, SCORE), result.find(condition, s, TRUTH)) for s in systems]
    pairs = [(a["value"], b["value"]) for a, b in pairs if a and b]
    if len(pairs) < 4:
        return None, ""
    correlation = spearman([a for a, _ in pairs], [b for _, b in pairs])
    return correlation > 0.8, f"rank correlation {correlation:.2f} over {len(pairs)} systems"


def spearman(a: list, b: list) -> float:
    def ranks(values: list) -> list:
        return [sum(v < x for v in values) + (sum(v == x for v in values) - 1) / 2 for x in values]

    x, y = ranks(a), ranks(b)
    middle = (len(x) - 1) / 2
    both = sum((i - middle) * (j - middle) for i, j in zip(x, y))
    own = sum((i - middle) ** 2 for i in x) * sum((j - middle) ** 2 for j in y)
    return both / own**0.5 if own else 0.0


def module(result: Result, condition: str) -> tuple:
    systems = [s for s in result.systems(condition) if s.endswith(" + module")]
    return compared({s: result.find(condition, s, result.quality(condition)) for s in systems})


def module_against_temperature(result: Result, condition: str) -> tuple:
    systems = [s for s in result.systems(condition) if s.endswith(" + module")]
    at = "against the temperatures alone"
    return compared({s: result.find(condition, s, result.quality(condition), at) for s in systems})


def few_steps(result: Result, condition: str) -> tuple:
    metric = result.quality(condition)
    return compared({f"M = {m}": result.find(condition, f"M = {m}", metric) for m in (1, 2, 3)})


def latency(result: Result, condition: str) -> tuple:
    """Times are known to some percent: no step may be cheaper by more than 5 %, all together must be dearer by that."""
    rows = [result.find(condition, f"M = {m}", TIME) for m in range(4)]
    values = [row["value"] for row in rows if row]
    if len(values) < 2:
        return None, ""
    steady = all(later > 0.95 * earlier for earlier, later in zip(values, values[1:]))
    return steady and values[-1] > 1.05 * values[0], "ms a list " + ", ".join(f"{value:.2f}" for value in values)


def open_places(result: Result, condition: str, system: str) -> list:
    """The positions where there is a choice: a last candidate leaves none, and has no entropy to lose."""
    rows = [row for row in result.places(condition, system, NATS) if row["gain"] is not None]
    return [row for row in rows if row["value"] > 0 or row["gain"] < 0]


def falls(result: Result, condition: str) -> tuple:
    rows = open_places(result, condition, "EGLR, after")
    if not rows:
        return None, ""
    less = sum(row["verdict"] == "less" for row in rows)
    zero = sum(row["verdict"] == "less" for row in open_places(result, condition, "zero token, after"))
    return less == len(rows), f"at {less} of {len(rows)} positions; with a token that says nothing at {zero}"


def most_in_the_middle(result: Result, condition: str) -> tuple:
    rows = open_places(result, condition, "EGLR, after")
    if len(rows) < 3:
        return None, ""
    deepest = min(range(len(rows)), key=lambda i: rows[i]["gain"])
    third = len(rows) / 3
    said = f"most at position {rows[deepest]['at']} of {len(rows)}, {rows[deepest]['gain']:+.3f} nats"
    return third <= deepest + 0.5 <= 2 * third and rows[deepest]["verdict"] == "less", said


def peaks(metric: str, *systems: str) -> Callable:
    """Low, high, low: somewhere inside the list above the first and above the last position."""

    def rule(result: Result, condition: str) -> tuple:
        found, said = [], []
        for system in systems:
            rows = [row for row in result.places(condition, system, metric) if row["value"] is not None]
            if len(rows) < 3:
                continue
            rows = rows[:-1] if metric == RELATIVE else rows  # a last candidate leaves no choice
            top = max(range(len(rows)), key=lambda i: rows[i]["value"])
            found.append(0 < top < len(rows) - 1 and rows[top]["verdict"] == "more")
            ends = f"{rows[0]['value']:.2f}, {rows[top]['value']:.2f}, {rows[-1]['value']:.2f}"
            said.append(f"{system}: first, highest (at {rows[top]['at']}), last {ends}")
        return (all(found) if found else None), "; ".join(said)

    return rule


def interior_alpha(result: Result, condition: str) -> tuple:
    rows = result.places(condition, "alpha", result.quality(condition))
    if len(rows) < 3:
        return None, ""
    best = max(rows, key=lambda row: row["value"])
    said = ", ".join(f"{row['at']}: {percent(row)}" for row in rows if row["verdict"])
    return best not in (rows[0], rows[-1]) and best["verdict"] == "more", f"against 1: {said}"


def threshold(metric: str, low: str) -> Callable:
    """Whether a metric falls as the threshold rises."""

    def rule(result: Result, condition: str) -> tuple:
        name = next((s for s in result.systems(condition) if s.startswith("threshold")), "")
        rows = result.places(condition, name, metric or result.quality(condition))
        if len(rows) < 2:
            return None, ""
        values = [row["value"] for row in rows]
        falling = values == sorted(values, reverse=True) and rows[-1]["verdict"] == low
        return falling, ", ".join(f"{row['at']}: {row['value']:.4g}" for row in rows)

    return rule


def more_lists(metric: str) -> Callable:
    def rule(result: Result, condition: str) -> tuple:
        own = result.quality(condition) if metric == "quality" else metric
        rows = result.places(condition, PICK, own)
        if len(rows) < 2:
            return None, ""
        values = [row["value"] for row in rows]
        last = rows[-1]
        rising = values == sorted(values) and last["verdict"] == "more"
        return rising, f"{own}, 1 to {last['at']} lists: {percent(last)}" + ("" if values == sorted(values) else ", not at every step")

    return rule


def equal_time(result: Result, condition: str) -> tuple:
    """At one list's time with reasoning: the widest beam without it, which may be no slower by 5 %."""
    own = result.find(condition, PICK, TIME, at="1")
    times = result.places(condition, WITHOUT, TIME)
    afforded = [row for row in times if own and row["value"] <= 1.05 * own["value"]]
    if not afforded:
        return None, ""
    at = afforded[-1]["at"]
    row = next(r for r in result.places(condition, WITHOUT, result.quality(condition)) if r["at"] == at)
    return row["verdict"] == "less", f"in {own['value']:.2f} ms: without reasoning {at} of a beam {percent(row)}"


ALL = [
    Claim("peak", "figure1", "1, Figure 1", "Entropy is low, high, low over a list's positions, in nats", peaks(NATS, "cmr", NOT_REASONING)),
    Claim("peak-relative", "figure1", "control", "... also relative to log(remaining), which does not fall by itself", peaks(RELATIVE, "cmr", NOT_REASONING)),
    Claim("peak-latent", "figure2", "1, Figure 2", "With latent reasoning before the list it still peaks in the middle", peaks(NATS, "rearec", "latentr3", "stream-rec")),
    Claim("best", "table2", "5.2, Table 2", "EGLR is better than every baseline in MAP, NDCG and evaluator's score", best_of_all),
    Claim("best-truth", "table2", "control", "EGLR is better than every baseline by the measure that decides (the truth where known)", truly_best),
    Claim("itself", "table2", "control", "EGLR is better than itself without reasoning by that measure", with_tokens(beats(NOT_REASONING), "eglr")),
    Claim("alone", "table2", "control", "EGLR beats sorting by the evaluator's score of each item alone", beats("alone")),
    Claim("score", "table2", "control", "Systems that please the evaluator more are truly better", score_and_truth),
    Claim("learn", "rerankers", "control", "Untuned, every re-ranker that trains a model is better than the order that it is given, by the measure that decides", learned_beat_initial),
    Claim("ahead", "rerankers", "control", "Untuned, EGLR is better than every other re-ranker by that measure", ahead),
    Claim("score-untuned", "rerankers", "control", "Untuned, systems that please the evaluator more are truly better", score_and_truth),
    Claim("ablation", "figure4", "5.3, Figure 4", "Each component improves lists: reasoning, context-aware token, dynamic temperature", with_tokens(ablation, *STEPS)),
    Claim("default", "figure4", "control", "Reasoning as this library does it by default improves lists over none", with_tokens(default_against_none, FULL)),
    Claim("pleases", "figure4", "control", "... improves the evaluator's score over none", with_tokens(score_of_default, FULL)),
    Claim("always", "figure4", "control", "Two tokens before every item improve lists over none", always_against_none),
    Claim("content", "figure4", "control", "What two tokens always say matters: better than two zero, noise and mean tokens", against(ALWAYS, *(f"two {kind} tokens always" for kind in ("zero", "noise", "mean")))),
    Claim("time", "figure4", "control", "Two tokens always are better than training as long without", against(ALWAYS, "B, equal training time")),
    Claim("gate", "figure4", "control", "The entropy gate is better than a random one with as many tokens", with_tokens(gate_against_random, FULL, RANDOM)),
    Claim("depth", "figure4", "control", "Reasoning is better than a second decoder layer", with_tokens(against(FULL, "B, two decoder layers"), FULL)),
    Claim("module", "table3", "5.4, Table 3", "The module improves EG-Rerank, CMR and LAST", module),
    Claim("module-heat", "table3", "control", "... beyond what its temperatures alone do", module_against_temperature),
    Claim("entropy", "figure5", "5.5, Figure 5", "Entropy falls after reasoning at every position", falls),
    Claim("entropy-middle", "figure5", "5.5, Figure 5", "It falls most in the middle of the list", most_in_the_middle),
    Claim("steps", "table4", "5.6, Table 4", "A few reasoning steps improve lists", few_steps),
    Claim("latency", "table4", "5.6, Table 4", "Latency grows with the steps", latency),
    Claim("pass-score", "table5", "5.7, Table 5", "The evaluator's score rises with the number of lists, at every step", more_lists(SCORE)),
    Claim("pass-map", "table5", "5.7, Table 5", "MAP@10 rises with the number of lists, at every step", more_lists("MAP@10")),
    Claim("pass-truth", "table5", "control", "True value rises with the number of lists, at every step", more_lists("quality")),
    Claim("equal-time", "table5", "control", "Reasoning is a better use of the same time than a wider beam without it", equal_time),
    Claim("alpha", "figure6", "5.8, Figure 6", "The factor alpha has an inner best above 1", interior_alpha),
    Claim("threshold-steps", "figure6", "5.8, Figure 6", "A higher entropy threshold means fewer reasoning steps", threshold("reasoning tokens", "less")),
    Claim("threshold-quality", "figure6", "5.8, Figure 6", "A higher entropy threshold means worse lists", threshold("", "less")),
]
