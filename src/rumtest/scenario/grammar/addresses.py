"""Addresses: what may be opened, and where a site may stand."""

from urllib.parse import urlsplit

__all__ = ["address_mistake", "base_url_mistake"]


def address_mistake(text: str) -> str | None:
    """What is wrong with an address to open: it must begin with `/`, `http://` or `https://`."""
    if text.startswith(("/", "http://", "https://", "${")):
        return None
    return f"'{text}' is not an address; begin it with `/` (below base_url) or with http"


def base_url_mistake(text: str) -> str | None:
    """What is wrong with the address of a site: http or https, with a host, without a query."""
    try:
        parts = urlsplit(text)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
        parts = urlsplit("")
    if not fine or any(c.isspace() for c in text):
        return f"'{text}' is not the address of a site (http://127.0.0.1:8911)"
    if parts.query or parts.fragment:
        return f"'{text}' has a query or a fragment; pages are opened below a base_url"
    return None
