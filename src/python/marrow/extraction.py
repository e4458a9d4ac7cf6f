"""``extract``: one call from HTML to text, in the manner of ``trafilatura.extract``, for programs that change over."""

from __future__ import annotations

import threading

from ._marrow import Cleaner

_FORMATS = {"txt": "text", "markdown": "markdown", "json": "text"}
_cleaners: dict[tuple, Cleaner] = {}
_making = threading.Lock()


def _cleaner(body: str, images: bool) -> Cleaner:
    """Cleaners are made once and kept: making one loads rules and models."""
    key = (body, images)
    with _making:
        if key not in _cleaners:
            _cleaners[key] = Cleaner(body=body, images=images)
        return _cleaners[key]


def extract(html, url=None, output_format="txt", *, include_images=False, with_metadata=False):
    """The article body of a page as text, Markdown or a JSON record; ``None`` where there is none.

    html: bytes as they came (the charset is found out), or str.
    url: where it came from; relative links are resolved against it.
    output_format: "txt", "markdown" or "json" (the whole record as ``marrow clean`` writes it).
    with_metadata: of text and Markdown, puts the title, author and date before the body as a YAML head.

    Raises ValueError for another format, TypeError for what is neither bytes nor str.
    """
    if output_format not in _FORMATS:
        raise ValueError(f"output_format is one of {', '.join(_FORMATS)}, not {output_format!r}")
    record = _cleaner(_FORMATS[output_format], include_images).clean(html, url)
    if not record.body:
        return None
    if output_format == "json":
        return record.to_json()
    return _head(record) + record.body if with_metadata else record.body


def _head(record) -> str:
    import json

    lines = ["---"]
    for name in ("title", "author", "url", "site", "description", "published"):
        value = getattr(record, name)
        if value:
            lines.append(f"{name}: {json.dumps(value, ensure_ascii=False)}")  # a JSON string is a YAML string
    return "\n".join(lines) + "\n---\n\n"
