"""./eglr gpu-check and gpu-bundle: a runtime for newer cards, and the check of a card.

What lies in packed/ also runs on a machine that has nothing else of this project: those files import each other by
their bare names, as they lie side by side there.
"""

import sys
from pathlib import Path

PACKED = Path(__file__).resolve().parent / "packed"
sys.path.append(str(PACKED))
