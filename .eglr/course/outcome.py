"""What running a cell came to."""


class Outcome:
    """What a cell came to.

    status: ok, error, timeout or dead. error: its last words. checks: what its checks said, each a map of our own type
    of output; text that looks like it counts for nothing. text: what it printed and showed as text.
    """

    def __init__(self, status: str, error: str = "", checks: tuple = (), text: str = "", seconds: float = 0):
        self.status, self.error, self.checks, self.text, self.seconds = status, error, checks, text, seconds
