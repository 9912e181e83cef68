"""The application: pages and interface over one store."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

import standoff
from standoff.errors import InputError, StandoffError, StoreFault
from standoff.settings import Settings
from standoff.store import Store
from standoff.store.people import Role, prepare
from standoff.web import (
    api,
    claims,
    copies,
    figures,
    find,
    first,
    hand,
    incidents,
    intake,
    map,
    over_time,
    overview,
    parties,
    people,
    reports,
    reviews,
)
from standoff.web.drawn import Drawn
from standoff.web.guard import HEADERS, SAFE, Access, Guard, Refused
from standoff.web.jobs import Jobs
from standoff.web.view import Site, may_not, page, templates

_OPEN = ("/static/", "/sign-in")
"""What is answered to anybody."""
_WRITES = (
    ("/searches", Role.READER),
    ("/sign-out", Role.READER),
    ("/add/", Role.ADMIN),
    ("/sources/feeds", Role.ADMIN),
    ("/sources/look", Role.ADMIN),
)
"""Who may write under a path, where it is not a reviewer."""


def create_app(
    store: Store, access: Access | None = None, settings: Settings | None = None, boundaries: Path | None = None
) -> FastAPI:
    """The application over an open store, which stays the caller's to close."""
    access, settings = access or Access(), settings or Settings()
    if access.settle(store):
        prepare()
    jobs = Jobs(store, settings)

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        yield
        jobs.close()

    app = FastAPI(
        title="standoff",
        version=standoff.__version__,
        summary="Who says who did what to whom, and where the accounts part.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=living,
    )
    app.state.site = Site(store, access, settings, Drawn(store), templates(), jobs, boundaries)

    @app.middleware("http")
    async def signed_in(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        path = request.scope["path"]  # not that of the address, which is put together from what the request says
        if b"%00" in request.scope["query_string"] or "\0" in request.scope["path"]:
            return _answer(request, 400, InputError("request", "asks for a character that no text has", "leave it out"))
        if path.startswith(_OPEN):
            return await go_on(request)
        from starlette.concurrency import run_in_threadpool

        try:
            who = await run_in_threadpool(access.person, request, store)
        except StandoffError as error:
            return _answer(request, error.status if isinstance(error, Refused) else 503, error)
        if who is None:
            if path.startswith("/api/"):
                return _answer(request, 401, InputError("request", "not signed in", "send the token as a Bearer"))
            return RedirectResponse("/sign-in", 303)
        request.state.person = who
        needed = _needed(request.method, path)
        if not who.role.may(needed):  # before the body is read: an upload is large
            return _answer(request, 403, may_not(who, needed))
        return await go_on(request)

    app.add_middleware(Guard, hosts=access.hosts)
    for module in (
        copies,
        first,
        hand,
        find,
        figures,
        overview,
        over_time,
        incidents,
        map,
        claims,
        reports,
        reviews,
        parties,
        intake,
        people,
        api,
    ):
        app.include_router(module.router)
    static = resources.files("standoff.web") / "static"
    app.mount("/static", StaticFiles(directory=str(static)), name="static")

    @app.exception_handler(StandoffError)
    def refused(request: Request, error: StandoffError) -> Response:
        status = error.status if isinstance(error, Refused) else 503 if isinstance(error, StoreFault) else 400
        return _answer(request, status, error)

    @app.exception_handler(Exception)
    def failed(request: Request, error: Exception) -> Response:
        words = "standoff failed on this page; please report it, with the address\n"
        return PlainTextResponse(words, 500, headers={**HEADERS, "cache-control": "no-store"})

    @app.exception_handler(HTTPException)
    def not_found(request: Request, error: HTTPException) -> Response:
        words = (
            ("there is no such page", "look for it from the first page")
            if error.status_code == 404
            else (str(error.detail).lower(), "")
        )
        return _answer(request, error.status_code, InputError(request.url.path[:200], *words))

    @app.exception_handler(RequestValidationError)
    def not_valid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"][1:]) or "request"
        return _answer(request, 422, InputError(field, str(first["msg"]).lower(), "see /api/v1/openapi.json"))

    return app


def _needed(method: str, path: str) -> Role:
    """Who may send such a request: to read is everybody's, to write a reviewer's, and a few paths are others'."""
    if method in SAFE:
        return Role.READER
    return next((role for begin, role in _WRITES if path.startswith(begin)), Role.REVIEWER)


def _answer(request: Request, status: int, error: StandoffError) -> Response:
    """An error, in the one shape that errors have."""
    if request.url.path.startswith("/api/"):
        record = {"status": status, "what": error.what, "why": error.why, "mend": error.mend}
        return JSONResponse({"error": record}, status)
    try:
        return page(request, "error.html", status=status, error=error)
    except StandoffError:  # the store that a page takes its names from is what fails
        return PlainTextResponse(f"{error}\n", status)
