"""``MarrowExtractor``: marrow as the extractor of a datatrove pipeline, in the place of its ``Trafilatura``.

    from datatrove.pipeline.readers import WarcReader
    from marrow.datatrove import MarrowExtractor

    pipeline = [WarcReader("s3://commoncrawl/…"), MarrowExtractor(), …]

The body becomes the document's text; documents without one are dropped, as datatrove's own extractors do. datatrove gives its
extractors the text alone, not the URL: links stay relative, which the body does not show. Needs datatrove.
"""

from __future__ import annotations

from datatrove.pipeline.extractors.base import BaseExtractor

from ._marrow import Cleaner


class MarrowExtractor(BaseExtractor):
    """Extracts the article body of each document's HTML.

    timeout: seconds a document may take, of datatrove (marrow bounds a page by itself).
    options: what ``marrow.Cleaner`` takes.
    """

    name = "⛏ marrow"

    def __init__(self, timeout: float = 1, **options):
        super().__init__(timeout)
        self.options = options
        self._cleaner = None

    def __getstate__(self):
        return {**self.__dict__, "_cleaner": None}  # made again in each process

    @property
    def cleaner(self) -> Cleaner:
        if self._cleaner is None:
            self._cleaner = Cleaner(**self.options)
        return self._cleaner

    def extract(self, text: str) -> str:
        """The body alone: what datatrove asks of every extractor."""
        return self.cleaner.clean(text).body
