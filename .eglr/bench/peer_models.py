"""Which re-rankers peer_rerankers.py has; apart from it, as it needs PyTorch to be read."""

NAMES = ("dlcm", "prm", "setrank", "seq2slate", "eg-rerank", "cmr", "last", "rearec", "stream-rec", "latentr3")
