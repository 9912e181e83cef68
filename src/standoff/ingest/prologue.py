"""What may stand before the first element of a page or a feed: declarations and comments, stepped over one by one.

One pattern for all of them looks alike and takes for ever: forty empty comments can be cut into comments in more ways
than can be tried.
"""

from __future__ import annotations

_SPACE = b" \t\r\n\f\v"


def after(head: bytes) -> bytes:
    """The bytes from the first element on; none where a comment has no end.

    >>> after(b'<?xml version="1.0"?> <!-- a --><!----><rss>')
    b'<rss>'
    """
    at = 0
    while True:
        while head[at : at + 1] and head[at] in _SPACE:
            at += 1
        if head.startswith(b"<!--", at):
            # The dashes that open a comment may close it too: <!--> and <!---> are comments, to a browser.
            end, length = head.find(b"-->", at + 2), 3
        elif head.startswith(b"<?", at):
            end, length = head.find(b">", at), 1
        else:
            return head[at:]
        if end < 0:
            return b""
        at = end + length
