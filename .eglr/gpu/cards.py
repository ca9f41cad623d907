"""The NVIDIA card of this machine, as its driver describes it, and what our builds need for it."""

import shutil
import subprocess
from dataclasses import dataclass

QUERY = ["--query-gpu=name,compute_cap,memory.total,driver_version", "--format=csv,noheader,nounits"]
NEWEST_OF_CUDA_11_6 = 8  # major compute capability that nd4j-cuda-11.6 holds machine code for


@dataclass(frozen=True)
class Card:
    name: str
    capability: tuple  # (9, 0)
    memory_mib: int
    driver: str

    def described(self) -> str:
        capability = ".".join(map(str, self.capability))
        return (
            f"{self.name}, compute capability {capability}, {self.memory_mib / 1024:.1f} GiB, driver {self.driver}"
        )

    @property
    def architecture(self) -> str:
        return "sm_" + "".join(map(str, self.capability))

    @property
    def profile(self) -> str:
        """The Maven profile whose ND4J can run on it."""
        return "cuda" if self.capability[0] <= NEWEST_OF_CUDA_11_6 else "cuda-hopper"


def find() -> tuple:
    """The first card and an empty text, or None and why."""
    exe = shutil.which("nvidia-smi")
    if not exe:
        return None, "there is no nvidia-smi: no NVIDIA card, or no driver"
    try:
        done = subprocess.run([exe, *QUERY], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        return None, f"nvidia-smi does not run: {error}"
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        said = (done.stdout + done.stderr).strip().splitlines() or ["it printed nothing"]
        return None, f"nvidia-smi finds no card: {said[-1]}"
    try:
        name, capability, memory, driver = (part.strip() for part in lines[0].split(","))
        major, minor = capability.split(".")
        return Card(name, (int(major), int(minor)), int(memory), driver), ""
    except ValueError:
        return None, f"nvidia-smi says what was not expected: {lines[0]}"
