"""The product's settings plus the bare page it is compared with."""

from gniazdo.conf.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks"]  # noqa: F405
IDLE_MINUTES = 600
