"""Every room's addresses, in Polish because people read them."""

from __future__ import annotations

import importlib.util

from django.urls import include, path

ROOM_PATHS = {
    "desk": "",
    "people": "osoby/",
    "cases": "sprawy/",
    "papers": "pisma/",
    "plans": "plany/",
    "deadlines": "terminy/",
    "assistance": "asysta/",
    "reports": "sprawozdania/",
    "exchange": "wymiana/",
    "orgs": "",  # instytucja/… and konto/…
    "access": "dziennik/",
    "platform": "",
}

urlpatterns = [
    *(
        path(prefix, include(f"gniazdo.{room}.urls"))
        for room, prefix in ROOM_PATHS.items()
        if importlib.util.find_spec(f"gniazdo.{room}.urls")
    ),
    path("konto/", include("allauth.urls")),
]
handler400 = "gniazdo.platform.views.bad_request"
handler403 = "gniazdo.platform.views.forbidden"
handler404 = "gniazdo.platform.views.not_found"
handler500 = "gniazdo.platform.views.server_error"
