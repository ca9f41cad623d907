"""CUDA's fat binaries inside a shared library: reading their PTX and putting machine code for another card in.

A library's .nv_fatbin section holds fat binaries one after another. Each is a header and entries; an entry is machine
code for one architecture (kind 2) or PTX (kind 1), as it is or LZ4-compressed. The library finds its fat binaries by
address, so they must stay where they are: new contents may be shorter than the old ones, never longer.
"""

import struct
from dataclasses import dataclass

SECTION = ".nv_fatbin"
MAGIC = 0xBA55ED50
HEADER = struct.Struct("<IHHQ")  # magic, version, header size, size of all entries
PTX, MACHINE_CODE = 1, 2
COMPRESSED = 0x2000  # in an entry's flags

# Offsets in an entry's header.
SIZE, COMPRESSED_SIZE, ARCHITECTURE, FLAGS, WHOLE_SIZE = 8, 16, 28, 40, 56


class FormatError(ValueError):
    """The library is not built as expected."""


@dataclass(frozen=True)
class Entry:
    kind: int
    architecture: int
    header: bytes
    payload: bytes  # padded where it is not compressed

    @property
    def compressed(self) -> bool:
        return bool(self._u64(FLAGS) & COMPRESSED)

    def contents(self, decompress) -> bytes:
        """The payload; `decompress(data, size)` undoes LZ4."""
        if not self.compressed:
            return self.payload
        (size,) = struct.unpack_from("<I", self.header, COMPRESSED_SIZE)
        return decompress(self.payload[:size], self._u64(WHOLE_SIZE))

    def _u64(self, offset: int) -> int:
        return struct.unpack_from("<Q", self.header, offset)[0]


@dataclass(frozen=True)
class FatBinary:
    offset: int  # in the file
    capacity: int  # bytes for entries
    entries: tuple

    def only(self, kind: int):
        return [e for e in self.entries if e.kind == kind]


def section(elf, name: str = SECTION) -> tuple:
    """File offset and size of a section of a 64-bit little-endian ELF file."""
    if bytes(elf[:6]) != b"\x7fELF\x02\x01":
        raise FormatError("not a 64-bit ELF file")
    (table,) = struct.unpack_from("<Q", elf, 0x28)
    size, count, names = struct.unpack_from("<HHH", elf, 0x3A)

    def row(index: int) -> tuple:
        return struct.unpack_from("<IIQQQQ", elf, table + index * size)

    strings = row(names)[4]
    for index in range(count):
        start, _, _, _, offset, length = row(index)
        end = strings + start + len(name)
        if bytes(elf[strings + start : end + 1]) == name.encode() + b"\0":
            return offset, length
    raise FormatError(f"no section {name}: the library holds no GPU code")


def fat_binaries(elf) -> list:
    offset, size = section(elf)
    found, at, end = [], offset, offset + size
    while at + HEADER.size <= end:
        magic, _, header, length = HEADER.unpack_from(elf, at)
        if magic != MAGIC:
            at += 8  # padding between fat binaries
            continue
        first, at = at, at + header + length
        if at > end:
            raise FormatError(f"the fat binary at {first} is longer than its section")
        found.append(FatBinary(first, length, tuple(_entries(elf, first + header, at))))
    if not found:
        raise FormatError(f"section {SECTION} holds no fat binary")
    return found


def _entries(elf, at: int, end: int):
    while at < end:
        kind, _, header, size = struct.unpack_from("<HHIQ", elf, at)
        if kind not in (PTX, MACHINE_CODE) or header < 64 or at + header + size > end:
            raise FormatError(f"no fat binary entry at {at}")
        (architecture,) = struct.unpack_from("<I", elf, at + ARCHITECTURE)
        head = bytes(elf[at : at + header])
        yield Entry(kind, architecture, head, bytes(elf[at + header : at + header + size]))
        at += header + size


def ptx(fat: FatBinary, decompress) -> bytes:
    """The PTX of a fat binary, without the zeros that end it."""
    sources = fat.only(PTX)
    if len(sources) != 1:
        raise FormatError(f"the fat binary at {fat.offset} has {len(sources)} PTX entries instead of one")
    return sources[0].contents(decompress).rstrip(b"\0")


def replacement(fat: FatBinary, cubin: bytes, architecture: int, compress) -> bytes:
    """A fat binary with this machine code alone; `compress(data)` is LZ4, used where it does not fit otherwise."""
    model = max(fat.only(MACHINE_CODE), key=lambda entry: entry.architecture, default=None)
    if model is None:
        raise FormatError(f"the fat binary at {fat.offset} has no machine code whose header could be used")
    entry = _entry(model, cubin, architecture, None)
    if len(entry) > fat.capacity:
        entry = _entry(model, compress(cubin), architecture, len(cubin))
    if len(entry) > fat.capacity:
        raise FormatError(f"machine code of {len(cubin)} bytes does not fit into {fat.capacity} at {fat.offset}")
    return HEADER.pack(MAGIC, 1, HEADER.size, len(entry)) + entry


def _entry(model: Entry, payload: bytes, architecture: int, whole_size) -> bytes:
    padded = payload + bytes(-len(payload) % 8)
    (flags,) = struct.unpack_from("<Q", model.header, FLAGS)
    flags = flags & ~COMPRESSED if whole_size is None else flags | COMPRESSED
    header = bytearray(model.header)
    struct.pack_into("<Q", header, SIZE, len(padded))
    struct.pack_into("<I", header, COMPRESSED_SIZE, 0 if whole_size is None else len(payload))
    struct.pack_into("<I", header, ARCHITECTURE, architecture)
    struct.pack_into("<Q", header, FLAGS, flags)
    struct.pack_into("<Q", header, WHOLE_SIZE, whole_size or 0)
    return bytes(header) + padded
