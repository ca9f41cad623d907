"""Everything a notebook needs, made where it is missing: the build, the environment, the kernel."""

from kernel import kernelspec
from setup import build, environment, spark, tools
from setup.tools import Java
from shared import layout, places
from shared.console import only_one, say


def tools_present() -> tuple:
    """The JDK and Maven; fails with the remedy where a tool is missing or too old, or the checkout is another's."""
    places.check_writable()
    python = tools.check_python()
    java = tools.find_java()
    maven, version = tools.find_maven(java)
    say(f"  Java {java.version}, Maven {version}, Python {python}")
    return java, maven


def kernel(on_spark: bool = False) -> Java:
    """Builds the modules, makes .venv and installs our kernel into it; reuses what is there and up to date.

    With Spark there is a second kernel beside it, whose class path begins with Spark's jars.
    """
    java, maven = tools_present()
    with only_one(layout.TARGET / "eglr.lock"):
        if not build.ensure(java, maven):
            say("  The modules are built and up to date")
        if not environment.ensure():
            say("  The Python environment is there")
        kernelspec.install(java, layout.VENV_KERNELS)
        if on_spark:
            if not spark.ensure(java, maven):
                say("  Spark is there")
            kernelspec.install(java, layout.VENV_KERNELS, kernelspec.SPARK_NAME)
    return java
