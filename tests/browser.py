"""The application for real: uvicorn on loopback in a thread, and Debian's Chromium in front of it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from standoff.settings import Settings
from standoff.store import Store
from standoff.web.app import create_app
from standoff.web.guard import Access


def chromium() -> str | None:
    """The browser's program, where there is one."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def served(store: Store, access: Access | None = None, settings: Settings | None = None) -> Iterator[str]:
    """A store's pages on a free port of loopback; their address."""
    config = uvicorn.Config(create_app(store, access, settings), host="127.0.0.1", port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def browsing(**options: Any) -> Iterator[Any]:
    """A browser that can reach nothing but loopback; gives Playwright's context."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        context = browser.new_context(**options)
        try:
            yield context
        finally:
            context.close()
            browser.close()
