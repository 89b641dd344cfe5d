"""A mail as it came, read: whatever it holds, something is made of it."""

import hashlib
import html
import re
from collections.abc import Iterator, Mapping
from email import message_from_bytes, policy
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from typing import cast

from supporttui.domain.incoming.letter import Letter
from supporttui.domain.incoming.report import TEXT, TITLE, key_of

MOST_FILES = 20
MOST_BEFORE = 30
MOST_HEADERS = 200
_ID = re.compile(r"<([^<>\s]{1,2000})>")
_SILENT = re.compile(r"(?is)<(script|style|head|title)\b.*?(</\1\s*>|$)|<!--.*?(-->|$)")
_BREAK = re.compile(r"(?i)<(br|/p|/div|/tr|/li|/h[1-6])\b[^>]{0,200}>")
_QUOTE = re.compile(r"(?i)<(/?blockquote)\b[^<>]{0,2000}>")
_MARK = re.compile(r"<[^<>]{0,2000}>")
_FAULTS = (HeaderParseError, MessageError, LookupError, ValueError, AttributeError, TypeError)
"""What the standard library's parser raises for headers and bodies that are none."""


def letter(raw: bytes) -> Letter:
    """A mail; a header that cannot be read counts as it stands, a body that cannot be decoded with its bad letters."""
    try:
        parsed = cast("EmailMessage", message_from_bytes(raw, policy=policy.compat32))
        body, files = _content(parsed)
    except RecursionError:  # parts in parts in parts, which nobody sends in earnest
        parsed, body, files = cast("EmailMessage", BytesHeaderParser().parsebytes(raw)), "", ()
    headers = _headers(parsed)
    name, sender = _sender(headers)
    own = _ID.findall(headers.get("message-id", ""))
    return Letter(
        id=key_of(own[0]) if own else hashlib.sha256(raw).hexdigest(),
        sender=sender,
        name=name,
        subject=headers.get("subject", "")[:TITLE],
        body=body,
        before=_before(headers),
        headers=headers,
        attachments=files,
    )


def _headers(parsed: EmailMessage) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, value in parsed.items()[:MOST_HEADERS]:
        found.setdefault(str(name).casefold(), " ".join(_decoded(str(value)).split())[:TEXT])
    return found


def _decoded(value: str) -> str:
    try:
        pieces = decode_header(value)
    except _FAULTS:
        return value
    return "".join(piece if isinstance(piece, str) else _text(piece, charset or "utf-8") for piece, charset in pieces)


def _text(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace")
    except (LookupError, ValueError):  # a character set that there is not
        return data.decode("utf-8", "replace")


def _sender(headers: Mapping[str, str]) -> tuple[str, str]:
    for field in ("from", "sender"):
        for name, address in _addresses(headers.get(field, "")):
            if re.fullmatch(r"[^\s@<>]{1,64}@[^\s@<>]{1,255}", address):
                return name[:TITLE], address.casefold()
    return "", ""


def _addresses(text: str) -> list[tuple[str, str]]:
    try:
        return getaddresses([text])
    except RecursionError:  # thousands of brackets
        return []


def _before(headers: Mapping[str, str]) -> tuple[str, ...]:
    nearest = _ID.findall(headers.get("in-reply-to", ""))
    chain = reversed(_ID.findall(headers.get("references", "")))
    return tuple(dict.fromkeys(map(key_of, (*nearest, *chain))))[:MOST_BEFORE]


def _content(parsed: EmailMessage) -> tuple[str, tuple[str, ...]]:
    """The first plain text, else what is readable of the first HTML; the names of files."""
    plain, rich, files = "", "", list[str]()
    for part in _parts(parsed):
        kind, name = part.get_content_type(), _name(part)
        if name or part.get_content_disposition() == "attachment":
            files.append(name or kind)
        elif kind == "text/plain" and not plain:
            plain = _body(part)
        elif kind == "text/html" and not rich:
            rich = _readable(_body(part))
    return (plain or rich).strip()[:TEXT], tuple(files[:MOST_FILES])


def _parts(parsed: EmailMessage) -> Iterator[EmailMessage]:
    return (part for part in parsed.walk() if not part.is_multipart())


def _name(part: EmailMessage) -> str:
    try:
        return " ".join(_decoded(part.get_filename() or "").split())[:TITLE]
    except _FAULTS:
        return "?"


def _body(part: EmailMessage) -> str:
    try:
        data = part.get_payload(decode=True)
        charset = part.get_content_charset() or "utf-8"
    except _FAULTS:
        return ""
    return _text(data, charset).replace("\r\n", "\n") if isinstance(data, bytes) else ""


def _readable(text: str) -> str:
    """What a person would read of a page; what it quotes begins with ``>``, as in a plain text."""
    parts = _QUOTE.split(_SILENT.sub("", text[: TEXT * 10]))
    found, depth = list[str](), 0
    for i, part in enumerate(parts):
        if i % 2:
            depth = max(0, depth + (-1 if part.startswith("/") else 1))
        elif lines := _lines(part):
            found += [f"{'>' * depth} {line}".rstrip() for line in lines] if depth else lines
    return "\n".join(found)


def _lines(part: str) -> list[str]:
    bare = _MARK.sub("", _BREAK.sub("\n", part))
    whole = "\n".join(" ".join(line.split()) for line in html.unescape(bare).splitlines())
    return re.sub(r"\n{3,}", "\n\n", whole).splitlines()
