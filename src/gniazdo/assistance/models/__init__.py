"""Tables of the family assistance corridor."""

from gniazdo.assistance.models.assessment import (
    AreaScore,
    AssessedAdult,
    AssessedChild,
    AssessedGoal,
    Evidence,
    FamilyAssessment,
    MonthlyInsert,
    MonthlyReport,
)
from gniazdo.assistance.models.case import AssistanceCase, HandoverNote, HomeInterview, MonitoringEntry
from gniazdo.assistance.models.court import CourtRequest, InformationRequest
from gniazdo.assistance.models.visit import (
    Agreement,
    TimeCard,
    TimeEntry,
    Visit,
    VisitActivity,
    VisitPerson,
    VisitRevision,
)

__all__ = [
    "Agreement",
    "AreaScore",
    "AssessedAdult",
    "AssessedChild",
    "AssessedGoal",
    "AssistanceCase",
    "CourtRequest",
    "Evidence",
    "FamilyAssessment",
    "HandoverNote",
    "HomeInterview",
    "InformationRequest",
    "MonitoringEntry",
    "MonthlyInsert",
    "MonthlyReport",
    "TimeCard",
    "TimeEntry",
    "Visit",
    "VisitActivity",
    "VisitPerson",
    "VisitRevision",
]
