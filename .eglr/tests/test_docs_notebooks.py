"""Links of notebooks within the documentation's site."""

import sys
import types
import unittest

from sandbox import SCRIPTS

sys.path.insert(0, str(SCRIPTS))
sys.modules.setdefault("nbconvert", types.SimpleNamespace(HTMLExporter=None))  # of the environment, not needed here
from docs import notebooks  # noqa: E402


class Links(unittest.TestCase):
    def test_notebooks_and_guide_are_pages_of_the_site(self):
        self.assertEqual(notebooks.target("05-where-does-it-hesitate.ipynb", "tutorials"), "05-where-does-it-hesitate.html")
        self.assertEqual(notebooks.target("../notebooks/does-reasoning-pay.ipynb", "tutorials"), "../notebooks/does-reasoning-pay.html")
        self.assertEqual(notebooks.target("../tutorials/06-a-reasoning-token.ipynb", "notebooks"), "../course/06-a-reasoning-token.html")
        self.assertEqual(notebooks.target("guide/rerankers.md", "tutorials"), "../rerankers.html")

    def test_all_else_lies_in_the_checkout(self):
        self.assertEqual(notebooks.target("images/entropy.png", "tutorials"), "../../../tutorials/images/entropy.png")
