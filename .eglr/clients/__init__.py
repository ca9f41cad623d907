"""Real clients of the kernel: Jupyter's conformance test, a session in JupyterLab, measurements."""
