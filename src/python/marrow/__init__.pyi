from os import PathLike
from typing import Any, BinaryIO, Iterable, Iterator, Literal, Mapping, Sequence, Union

from .errors import ArchiveError as ArchiveError, Error as Error, InputError as InputError, RuleError as RuleError

__version__: str

_Content = Union[bytes, bytearray, memoryview, str]
_AnyPage = Union["Page", _Content, tuple[_Content, Union[str, None]]]
_Kind = Literal["article", "listing", "collection", "forum", "product", "documentation", "service"]
_RelatedKind = Literal["prev", "next", "related", "in_article", "popular", "latest", "more_from", "sponsored", "item"]

class RelatedLink:
    """A link that leads onward."""

    @property
    def url(self) -> str | None:
        """Absolute, without tracking parameters; None where the link has none."""
    @property
    def text(self) -> str:
        """What the link says, or the title of the item it stands for."""
    @property
    def kind(self) -> _RelatedKind:
        """What it leads to: prev, next, related, in_article, popular, latest, more_from, sponsored, item."""

class Teaser:
    """An excerpt of another item."""

    @property
    def text(self) -> str:
        """The excerpt as the page shows it."""
    @property
    def url(self) -> str | None:
        """Where the item that it previews stands; None where the page does not say."""
    @property
    def truncated(self) -> bool:
        """It is cut off ("...")."""
    @property
    def page(self) -> str | None:
        """URL of the page whose body begins with this text (site memory)."""

class Quality:
    """How far a record can be trusted."""

    @property
    def confidence(self) -> float:
        """Predicted word F1 of the body, 0 to 1."""
    @property
    def words(self) -> int:
        """Of the body; in scripts without spaces every two characters count as one."""
    @property
    def flags(self) -> list[str]:
        """Sorted; what each means is in the schema."""
    @property
    def emptied_by(self) -> list[str]:
        """Ids of the rules that left the page without a body; [] unless there is the flag needs_review."""

class Record:
    """What marrow says of one page: the fields of ``schema()``; unknown ones are None. Immutable."""

    @property
    def id(self) -> str:
        """As given, else the URL."""
    @property
    def url(self) -> str | None:
        """The one given, else what the page says of itself."""
    @property
    def canonical_url(self) -> str | None:
        """What the page calls itself."""
    @property
    def fetched_at(self) -> str | None:
        """RFC 3339, UTC."""
    @property
    def status(self) -> int | None:
        """Of HTTP, 100 to 999."""
    @property
    def title(self) -> str | None:
        """Of the article; without the site's name."""
    @property
    def author(self) -> str | None:
        """Names, separated by ", "."""
    @property
    def published(self) -> str | None:
        """Day, YYYY-MM-DD."""
    @property
    def modified(self) -> str | None:
        """Day, YYYY-MM-DD."""
    @property
    def site(self) -> str | None:
        """The site's name."""
    @property
    def language(self) -> str | None:
        """Of the body: ISO 639-1, or 639-3 where there is no short code."""
    @property
    def description(self) -> str | None:
        """The page's own summary."""
    @property
    def image(self) -> str | None:
        """URL of the page's main picture."""
    @property
    def charset(self) -> str | None:
        """What the bytes were read as."""
    @property
    def rules(self) -> str | None:
        """Digest (SHA-256) of the rule set that decided."""
    @property
    def kind(self) -> _Kind:
        """What kind of page it is."""
    @property
    def body(self) -> str:
        """The article: text, paragraphs parted by an empty line, or Markdown; "" where the page has none."""
    @property
    def related(self) -> list[RelatedLink]:
        """Links that lead onward, one a target, in the page's order."""
    @property
    def teasers(self) -> list[Teaser]:
        """Excerpts of other items, in the page's order."""
    @property
    def quality(self) -> Quality:
        """How sure the body is, and what is to be known about it."""
    def to_dict(self) -> dict[str, Any]:
        """The record as ``json.loads`` of ``to_json`` gives it."""
    def to_json(self) -> str:
        """One line, as ``marrow clean`` writes it, without the line end."""
    def to_json_bytes(self) -> bytes:
        """The same in UTF-8."""

