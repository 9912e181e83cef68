"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from standoff.ingest.capture import now
from standoff.store.people import SESSION
from standoff.web.guard import SESSION_COOKIE, TOKEN_COOKIE
from standoff.web.view import page, site

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def ask(request: Request) -> Response:
    held = site(request)
    return page(
        request,
        "sign-in.html",
        with_token=held.access.token is not None,
        with_name=held.store.people.any(),
        asks=held.access.settle(held.store),
        wrong=False,
    )


@router.post("/sign-in")
def sign_in(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    token: Annotated[str, Form()] = "",
) -> Response:
    held = site(request)
    if token and held.access.opens(token, request):
        return _enter(request, TOKEN_COOKIE, token)
    if name := " ".join(name.split())[:80]:
        with held.access.guesses.turn(name):
            key = held.store.people.sign_in(name, password, now())
        held.access.guesses.was(name, key is not None)
        if key is not None:
            return _enter(request, SESSION_COOKIE, key)
    asked = {
        "with_token": held.access.token is not None,
        "with_name": held.store.people.any(),
        "asks": held.access.settle(held.store),
    }
    return page(request, "sign-in.html", status=403, wrong=True, **asked)


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    key = request.cookies.get(SESSION_COOKIE)
    if key:
        site(request).store.people.sign_out(key)
    answer = RedirectResponse("/sign-in", 303)
    for cookie in (SESSION_COOKIE, TOKEN_COOKIE):
        answer.delete_cookie(cookie)
    return answer


def _by_tls(request: Request) -> bool:
    """Whether the browser came by a safe way: to a server before this one, which then says so, or the browser does."""
    named = (request.headers.get("x-forwarded-proto", ""), request.headers.get("origin", "").partition(":")[0])
    return request.url.scheme == "https" or "https" in named


def _enter(request: Request, cookie: str, value: str) -> Response:
    answer = RedirectResponse("/", 303)
    secure = _by_tls(request)
    age = int(SESSION.total_seconds())
    answer.set_cookie(cookie, value, httponly=True, samesite="strict", secure=secure, max_age=age)
    return answer
