"""Rewrites a library's GPU code: run by the bundle's own Python, which has LZ4.

    python translate.py extract LIBRARY PTX_FOLDER
    python translate.py patch LIBRARY CUBIN_FOLDER ARCHITECTURE NEW_LIBRARY
"""

import mmap
import sys
from pathlib import Path

import fatbin
import lz4.block

BLOCK = 1 << 20


def decompress(data: bytes, size: int) -> bytes:
    return lz4.block.decompress(data, uncompressed_size=size)


def compress(data: bytes) -> bytes:
    return lz4.block.compress(data, mode="high_compression", compression=12, store_size=False)


def name(index: int) -> str:
    return f"m{index:03d}"


def extract(library: Path, folder: Path) -> int:
    """Writes the PTX of every fat binary; how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(library, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as elf:
        fats = fatbin.fat_binaries(elf)
        for index, fat in enumerate(fats):
            (folder / f"{name(index)}.ptx").write_bytes(fatbin.ptx(fat, decompress))
    return len(fats)


def patch(library: Path, cubins: Path, architecture: int, new: Path) -> int:
    """Writes the library with its GPU code replaced; freed bytes become holes."""
    with open(library, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as elf:
        offset, size = fatbin.section(elf)
        fats = fatbin.fat_binaries(elf)
        with open(new, "wb") as out:
            out.truncate(len(elf))
            _copy(elf, out, 0, offset)
            _copy(elf, out, offset + size, len(elf))
            for index, fat in enumerate(fats):
                cubin = (cubins / f"{name(index)}.cubin").read_bytes()
                out.seek(fat.offset)
                out.write(fatbin.replacement(fat, cubin, architecture, compress))
    return len(fats)


def _copy(elf, out, start: int, end: int) -> None:
    for at in range(start, end, BLOCK):
        block = elf[at : min(at + BLOCK, end)]
        if block.strip(b"\0"):
            out.seek(at)
            out.write(block)


if __name__ == "__main__":
    command, first, second, *more = sys.argv[1:]
    if command == "extract":
        print(extract(Path(first), Path(second)))
    else:
        print(patch(Path(first), Path(second), int(more[0]), Path(more[1])))
