"""The tests of ./eglr, and `./eglr test`, which runs all tests."""
