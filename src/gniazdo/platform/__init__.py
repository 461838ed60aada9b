"""Django plumbing with no domain in it: base model, constraints, jobs, components, error pages, plain helpers for pages."""

from django.utils.translation import gettext, gettext_lazy

from gniazdo.kernel.speech import lend

lend(gettext, gettext_lazy)
