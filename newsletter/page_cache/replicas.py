"""Readers are answered from replicas, while those have what the primary has: decision 14, docs/decisions."""

import random
import threading
import time

from django.db import DEFAULT_DB_ALIAS, Error, connections

from newsletter.records.databases import read_from

from .generation import generation_in
from .middleware import is_of_a_reader

# Seconds. So long at most a reader is sent what was before the last change.
_LOOK_EVERY = 0.5


class Replicas:
    """A WSGI application that lets `application` answer readers from one of the replicas, and others from the primary.

    For each a thread looks again and again whether it has the generation that the primary had a moment ago. One that
    lags or does not answer is left out, and the primary answers where none is left.
    """

    def __init__(self, application, aliases):
        self.application = application
        self._fit = dict.fromkeys(aliases, False)
        self._started = False
        self._starting = threading.Lock()

    def __call__(self, environ, start_response):
        # Not before: threads do not come along where a server loads the application and then forks.
        if not self._started:
            self._start()
        fit = [alias for alias, is_fit in self._fit.items() if is_fit]
        if not fit or not is_of_a_reader(environ):
            return self.application(environ, start_response)
        alias = random.choice(fit)
        told = []
        try:
            with read_from(alias):
                body = self.application(environ, lambda *answer: told.append(answer))
        except Error:
            failed, body = True, None
        else:
            failed = told[-1][0].startswith("500 ") and connections[alias].errors_occurred
        if not failed:
            start_response(*told[-1])
            return body
        # It went away meanwhile, or broke a query off because a change waited for it.
        self._fit[alias] = False
        if close := getattr(body, "close", None):
            close()
        connections[alias].close()
        return self.application(environ, start_response)

    def _start(self):
        with self._starting:
            if not self._started:
                for alias in self._fit:
                    threading.Thread(target=self._follow, args=(alias,), daemon=True).start()
                self._started = True

    def _follow(self, alias):
        needed = 0
        try:
            while True:
                begun = time.monotonic()
                # Where the primary does not answer, nothing newer than it had can have been made.
                if (of_primary := _number(DEFAULT_DB_ALIAS)) is not None:
                    needed = of_primary
                number = _number(alias)
                self._fit[alias] = number is not None and number >= needed
                time.sleep(max(0, begun + _LOOK_EVERY - time.monotonic()))
        finally:
            self._fit[alias] = False


def _number(alias):
    """The generation of the database; None where it does not answer."""
    try:
        return generation_in(alias)
    except Error:
        connections[alias].close()
        return None
