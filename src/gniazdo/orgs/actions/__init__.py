"""Verbs of institutions and people at work, by noun."""

from gniazdo.orgs.actions.absences import (
    end_absence,
    end_substitution,
    hand_over,
    record_absence,
    start_substitution,
)
from gniazdo.orgs.actions.access import break_glass, mark_notices_read, notify, purge_journal
from gniazdo.orgs.actions.institution import (
    change_institution,
    found_institution,
    remove_jrwa_class,
    save_jrwa_class,
    save_team,
    set_logo,
    set_parameter,
)
from gniazdo.orgs.actions.staff import (
    NewAccount,
    add_post,
    change_post,
    create_account,
    end_role,
    grant_role,
    reset_password,
    set_active,
)

__all__ = [
    "NewAccount",
    "add_post",
    "break_glass",
    "change_institution",
    "change_post",
    "create_account",
    "end_absence",
    "end_role",
    "end_substitution",
    "found_institution",
    "grant_role",
    "hand_over",
    "mark_notices_read",
    "notify",
    "purge_journal",
    "record_absence",
    "remove_jrwa_class",
    "reset_password",
    "save_jrwa_class",
    "save_team",
    "set_active",
    "set_logo",
    "set_parameter",
    "start_substitution",
]
