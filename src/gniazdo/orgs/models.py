"""Tables of institutions and people at work, and `Owned`, the base of every table that belongs to an institution."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gniazdo.orgs.vocab import ABSENCE_KINDS, CONTRACT_KINDS, INSTITUTION_KINDS, JRWA_USES, ROLES
from gniazdo.platform.models import NoOverlap, Privacy, Record, new_id


def last_day(row: Any) -> date | None:
    """The last day that belongs to a half-open period: what people write as „do”."""
    return row.until - timedelta(days=1) if row.until else None


class Institution(Record):
    """A data controller: an OPS, PCPR, organiser or NGO. `parent` is the county centre of a commune's centre."""

    privacy = Privacy(
        plain=(
            "kind", "name", "short_name", "teryt", "street", "postal_code", "town", "phone", "email", "edelivery",
            "nip", "regon", "head_title", "case_mark_pattern", "privacy_clause", "logo", "is_demo",
        ),
        retention="institution",
    )  # fmt: skip

    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    kind = models.CharField(_("rodzaj"), max_length=8, choices=INSTITUTION_KINDS.choices())
    name = models.CharField(_("nazwa"), max_length=200)
    short_name = models.CharField(_("nazwa skrócona"), max_length=40)
    teryt = models.CharField(_("TERYT"), max_length=7)
    street = models.CharField(_("ulica i numer"), max_length=120, blank=True)
    postal_code = models.CharField(_("kod pocztowy"), max_length=6, blank=True)
    town = models.CharField(_("miejscowość"), max_length=80)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    edelivery = models.CharField(_("adres do e-Doręczeń"), max_length=40, blank=True)
    nip = models.CharField("NIP", max_length=10, blank=True)
    regon = models.CharField("REGON", max_length=14, blank=True)
    head_title = models.CharField(_("tytuł kierującego"), max_length=60, default="Kierownik")
    case_mark_pattern = models.CharField(
        _("wzór znaku sprawy"), max_length=60, default="AR.{jrwa}.{number}.{year}",
        help_text=_("Pola w klamrach: {jrwa} – symbol z wykazu akt, {number} – numer, {year} – rok."),
    )  # fmt: skip
    privacy_clause = models.TextField(_("klauzula RODO"), blank=True)
    logo = models.BinaryField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("instytucja")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["teryt", "kind", "name"], name="institution_once",
                                    violation_error_message=_("Ta instytucja już istnieje.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.short_name or self.name


class Owned(Record):
    """A row that belongs to one institution, the controller of its data."""

    # No index of its own: it would hold whole tables, and planners fall for it. Indexes of tables begin with it.
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class UserManager(BaseUserManager["User"]):
    """Creates log-ins; used by verbs, commands and allauth."""

    def create_user(self, login: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(login=login, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. What they may do comes from posts, never from the log-in itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    login = models.CharField(_("login"), max_length=60, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    first_name = models.CharField(_("imię"), max_length=60)
    last_name = models.CharField(_("nazwisko"), max_length=80)
    is_active = models.BooleanField(_("aktywny"), default=True)
    is_demo = models.BooleanField(default=False)
    language = models.CharField(_("język"), max_length=2, default="pl", choices=[("pl", "polski"), ("en", "English")])
    theme = models.CharField(_("motyw"), max_length=5, default="auto",
                             choices=[("auto", _("jak w systemie")), ("light", _("jasny")), ("dark", _("ciemny"))])  # fmt: skip
    must_change_password = models.BooleanField(default=False)

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["first_name", "last_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("użytkownik")

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    granted: tuple[date | None, list[Any]] = (None, [])
    """The day and what the user may be on it, when the one who loaded them asked (`orgs.queries.acting.user_today`)."""

    # allauth and Django ask; rights come from posts only.
    is_staff = False
    is_superuser = False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Team(Owned):
    """A team of workers with a leader (zespół do spraw asysty rodzinnej, uwrspz art. 10)."""

    privacy = Privacy(plain=("name",), retention="institution")
    name = models.CharField(_("nazwa"), max_length=80)

    class Meta:
        verbose_name = _("zespół")

    def __str__(self) -> str:
        return self.name


class Post(Owned):
    """A person's employment in an institution: cases are assigned to posts, not to log-ins."""

    privacy = Privacy(
        plain=("title", "contract", "fte_percent", "since", "until", "phone", "authorised_on", "secrecy_signed_on"),
        retention="institution",
    )
    last_on = property(last_day)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(_("stanowisko"), max_length=80)
    contract = models.CharField(_("forma zatrudnienia"), max_length=10, choices=CONTRACT_KINDS.choices())
    fte_percent = models.PositiveSmallIntegerField(_("wymiar etatu (%)"), default=100)
    phone = models.CharField(_("telefon służbowy"), max_length=40, blank=True)
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)
    authorised_on = models.DateField(_("upoważnienie do przetwarzania danych z dnia"), null=True, blank=True)
    secrecy_signed_on = models.DateField(_("zobowiązanie do zachowania tajemnicy z dnia"), null=True, blank=True)

    class Meta:
        verbose_name = _("zatrudnienie")
        constraints: ClassVar = [
            NoOverlap(name="post_no_overlap", per=("institution", "user", "title"),
                      violation_error_message=_("Ta osoba ma już takie stanowisko w tym okresie.")),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="post_period",
                                   violation_error_message=_("Koniec zatrudnienia musi być po jego początku.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user.full_name}, {self.title}"


class RoleGrant(Owned):
    """A role held by a post for a period."""

    privacy = Privacy(plain=("role", "since", "until"), retention="institution")
    last_on = property(last_day)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(_("rola"), max_length=16, choices=ROLES.choices())
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("rola")
        constraints: ClassVar = [
            NoOverlap(name="role_no_overlap", per=("post", "role"),
                      violation_error_message=_("Ta rola jest już nadana w tym okresie.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return ROLES.label_of(self.role)


class Substitution(Owned):
    """Zastępstwo: `stand_in` works with the families of `absent` for a period."""

    privacy = Privacy(plain=("since", "until", "reason"), sensitive=("handover",), retention="institution")
    last_on = property(last_day)
    absent = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="substituted_by")
    stand_in = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="stands_in_for")
    since = models.DateField(_("od"))
    until = models.DateField(_("do"))
    reason = models.CharField(_("powód"), max_length=200, blank=True)
    handover = models.TextField(_("co przekazuję na czas zastępstwa"), blank=True)

    class Meta:
        verbose_name = _("zastępstwo")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(absent=F("stand_in")), name="substitution_other_person",
                                   violation_error_message=_("Nikt nie zastępuje samego siebie.")),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="substitution_period",
                                   violation_error_message=_("Koniec zastępstwa musi być po jego początku.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.absent} → {self.stand_in}"


class Absence(Owned):
    """A period when a post does not work."""

    privacy = Privacy(plain=("kind", "since", "until"), retention="institution")
    last_on = property(last_day)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(_("rodzaj"), max_length=10, choices=ABSENCE_KINDS.choices())
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("nieobecność")
        constraints: ClassVar = [
            NoOverlap(name="absence_no_overlap", per=("post",),
                      violation_error_message=_("W tym okresie jest już zapisana nieobecność.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.post}: {ABSENCE_KINDS.label_of(self.kind)}"


class ParameterValue(Owned):
    """A dated local setting: what the institution decided where the law gives no number (kernel.legal.Parameter)."""

    privacy = Privacy(plain=("code", "value", "since", "decided_by"), retention="institution")
    code = models.CharField(_("ustawienie"), max_length=80)
    value = models.JSONField(_("wartość"))
    since = models.DateField(_("obowiązuje od"))
    decided_by = models.CharField(_("podstawa decyzji"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("ustawienie instytucji")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "code", "since"], name="parameter_once",
                                    violation_error_message=_("To ustawienie ma już wartość od tego dnia.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} od {self.since}"


class JrwaClass(Owned):
    """One class of the institution's own subject file index (JRWA): its symbol goes into case marks. Symbols are local by law."""

    privacy = Privacy(plain=("symbol", "title", "category", "used_for", "since", "until"), retention="institution")
    last_on = property(last_day)
    symbol = models.CharField(_("symbol"), max_length=12)
    title = models.CharField(_("hasło klasyfikacyjne"), max_length=200)
    category = models.CharField(_("kategoria archiwalna"), max_length=8, blank=True)
    used_for = models.CharField(_("używany do"), max_length=16, choices=JRWA_USES.choices(), default="OTHER")
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("klasa z wykazu akt")
        constraints: ClassVar = [
            NoOverlap(name="jrwa_no_overlap", per=("institution", "symbol"),
                      violation_error_message=_("Ten symbol jest już w wykazie akt w tym okresie.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}"


class Notice(Owned):
    """A line shown to one post in the application: something happened that they should know, with a link to it."""

    privacy = Privacy(plain=("title", "url", "read_at"), retention="institution")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="notices")
    title = models.CharField(_("treść"), max_length=240)
    url = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(_("przeczytano"), null=True, blank=True)

    class Meta:
        verbose_name = _("powiadomienie")
        indexes: ClassVar = [models.Index(fields=["post", "read_at", "-id"], name="notice_post")]

    def __str__(self) -> str:
        return self.title
