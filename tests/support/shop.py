"""Asks the shop questions over a real socket, and reads what a page says."""

from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse

from rumtest.shop import RunningShop


def ask(
    shop: RunningShop,
    path: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[HTTPResponse, bytes]:
    """One request on a connection of its own: the answer with its head, and its body."""
    connection = HTTPConnection("127.0.0.1", shop.port, timeout=10)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


class Read(HTMLParser):
    """A page as a reader has it: its text by element name, and the attributes of every element."""

    def __init__(self, page: bytes | str) -> None:
        super().__init__()
        self.text: dict[str, list[str]] = {}
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._path: list[str] = []
        self.feed(page if isinstance(page, str) else page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.text.setdefault(tag, []).append("")
        self._path.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._path and self._path.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in set(self._path):
            self.text[tag][-1] += data

    def values(self, name: str) -> list[str]:
        """The values of that attribute, wherever it stands."""
        return [value for _, attributes in self.elements if (value := attributes.get(name))]
