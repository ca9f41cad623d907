"""JupyterLab with our way of saving; run by the Python of .venv, with the options of `jupyter lab`."""

import sys
from pathlib import Path

sys.path[0:1] = []  # this folder
sys.path.append(str(Path(__file__).resolve().parent.parent))  # the scripts' folder, from where the hook is imported

from jupyterlab.labapp import main  # noqa: E402

sys.argv.insert(1, "--ContentsManager.pre_save_hook=notebooks.saving.without_views")
sys.exit(main())
