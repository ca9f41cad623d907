"""JupyterLab as ./eglr lab starts it: on loopback, with a token, with our kernel alone."""

import os
from pathlib import Path

from kernel import kernelspec
from setup import environment
from shared import layout

PROCESS = layout.SCRIPTS / "notebooks" / "lab_process.py"


def command(folder: Path, kernels: tuple = (kernelspec.NAME,)) -> list:
    """The command line of a server whose files are those of `folder`; new notebooks have the first of the kernels."""
    options = [
        "--ip=127.0.0.1",
        f"--ServerApp.root_dir={folder}",
        # The stock `java` kernel lies in the same environment but knows nothing of EGLR: it is not offered.
        *(f"--KernelSpecManager.allowed_kernelspecs={name}" for name in kernels),
        "--KernelSpecManager.ensure_native_kernel=False",
        f"--MultiKernelManager.default_kernel_name={kernels[0]}",
        # The server would cut what a cell prints at 1 MB a second; our kernel has a limit of its own, and says so.
        "--ZMQChannelsWebsocketConnection.limit_rate=False",
    ]
    if os.geteuid() == 0:
        options.append("--allow-root")  # Jupyter refuses root otherwise
    return [str(environment.PYTHON), str(PROCESS), *options]
