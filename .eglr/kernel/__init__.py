"""Our Jupyter kernel: its class, compiled against JJava, and its kernelspec."""
