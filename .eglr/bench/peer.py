"""PyTorch's side of ./eglr bench: does work by lines and answers with JSON, as org.eglr.bench.BenchWorker does.

    python peer.py FOLDER_OF_eglr_torch FOLDER_OF_THE_OPEN_MODEL

Runs in an environment of its own. Beyond the Java worker's lines it knows `threads N`; `open` takes the number of
requests and the group size of a GRPO step besides.
"""

import json
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

sys.path[0] = sys.argv[1]  # instead of this script's folder, whose modules are not meant for this environment

import torch  # noqa: E402
from eglr_torch import Config, Evaluator, Generator, grpo_step  # noqa: E402
from safetensors.torch import load  # noqa: E402


class Workload:
    """The model and the requests that the Java worker left in the folder."""

    def __init__(self, folder: Path, length: int, groups: int, group: int):
        with zipfile.ZipFile(folder / "model.eglr") as file:
            self.weights = load(file.read("weights.safetensors"))
            self.config = replace(self._config(json.loads(file.read("config.json"))["settings"]), list_len=length)
        requests = json.loads((folder / "requests.json").read_text())
        user, item = (torch.tensor(requests[part]) for part in ("user", "item"))
        self.all = (user, item, torch.tensor(requests["dense"], dtype=torch.float32))
        self.clicked = torch.tensor(requests["clicked"]).float()
        self.each = [tuple(part[b : b + 1] for part in self.all) for b in range(len(user))]
        self.few = tuple(part[:groups] for part in self.all)
        self.group = group
        self.next = 0
        self.evaluator, self.generator = self._model("evaluator"), self._model("generator")
        # What is trained are copies, so that decoding always sees the first weights.
        self.judge, self.policy = self._model("evaluator"), self._model("generator")
        self.policy_adam = torch.optim.Adam(self.policy.parameters(), 1e-4)
        self.pupil = self._model("evaluator")
        self.pupil_adam = torch.optim.Adam(self.pupil.parameters(), 1e-3)

    def _config(self, settings: dict) -> Config:
        reasoning = settings["reasoning"]
        return Config(
            user_vocab=self._rows("user"),
            item_vocab=self._rows("item"),
            emb=settings["embedding"],
            d=settings["width"],
            p=settings["position"],
            heads=settings["heads"],
            ffn=settings["feedForward"],
            enc_layers=settings["evaluatorLayers"],
            tau0=reasoning["baseTemperature"],
            alpha=reasoning["exploration"],
            epsilon=reasoning["entropyThreshold"],
            max_reason=reasoning["maxSteps"],
            query=reasoning["query"].lower(),
        )

    def _rows(self, part: str) -> tuple:
        names = sorted(n for n in self.weights if n.startswith(f"generator.features.{part}."))
        return tuple(len(self.weights[n]) for n in names)

    def _model(self, part: str) -> torch.nn.Module:
        model = (Evaluator if part == "evaluator" else Generator)(self.config)
        own = {n[len(part) + 1 :]: w for n, w in self.weights.items() if n.startswith(part + ".")}
        model.load_state_dict(own)
        return model

    def rerank(self, request):
        with torch.no_grad():
            return self.generator.decode(self.generator.features(*request))

    def rerank_one(self):
        self.next = (self.next + 1) % len(self.each)
        self.rerank(self.each[self.next])

    def rerank_many(self):
        self.rerank(self.all)

    def grpo_step(self):
        grpo_step(self.policy, self.judge, self.policy_adam, *self.few, self.group)

    def evaluator_step(self):
        self.pupil_adam.zero_grad()
        z = self.pupil.features(*self.all)
        self.pupil.loss(z, self.clicked, self.clicked.sum(1)).backward()
        self.pupil_adam.step()

    def choices(self, count: int) -> dict:
        lists = [self.rerank(request) for request in self.each[:count]]
        return {
            "items": [items[0].tolist() for items, *_ in lists],
            "reasoning": [int(steps.sum()) for *_, steps in lists],
        }


WORK = {
    "rerank-one": Workload.rerank_one,
    "rerank-many": Workload.rerank_many,
    "grpo-step": Workload.grpo_step,
    "evaluator-step": Workload.evaluator_step,
}


def timed(work, repeats: int) -> list:
    times = []
    for _ in range(repeats):
        start = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - start)
    return times


def main() -> None:
    torch.manual_seed(0)
    opened = None
    for line in sys.stdin:
        word, *rest = line.split()
        numbers = [int(n) for n in rest]
        if word == "open":
            _, length, _, _, groups, group = numbers
            opened = Workload(Path(sys.argv[2]), length, groups, group)
            answer = {"version": torch.__version__}
        elif word == "threads":
            torch.set_num_threads(numbers[0])
            answer = {"threads": torch.get_num_threads()}
        elif word == "choices":
            answer = opened.choices(numbers[0])
        else:
            answer = {"ns": timed(lambda: WORK[word](opened), numbers[0])}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
