"""The product's addresses and the bare page."""

from django.urls import path

from benchmarks.bare import bare_insert, bare_page
from gniazdo.conf.urls import *  # noqa: F403
from gniazdo.conf.urls import urlpatterns

urlpatterns = [path("bare/", bare_page), path("bare/insert/", bare_insert), *urlpatterns]
