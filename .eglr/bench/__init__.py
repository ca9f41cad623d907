"""./eglr bench: our speed beside PyTorch's. `peer.py` runs in PyTorch's own environment."""
