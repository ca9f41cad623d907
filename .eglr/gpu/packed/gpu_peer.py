"""PyTorch's side of ./eglr gpu-check: measures eglr_torch.py, eagerly, at the places of a report's table.

    python gpu_peer.py FOLDER_OF_eglr_torch REPORT.json TIMES.json cuda|cpu SECONDS

Runs in whatever Python has PyTorch for the card. TIMES.json is written anew after each place. What is timed begins with
requests in the computer's memory and, for generation, ends with the lists there, as on our side.

What differs in a GRPO step: it computes the features three times on the device, ours once on the CPU; both take the
gradient through a second writing of the lists, token by token, its own found by autograd, ours by hand; where a batch
does not fit, it is cut into steps of their own, each with its own update, ours into parts of one update.
"""

import gc
import json
import os
import statistics
import sys
import time
from pathlib import Path

from gpu_pace import Pace, TooLarge, fitting

sys.path[0] = sys.argv[1]  # instead of this script's folder, whose modules are not meant for this environment

import torch  # noqa: E402
from eglr_torch import Config, Evaluator, Generator, grpo_step  # noqa: E402

REPEATS = 3  # after a first time; one where it takes long
LONG_S = 5.0
LEARNING_RATE = 3e-3
TRAINING = "GRPO step"
WARM_UP = {"work": TRAINING, "width": 64, "pool": 10, "lists": 8}  # loads the device's libraries


def config(sizes: dict, width: int) -> Config:
    return Config(
        user_vocab=(1,),
        item_vocab=(sizes["items"],),
        item_dense=1,
        emb=sizes["embedding"],
        d=width,
        p=sizes["position"],
        heads=sizes["heads"],
        ffn=sizes["feedForward"] * width,
        enc_layers=sizes["evaluatorLayers"],
        list_len=sizes["length"],
        tau0=sizes["baseTemperature"],
        alpha=sizes["exploration"],
        epsilon=sizes["entropyThreshold"],
        max_reason=sizes["reasoningTokens"],
        query="replace",
    )


def requests(count: int, pool: int, items: int) -> tuple:
    """User, item and dense values in the computer's memory; neighbouring items from a random one on."""
    with torch.device("cpu"):
        item = (torch.randint(items, (count, 1)) + torch.arange(pool)) % items
        value = torch.empty(items).uniform_(-1.7, 1.7)
        return torch.zeros(count, 1, dtype=torch.long), item[..., None], value[item][..., None]


class Batch:
    """Random requests and models with random weights, as org.eglr.gpu.BenchBatch has them."""

    def __init__(self, sizes: dict, cell: dict, device: str):
        self.device = device
        self.group = sizes["group"] if cell["work"] == TRAINING else 1
        self.requests = requests(max(1, cell["lists"] // self.group), cell["pool"], sizes["items"])
        model = config(sizes, cell["width"])
        self.generator = Generator(model)
        self.work = self.generate
        if cell["work"] == TRAINING:
            self.work = self.train
            self.evaluator = Evaluator(model)
            self.generator.features.requires_grad_(False)  # ours are the evaluator's, frozen
            trained = [weights for weights in self.generator.parameters() if weights.requires_grad]
            self.adam = torch.optim.Adam(trained, LEARNING_RATE)

    def train(self, user, item, dense) -> None:
        grpo_step(self.generator, self.evaluator, self.adam, user, item, dense, self.group)

    def generate(self, user, item, dense) -> None:
        with torch.no_grad():
            items, *_ = self.generator.decode(self.generator.features(user, item, dense))
        items.cpu()

    def seconds(self, part: int) -> float:
        """For all requests, so many lists at a time."""
        try:
            first = self._timed(part)
            return statistics.median(self._timed(part) for _ in range(1 if first > LONG_S else REPEATS))
        except torch.cuda.OutOfMemoryError as error:
            said = str(error)
        release(self.device)  # not before the error has let go of what it holds
        raise TooLarge(said)

    def _timed(self, part: int) -> float:
        step = max(1, part // self.group)
        synchronise(self.device)
        start = time.perf_counter()
        for begin in range(0, len(self.requests[0]), step):
            self.work(*(rows[begin : begin + step].to(self.device) for rows in self.requests))
        synchronise(self.device)
        return time.perf_counter() - start


def synchronise(device: str) -> None:
    if device == "cuda":
        torch.cuda.synchronize()


def release(device: str) -> None:
    gc.collect()
    if device == "cuda":
        torch.cuda.empty_cache()


def described(device: str) -> dict:
    """What measures. Matrix products are in full float32, PyTorch's default, as ours are."""
    name = torch.cuda.get_device_name() if device == "cuda" else f"CPU, {torch.get_num_threads()} threads"
    return {"version": torch.__version__, "device": name}


def main(report: Path, times: Path, device: str, seconds: float) -> None:
    content = json.loads(report.read_text())
    torch.set_default_device(device)
    torch.manual_seed(0)
    Batch(content["workload"], WARM_UP, device).seconds(WARM_UP["lists"])
    side = described(device)

    def measure(cell: dict, part: int) -> tuple:
        release(device)
        batch = Batch(content["workload"], cell, device)
        took, fitted = fitting(batch.seconds, part, batch.group)
        place = f"{cell['work']}, width {cell['width']}, pool {cell['pool']}, {cell['lists']} lists"
        print(f"  {place}, PyTorch: {1e3 * took:.1f} ms", flush=True)
        return took, fitted

    def found(cells: list) -> None:
        unfinished = times.with_suffix(".part")
        unfinished.write_text(json.dumps({**side, "cells": cells}))
        os.replace(unfinished, times)

    Pace(content, seconds).run(measure, found)


if __name__ == "__main__":
    main(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4], float(sys.argv[5]))
