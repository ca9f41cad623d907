"""Takes the benchmark's measurements: both sides in turn on the same work."""

import math
import time

from bench import plan
from bench.stats import Measurement, median
from shared.console import Problem

SETTLE_S = 0.05  # between turns: the other side's threads stop spinning


def check_agreement(ours: dict, peer: dict, size: tuple) -> None:
    """Refuses to compare times of different work: the same lists with as many reasoning tokens."""
    where = "N={} K={} M={}".format(*size)
    for b, pair in enumerate(zip(ours["reasoning"], peer["reasoning"], strict=True)):
        if pair[0] != pair[1]:
            raise Problem(f"{where}, request {b + 1}: {pair[0]} reasoning tokens here, {pair[1]} in PyTorch.")
    for b, (own, other) in enumerate(zip(ours["items"], peer["items"], strict=True)):
        if own != other:
            raise Problem(f"{where}, request {b + 1}: our list is {own}, PyTorch's {other}.")


def open_size(size: tuple, requests: int, ours, peer=None) -> dict:
    """Gives both sides the same model and requests; what they say of themselves."""
    answer = ours.ask("open", *size, requests)
    if peer:
        answer["peer"] = peer.ask("open", *size, requests, answer["groups"], answer["groupSize"])["version"]
        check_agreement(ours.ask("choices", plan.CHECKED), peer.ask("choices", plan.CHECKED), size)
    return answer


def warm_up(worker, command: str, budget) -> float:
    """Repeats the work until it is warm; milliseconds it takes then."""
    start, repeats = time.monotonic(), 1
    while True:
        times = worker.time(command, repeats)
        if time.monotonic() - start >= budget.warm_s:
            return median(times)
        repeats = min(2 * repeats, 4096)


def turn_repeats(ms: float, budget, least: int) -> int:
    return max(1, round(1000 * budget.turn_s / ms), math.ceil(least / budget.rounds))


def measure(work, size: tuple, budget, ours, peer=None, threads: int = 1) -> Measurement:
    """The work in rounds. PyTorch gets the better of one thread and as many as we have."""
    result = Measurement(work.what, *size)
    sides = [(ours, None, [])] + [(peer, count, []) for count in sorted({1, threads}) if peer]
    repeats = []
    for worker, count, _ in sides:
        _set_threads(worker, count)
        least = (budget.ours_one if worker is ours else budget.peer_one) if work.one else 1
        repeats.append(turn_repeats(warm_up(worker, work.command, budget), budget, least))
    for _ in range(budget.rounds):
        for (worker, count, times), number in zip(sides, repeats):
            _set_threads(worker, count)
            time.sleep(SETTLE_S)
            times.append(worker.time(work.command, number))
    result.ours = sides[0][2]
    if peer:
        result.peer = min((times for _, _, times in sides[1:]), key=lambda rounds: median(sum(rounds, [])))
    return result


def _set_threads(worker, count) -> None:
    if count:
        worker.ask("threads", count)


def compare_threads(work, size: tuple, budget, workers: dict) -> list:
    """The same work with different numbers of worker threads, in turn; workers by that number."""
    results, repeats = {}, {}
    for count, worker in workers.items():
        name = f"{work.what}, {count} worker thread{'s' if count > 1 else ''}"
        results[count] = Measurement(name, *size)
        repeats[count] = turn_repeats(warm_up(worker, work.command, budget), budget, 1)
    for _ in range(budget.rounds):
        for count, worker in workers.items():
            time.sleep(SETTLE_S)
            results[count].ours.append(worker.time(work.command, repeats[count]))
    return list(results.values())


def memory_after(steps: tuple, worker) -> list:
    """(steps, resident MiB, heap MiB) after each number of GRPO steps, garbage collected."""
    taken, rows = 0, []
    for total in steps:
        worker.time(plan.GRPO.command, total - taken)
        taken = total
        worker.ask("collect")
        time.sleep(1)  # native memory is freed by a thread that hears of the collection
        heap = worker.ask("collect")["heap"] / (1 << 20)
        rows.append((total, worker.memory(), heap))
    return rows