class Page:
    """A page as it came: what ``iter_warc`` gives and ``clean_many`` takes.

    content: bytes, or str (then the charset is UTF-8). text: a plain text, no HTML. status: 100 to 999, HTTP.
    fetched_at: RFC 3339. charset: of the HTTP header.
    """

    def __init__(self, content: _Content, url: str | None = None, *, id: str = "", charset: str | None = None,
                 fetched_at: str | None = None, status: int | None = None, text: bool = False) -> None: ...
    @property
    def content(self) -> bytes:
        """The bytes as they came (a copy)."""
    @property
    def url(self) -> str | None:
        """Where it came from."""
    @property
    def id(self) -> str:
        """Of an archive: WARC-Record-ID."""
    @property
    def charset(self) -> str | None:
        """Of the HTTP header."""
    @property
    def fetched_at(self) -> str | None:
        """RFC 3339; of an archive: WARC-Date."""
    @property
    def status(self) -> int | None:
        """Of HTTP."""
    @property
    def text(self) -> bool:
        """A plain text (WET), no HTML."""
    @property
    def truncated(self) -> bool:
        """The archive says that the end is missing (WARC-Truncated)."""
    @property
    def origin(self) -> str:
        """Where it was read: "FILE@OFFSET" of an archive."""
    def __len__(self) -> int:
        """Bytes."""

class SiteMemory:
    """What the pages of sites have in common; merging is associative, commutative and idempotent."""

    def __init__(self) -> None: ...
    def merge(self, other: SiteMemory) -> None:
        """Takes in what another knows. The other stays as it is."""
    def to_bytes(self) -> bytes:
        """The file format of ``marrow learn``."""
    @staticmethod
    def from_bytes(data: bytes) -> SiteMemory:
        """Raises InputError for what is none, damaged or of a newer version."""
    def __bool__(self) -> bool: ...

class Cleaner:
    """Cleans pages; made once (0.1 s: rules and models are loaded), used by any number of threads.

    rules: folders or .toml files, read after the built-in rules. body: "text" or "markdown". images: keep them in Markdown.
    models: False judges by density alone. memory: what is known of the sites. max_bytes: of one page; the rest is cut and the
    record flagged over_budget. Raises RuleError where a rule or model is missing or wrong, ValueError for another body.
    """

    def __init__(self, *, rules: Sequence[str] = (), body: Literal["text", "markdown"] = "text", builtin_rules: bool = True,
                 images: bool = False, models: bool = True, model_dir: str = "", memory: SiteMemory | None = None,
                 max_bytes: int = 20971520) -> None: ...
    def clean(self, html: _Content, url: str | None = None, *, id: str = "", charset: str | None = None,
              fetched_at: str | None = None, status: int | None = None) -> Record:
        """The record of an HTML page. Raises TypeError for what is neither bytes nor str, InputError for a status that is none."""
    def clean_text(self, text: _Content, url: str | None = None, *, id: str = "") -> Record:
        """The record of a plain text that somebody else extracted."""
    def clean_page(self, page: Page) -> Record:
        """The record of a page of an archive (or of one that was made by hand). Never fails."""
    def clean_many(self, pages: Iterable[_AnyPage], *, threads: int = 0) -> Iterator[Record]:
        """Records in the order of the pages, cleaned on so many threads (0: one a core), 32 a thread read ahead."""
    def learn(self, page: Page, memory: SiteMemory) -> str:
        """Adds what the page tells of its site; the host, "" for a page without URL. One memory a thread."""
    @property
    def rules(self) -> str:
        """Digest of the rule set, as in the records."""

class ArchiveReader(Iterator[Page]):
    """Pages of an archive. Iterate on one thread."""

    def __next__(self) -> Page: ...
    @property
    def damaged(self) -> int:
        """Records and pages that were broken so far."""
    @property
    def messages(self) -> list[str]:
        """"FILE@OFFSET: what is wrong" of the first 1,000 of them."""
    @property
    def left_out(self) -> Mapping[str, int]:
        """Records that are no page: other_record, revisit, status (redirects, errors), content_type (images …)."""

def iter_warc(source: str | PathLike[str] | bytes | BinaryIO, *, start: int = 0, length: int | None = None,
              max_bytes: int = 20971520) -> ArchiveReader:
    """The pages of a WARC or WET archive (plain, gzip, zstd).

    source: a path, the archive's bytes, or an object with read(n). start, length: bytes of the file; only records that
    begin in them (paths only). max_bytes: of one page. Raises ArchiveError where it cannot be opened; damage is counted.
    """

def extract(html: _Content, url: str | None = None, output_format: Literal["txt", "markdown", "json"] = "txt", *,
            include_images: bool = False, with_metadata: bool = False) -> str | None:
    """The article body of a page as text, Markdown or a JSON record; None where there is none."""

def schema() -> str:
    """JSON Schema of a record."""
