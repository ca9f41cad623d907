"""Set-up: the tools of the machine, the build, the Python environment."""
