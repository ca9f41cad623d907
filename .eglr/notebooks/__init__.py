"""Executing notebooks; the quick start; JupyterLab."""
