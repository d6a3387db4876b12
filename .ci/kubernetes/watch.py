"""Looks at a number again and again while something else happens."""
import threading
import time


class Watch:
    """Keeps the least that was seen."""

    def __init__(self, look):
        self.look, self.done, self.seen, self.failed = look, threading.Event(), [], None
        self.thread = threading.Thread(target=self.watch)

    def watch(self):
        while not self.done.is_set():
            try:
                self.seen.append(self.look())
            except Exception as error:  # whatever it is, nothing was seen
                self.failed = error
            time.sleep(0.05)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()

    @property
    def count(self):
        return len(self.seen)

    def never_below(self, least):
        if self.failed or self.count < 20 or min(self.seen) < least:
            raise SystemExit(f"{self.count} looks, at the least {min(self.seen, default=None)}, not {least}; {self.failed}")
