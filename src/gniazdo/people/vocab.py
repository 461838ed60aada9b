"""Word lists of persons and families."""

from gniazdo.kernel.vocab import Word, WordList

SEX = WordList("people.sex", "Płeć", Word("F", "kobieta"), Word("M", "mężczyzna"), Word("U", "nieustalona"))

FAMILY_ROLES = WordList(
    "people.family_role",
    "Rola w rodzinie",
    Word("PARENT", "rodzic"),
    Word("STEP", "partner/partnerka rodzica"),
    Word("GUARDIAN", "opiekun prawny"),
    Word("CHILD", "dziecko"),
    Word("ADULT_CHILD", "pełnoletnie dziecko"),
    Word("GRANDPARENT", "dziadek/babcia"),
    Word("RELATIVE", "inny krewny"),
    Word("OTHER", "inna osoba w gospodarstwie"),
)
