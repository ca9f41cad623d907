"""Our kernel answers every Jupyter message as the protocol says; run by the Python of .venv, after ./eglr prepared it."""

import unittest

import jupyter_kernel_test

from endurance import Endurance  # noqa: F401  unittest runs it, too


class Kernel(jupyter_kernel_test.KernelTests):
    kernel_name = "eglr"
    language_name = "Java"
    file_extension = ".jshell"
    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    completion_samples = [
        {"text": "String.valu", "matches": {"valueOf("}},
        {"text": "%eglr da", "matches": {"data"}},
        {"text": "%eglr train evaluator --learn", "matches": {"--learningRate"}},
    ]
    complete_code_samples = ["int one = 1;", "%eglr help", "for (int i = 0; i < 3; i++) {}"]
    incomplete_code_samples = ["for (int i = 0; i < 3; i++) {", "int two ="]
    invalid_code_samples = ["int = = ;"]
    code_generate_error = 'throw new IllegalStateException("on purpose");'
    code_execute_result = [{"code": "6 * 7", "result": "42"}, {"code": '"a" + 1', "result": "a1"}]
    code_display_data = [
        {"code": "%eglr help", "mime": "text/html"},
        {"code": "var shown = display(new int[] {1, 2, 3});", "mime": "text/plain"},
    ]
    code_history_pattern = "6*7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "%eglr train"

    def test_shift_tab_shows_the_javadoc_of_our_api(self):
        self.flush_channels()
        code = "Eglr.load("
        self.kc.inspect(code, len(code) - 2)
        text = self.kc.get_shell_msg(timeout=60)["content"]["data"]["text/plain"]
        self.assertIn("Eglr Eglr.load(Path file)", text)
        self.assertIn("Reads a model that save wrote", text)


if __name__ == "__main__":
    unittest.main()
