"""The command line. Every command is the function of its name in the module of its name in `gongkai.commands`, or
in the package there that is named as its group.
"""

from __future__ import annotations

import inspect
import sys
import traceback
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from gongkai.endings import ExitCode, endings

COMMANDS = (
    "demo",
    "crawl",
    "import",
    "build",
    "run",
    "release",
    "diff",
    "upload",
    "query",
    "extract",
    "evaluate",
    "identify",
    "coverage",
    "explain",
    "portals",
)
GROUPS = {"portals": ("list", "add", "check")}
"""Commands that have commands of their own."""

PATHS = tuple(f"{name} {inner}".strip() for name in COMMANDS for inner in GROUPS.get(name, ("",)))
"""Every command that does something, with its group before it."""

_EXAMPLE = "Example: "
_TAKEN = ("import", "list")  # words of Python, which cannot name a function


class Commands(TyperGroup):
    """The commands, each imported only when it is asked for: a start costs no more than its command needs."""

    group = ""
    names: tuple[str, ...] = COMMANDS

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        # suggested for a misspelt one
        self.commands.update({name: TyperCommand(name) for name in self.names})

    def get_command(self, ctx: object, cmd_name: str) -> TyperCommand | TyperGroup | None:  # noqa: ARG002 - typer's signature
        if cmd_name not in self.names:
            return None
        return (
            load_group(cmd_name) if cmd_name in GROUPS else load_command(f"{self.group} {cmd_name}".strip())
        )

    def invoke(self, ctx: Any) -> Any:
        with endings():
            return super().invoke(ctx)


class PortalCommands(Commands):
    """The commands of the group `portals`."""

    group = "portals"
    names = GROUPS["portals"]


def load_group(name: str) -> TyperGroup:
    """The group of commands of that name; its help is the docstring of its package."""
    group = typer.Typer(cls=PortalCommands, add_completion=False, no_args_is_help=True, rich_markup_mode=None)
    group.callback(help=import_module(f"gongkai.commands.{name}").__doc__)(lambda: None)
    return typer.main.get_group(group)


def load_command(path: str) -> TyperCommand:
    """The command of PATHS. The example in its docstring stands last in its help, never broken over lines."""
    name = path.rpartition(" ")[2]
    function_name = f"{name}_" if name in _TAKEN else name
    module = ".".join((*path.split()[:-1], function_name))
    function = getattr(import_module(f"gongkai.commands.{module}"), function_name)
    text, _, after = inspect.cleandoc(function.__doc__ or "").partition(_EXAMPLE)
    example, _, rest = after.partition("\n")
    one = typer.Typer(add_completion=False, rich_markup_mode=None)
    one.command(name, help=text.rstrip() + "\n" + rest, epilog=f"\b\n{_EXAMPLE}{example}")(function)
    command = typer.main.get_command(one)
    if not isinstance(command, TyperCommand):
        raise TypeError(f"{path} is not one command")
    return command


def _show_version(asked: bool) -> None:
    if asked:
        from pipeline.build import reader

        typer.echo(reader())
        raise typer.Exit


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"max_content_width": 110},
    epilog="\b\nExit codes:\n" + "\n".join(f"  {code.value:>3}  {code.description}" for code in ExitCode),
)


@app.callback()
def top(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and end."),
    ] = False,
) -> None:
    """Find, keep and read Chinese government organs' yearly reports on open government information (公开)."""


def main() -> None:
    """Run the command line with the arguments of this process."""
    try:
        app(prog_name="gongkai")
    except Exception:  # noqa: BLE001 - left alone it would end with 1, which says that the work was done
        traceback.print_exc()
        sys.exit(ExitCode.NOT_DONE)
