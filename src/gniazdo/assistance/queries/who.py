"""Who may do what in a family assistance case: the guards its verbs and pages share."""

from __future__ import annotations

from gniazdo.access.queries import on_access_list, role

MANAGER = role("manager", label="kierownik jednostki")
LEADER = on_access_list & role("team_leader", label="kierownik zespołu")
SOCIAL = on_access_list & role("social_worker", label="pracownik socjalny")
ASSISTANT = on_access_list & role("assistant", label="asystent rodziny")
OFFICE = role("secretary", label="sekretariat")

REGISTRAR = role(
    "secretary", "social_worker", "assistant", "team_leader", "manager", label="pracownik przyjmujący zgłoszenia"
)
DISPOSES = MANAGER | LEADER
"""Who decides about an assistant: the head of the centre, or the team's leader for the team's families."""
ANALYSES = MANAGER | SOCIAL
WORKS = MANAGER | LEADER | SOCIAL | ASSISTANT
INTAKE = MANAGER | OFFICE | SOCIAL | LEADER | ASSISTANT
"""Who sees a referral: the secretariat all of them (no notes of later work), others those of their families."""
