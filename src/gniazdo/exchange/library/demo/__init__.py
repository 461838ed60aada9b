"""The demo county: invented institutions, workers and families whose history is made through the verbs themselves."""

from gniazdo.exchange.library.demo.county import PASSWORD
from gniazdo.exchange.library.demo.simulate import build

__all__ = ["PASSWORD", "build"]
