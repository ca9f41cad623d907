"""Libraries under an old name that hand every call on to a newer release of the same library.

ND4J wants CUDA 11's cuBLAS and cuSOLVER; on newer cards only those of later CUDA releases run. The functions that
ND4J calls have kept their names and arguments, so a forwarding library in the old one's place is enough.
"""

import re
import subprocess
from pathlib import Path

from shared.console import Problem

# Old name, as ND4J's libraries want it, and the names in CUDA 13 and 12 that it is handed on to.
FORWARDED = {
    "libcublas.so.11": ["libcublas.so.13", "libcublas.so.12"],
    "libcublasLt.so.11": ["libcublasLt.so.13", "libcublasLt.so.12"],
    "libcusolver.so.11": ["libcusolver.so.12"],
    "libcusolverMg.so.11": ["libcusolverMg.so.12"],
    "libcusparse.so.11": ["libcusparse.so.12"],
}

ASSEMBLY = """\
.globl {name}
.type {name},@function
.p2align 4
{name}:
\tendbr64
\tmovl ${index},%r11d
\tjmp *eglr_target+{offset}(%rip)
.size {name},.-{name}
"""

LOADER = """\
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const libraries[] = {{{libraries}, 0}};
static const char *const functions[] = {{{functions}, 0}};
__attribute__((visibility("hidden"))) void *eglr_target[{count}];

static void missing(void) {{
  unsigned index;
  __asm__ volatile("movl %%r11d,%0" : "=r"(index));
  fprintf(stderr, "{old}: the newer library has no function %s\\n", functions[index]);
  abort();
}}

__attribute__((constructor)) static void forward(void) {{
  void *library = 0;
  unsigned absent = 0;
  for (int i = 0; !library && libraries[i]; i++) library = dlopen(libraries[i], RTLD_NOW | RTLD_LOCAL);
  if (!library) fprintf(stderr, "{old}: none of the newer libraries loads: %s\\n", dlerror());
  for (unsigned i = 0; functions[i]; i++) {{
    void *found = library ? dlsym(library, functions[i]) : 0;
    absent += !found;
    eglr_target[i] = found ? found : (void *)missing;
  }}
  if (library && absent && getenv("EGLR_GPU_VERBOSE")) fprintf(stderr, "{old}: %u functions absent\\n", absent);
}}
"""


def imported(libraries, soname: str) -> list:
    """The functions that ELF files want of a library, from their symbol versions."""
    names = set()
    wanted = re.compile(r" UND (\S+)@" + re.escape(soname) + r"(\s|$)")
    for library in libraries:
        argv = ["readelf", "--dyn-syms", "-W", str(library)]
        try:
            symbols = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
        except (OSError, subprocess.CalledProcessError) as error:
            raise Problem(f"readelf cannot read {library}: {error}", "install binutils and gcc") from None
        names.update(match.group(1) for match in map(wanted.search, symbols.splitlines()) if match)
    return sorted(names)


def make(soname: str, targets: list, functions: list, folder: Path) -> Path:
    """Builds the forwarding library with the old one's name and symbol version."""
    folder.mkdir(parents=True, exist_ok=True)
    library = folder / soname
    files = {suffix: folder / f"{soname}.{suffix}" for suffix in ("S", "c", "map")}
    rows = [ASSEMBLY.format(name=name, index=i, offset=8 * i) for i, name in enumerate(functions)]
    files["S"].write_text(".text\n" + "".join(rows) + '.section .note.GNU-stack,"",@progbits\n')
    quoted = {key: ", ".join(f'"{n}"' for n in names) for key, names in (("l", targets), ("f", functions or [""]))}
    count = max(1, len(functions))
    code = LOADER.format(old=soname, libraries=quoted["l"], functions=quoted["f"], count=count)
    files["c"].write_text(code)
    exported = f"global: {'; '.join(functions)};" if functions else ""
    files["map"].write_text(f"{soname} {{ {exported} local: *; }};\n")
    argv = ["gcc", "-shared", "-fPIC", "-O2", f"-Wl,-soname,{soname}", f"-Wl,--version-script={files['map']}"]
    argv += ["-o", library, files["c"], files["S"], "-ldl"]
    try:
        done = subprocess.run([str(a) for a in argv], capture_output=True, text=True)
    except OSError as error:
        raise Problem(f"gcc does not run: {error}", "install gcc") from None
    if done.returncode:
        raise Problem(f"gcc cannot build {soname}: {done.stderr.strip()}")
    for file in files.values():
        file.unlink()
    return library
