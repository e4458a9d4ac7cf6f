"""marrow: article body, related links and teasers of web pages.

    import marrow

    cleaner = marrow.Cleaner()                       # rules and models are loaded once: 0.1 s
    record = cleaner.clean(html, url="https://example.org/a")
    record.body, record.related[0].kind, record.quality.confidence

    for record in cleaner.clean_many(marrow.iter_warc("crawl.warc.gz")):
        print(record.to_json())

A ``Cleaner`` may be used by any number of threads; cleaning releases the interpreter's lock. Pages, records and site memories
can be pickled, a ``Cleaner`` is made anew in each process. The same page gives the same
record, byte for byte, as ``marrow clean`` of the same version. A page never fails: what could not be had of it is said in
``record.quality.flags``.
"""

from ._marrow import (
    ArchiveReader,
    Cleaner,
    Page,
    Quality,
    Record,
    RelatedLink,
    SiteMemory,
    Teaser,
    __version__,
    iter_warc,
    schema,
)
from .errors import ArchiveError, Error, InputError, RuleError
from .extraction import extract

__all__ = [
    "ArchiveError",
    "ArchiveReader",
    "Cleaner",
    "Error",
    "InputError",
    "Page",
    "Quality",
    "Record",
    "RelatedLink",
    "RuleError",
    "SiteMemory",
    "Teaser",
    "__version__",
    "extract",
    "iter_warc",
    "schema",
]
