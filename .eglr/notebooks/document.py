"""A notebook of ours as a dictionary: which kernel it is for, how it is before it is run."""

KERNEL = {"name": "eglr", "display_name": "EGLR (Java)", "language": "java"}
SPARK_KERNEL = {"name": "eglr-spark", "display_name": "EGLR on Spark (Java)", "language": "java"}
LANGUAGE = {"name": "java", "file_extension": ".jshell", "mimetype": "text/x-java-source"}


def kernel(metadata: dict) -> dict:
    """The kernel of ours that a notebook is for: it says so itself where it needs Spark."""
    named = metadata.get("kernelspec", {}).get("name")
    return SPARK_KERNEL if named == SPARK_KERNEL["name"] else KERNEL


def notebook(cells: list, metadata: dict) -> dict:
    """metadata: beside what kernel and language are."""
    metadata = {**metadata, "kernelspec": KERNEL, "language_info": LANGUAGE}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def cell(prose: bool, content: str, number: int, metadata: dict) -> dict:
    """A cell of prose or of code; numbers begin at 1."""
    made = {"cell_type": "markdown" if prose else "code", "id": f"cell-{number:02}"}
    made |= {"metadata": metadata, "source": content.splitlines(keepends=True)}
    return made if prose else {**made, "execution_count": None, "outputs": []}
