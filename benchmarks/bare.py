"""The yardstick: one indexed query, 25 rows, a template; and one insert. No sign-in, no journal, no frame."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from benchmarks.models import Bare


def bare_page(request: HttpRequest) -> HttpResponse:
    """25 rows after a key, in name order, in a plain table."""
    rows = Bare.objects.filter(name__gte=request.GET.get("od", "m")).order_by("name", "id")[:25]
    return render(request, "benchmarks/bare.html", {"rows": rows})


@csrf_exempt
def bare_insert(request: HttpRequest) -> HttpResponse:
    """One row in a transaction of its own."""
    with transaction.atomic():
        Bare(name=request.POST.get("name", "x"), note="n").save()
    return HttpResponse(status=204)
