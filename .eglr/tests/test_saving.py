"""What ./eglr lab saves of a notebook with sliders."""

import copy
import sys
import unittest

from sandbox import SCRIPTS

sys.path.append(str(SCRIPTS))

from notebooks import saving  # noqa: E402


def notebook(*outputs) -> dict:
    return {"type": "notebook", "content": {"cells": [{"source": "# no outputs"}, {"outputs": list(outputs)}]}}


class Saving(unittest.TestCase):
    def test_a_slider_is_saved_as_its_line(self):
        line = {"text/html": "<div>threshold</div>", "text/plain": "threshold"}
        model = notebook({"data": {**line, saving.VIEW: {"model_id": "x"}}}, {"name": "stdout", "text": "printed"})
        saving.without_views(model=model, path="a.ipynb", contents_manager=None)
        self.assertEqual(model, notebook({"data": line}, {"name": "stdout", "text": "printed"}))

    def test_what_has_no_such_line_stays(self):
        for model in (
            notebook({"data": {saving.VIEW: {"model_id": "x"}, "text/plain": "IntSlider()"}}),
            notebook(),
            {"type": "notebook", "content": None},
            {"type": "notebook", "path": "a.ipynb"},
            {"type": "file", "content": "text"},
        ):
            before = copy.deepcopy(model)
            saving.without_views(model=model, path="a", contents_manager=None)
            self.assertEqual(model, before)


if __name__ == "__main__":
    unittest.main()
