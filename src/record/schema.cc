#include "record/schema.h"

namespace marrow {

std::string_view record_schema() {
  return R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "marrow record",
  "description": "What marrow says of one page: article body, related links, teasers of other items, metadata, quality. One such object a line.",
  "type": "object",
  "additionalProperties": false,
  "required": ["id", "url", "canonical_url", "fetched_at", "status", "title", "author", "published", "modified", "site", "language", "description", "image", "kind", "body", "related", "teasers", "quality", "charset", "rules"],
  "properties": {
    "id": {"type": "string", "description": "Name of the input: the file name without .html, .html.gz or .txt, the id of a JSONL line, or the URL."},
    "url": {"type": ["string", "null"], "description": "URL of the page: the one it was fetched from, else what the page says of itself."},
    "canonical_url": {"type": ["string", "null"], "description": "URL the page calls canonical (link rel=canonical, og:url), absolute, without tracking parameters."},
    "fetched_at": {"type": ["string", "null"], "description": "When the page was fetched, RFC 3339."},
    "status": {"type": ["integer", "null"], "minimum": 100, "maximum": 999, "description": "HTTP status; null where the page was not fetched."},
    "title": {"type": ["string", "null"], "description": "Headline of the page without the name of the site."},
    "author": {"type": ["string", "null"], "description": "Names of the authors, joined by a comma and a space. Null rather than a guess."},
    "published": {"type": ["string", "null"], "pattern": "^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$", "description": "Day of publication, YYYY-MM-DD. Null rather than a guess."},
    "modified": {"type": ["string", "null"], "pattern": "^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$", "description": "Day of the last change the page speaks of, YYYY-MM-DD."},
    "site": {"type": ["string", "null"], "description": "Name of the site."},
    "language": {"type": ["string", "null"], "pattern": "^[a-z][a-z][a-z]?$", "description": "Language of the body, ISO 639-1 (639-3 where there is no short code)."},
    "description": {"type": ["string", "null"], "description": "The page's own summary."},
    "image": {"type": ["string", "null"], "description": "Absolute URL of the lead image."},
    "kind": {"type": "string", "enum": ["article", "listing", "collection", "forum", "product", "documentation", "service"], "description": "Kind of page. On a listing or collection the main list is the content: its text is in body, its links are in related with kind item, its excerpts in teasers."},
    "body": {"type": "string", "description": "Text of the article, plain or Markdown; the headline not included; paragraphs split by a blank line. In plain text, items of a list and rows of a table stand on a line each, cells of a row are split by a tab. Empty where the page has none."},
    "related": {
      "type": "array",
      "description": "Links that lead onward to other items, in document order, one entry a target.",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": ["url", "text", "kind"],
        "properties": {
          "url": {"type": ["string", "null"], "description": "Absolute URL, tracking parameters dropped. Null in plain texts."},
          "text": {"type": "string", "description": "Title of the item, or the text of the link."},
          "kind": {"type": "string", "enum": ["prev", "next", "related", "in_article", "popular", "latest", "more_from", "sponsored", "item"], "description": "Why the page links there; item = an entry of the main list of an index page."}
        }
      }
    },
    "teasers": {
      "type": "array",
      "description": "Excerpts of other items, in document order.",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": ["text", "url", "truncated", "page"],
        "properties": {
          "text": {"type": "string", "description": "The excerpt as it stands on the page."},
          "url": {"type": ["string", "null"], "description": "Absolute URL of the item it previews."},
          "truncated": {"type": "boolean", "description": "True where the excerpt is visibly cut off."},
          "page": {"type": ["string", "null"], "description": "Id or URL of the page of the same run whose body begins with this text."}
        }
      }
    },
    "quality": {
      "type": "object",
      "additionalProperties": false,
      "required": ["confidence", "words", "flags"],
      "properties": {
        "confidence": {"type": "number", "minimum": 0, "maximum": 1, "description": "Predicted word F1 of the body."},
        "words": {"type": "integer", "minimum": 0, "description": "Words of the body; in scripts without spaces every two characters count as one."},
        "flags": {
          "type": "array",
          "uniqueItems": true,
          "description": "What to know before using the record, sorted. empty: no body. body_from_data: the page shows next to no text; the body is that of its JSON-LD. script_rendered: the page is drawn by script, its text does not stand in the HTML. paywalled: hard evidence of a wall (HTTP 401, 402, 403, 451 or isAccessibleForFree false). consent_wall: a cookie or consent dialogue instead of the page. truncated_input: the bytes end in the middle. soft_404: an error page served as a page. over_budget: the page was cut at a limit. possibly_truncated: the page's own data holds more than twice this body. needs_review: rules emptied the page, or the body is doubtful.",
          "items": {"type": "string", "enum": ["body_from_data", "consent_wall", "empty", "needs_review", "over_budget", "paywalled", "possibly_truncated", "script_rendered", "soft_404", "truncated_input"]}
        },
        "emptied_by": {"type": "array", "minItems": 1, "items": {"type": "string"}, "description": "Ids of the rules that left the page without a body; there only with flag needs_review, where rules did."}
      }
    },
    "charset": {"type": ["string", "null"], "description": "Character encoding the page was read as."},
    "rules": {"type": ["string", "null"], "description": "SHA-256 of the rule set, hexadecimal: a record is out of date when it changes."}
  }
}
)json";
}

}  // namespace marrow
