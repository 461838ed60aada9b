"""The terminal's own words in Polish: help, groups of options, what is wrong with a typed command."""

from __future__ import annotations

from typing import Any

from cyclopts import App, Parameter
from cyclopts.help import DefaultFormatter

USAGE = {"Usage:": "Użycie:", "COMMAND": "POLECENIE", "[OPTIONS]": "[OPCJE]", "[ARGS]": "[DANE]"}
WRONG = {
    "MissingArgumentError": "Brakuje „{name}”.",
    "UnknownOptionError": "Nie ma opcji „{typed}”.",
    "CoercionError": "„{typed}” nie pasuje do „{name}”.",
    "UnknownCommandError": "Nie ma polecenia „{typed}”.",
    "UnusedCliTokensError": "Za dużo danych: „{typed}”.",
}


class PolishHelp(DefaultFormatter):
    """cyclopts' help with its few English words in Polish."""

    def render_usage(self, console: Any, options: Any, usage: Any) -> None:
        """The line that says how to type the command."""
        said = f"Usage: {usage}" if usage and "Usage:" not in str(usage) else str(usage or "")
        for english, polish in USAGE.items():
            said = said.replace(english, polish)
        console.print(said.rstrip(), markup=False, highlight=False, soft_wrap=True)

    def __call__(self, console: Any, options: Any, panel: Any) -> None:
        """One box of commands or options; what is required says so in Polish."""
        entries = [
            one.copy(required=False, description=f"{_plain(one.description)} (wymagane)".strip())
            if one.required
            else one
            for one in panel.entries
        ]
        super().__call__(console, options, panel.copy(entries=entries))


def _plain(description: Any) -> str:
    found = getattr(description, "primary_renderable", description)
    return str(getattr(found, "markup", found) or "")


def wrong(error: Any) -> str:
    """What is wrong with the typed command, and where to read on."""
    token = getattr(error, "token", None)
    typed = (token and (token.keyword or token.value)) or " ".join(error.unused_tokens or ())
    if not typed or type(error).__name__ == "CoercionError":
        typed = token.value if token else typed
    name = error.argument.name if error.argument is not None else ""
    said = WRONG.get(type(error).__name__, "Nie rozumiem tego polecenia.").format(typed=typed, name=name)
    command = " ".join(("gniazdo", *(error.command_chain or ())))
    return f"[bold red]✗[/] {said} Pomoc: {command} --help"


def polish(name: str, help: str) -> App:
    """An App of cyclopts that speaks Polish."""
    made = App(
        name=name, help=help, version_flags=[], group_commands="Polecenia", group_parameters="Opcje", group_arguments="Dane",
        default_parameter=Parameter(show_default=False), help_formatter=PolishHelp(), error_formatter=wrong,
    )  # fmt: skip
    made["--help"].help = "Pokaż tę pomoc."
    return made
