#include "cli/explain_schema.h"

namespace marrow::cli {

std::string_view explain_schema() {
  return R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "marrow explain --json",
  "description": "Every block and every link of one page with its verdict, who decided, the model's reasons and what would flip it. One such object a page.",
  "type": "object",
  "additionalProperties": false,
  "required": ["id", "url", "title", "kind", "kind_confidence", "confidence", "rules", "flags", "emptied_by", "blocks", "links"],
  "properties": {
    "id": {"type": "string", "description": "Name of the input, as in its record."},
    "url": {"type": "string", "description": "URL of the page, empty where it is not known."},
    "title": {"type": "string"},
    "kind": {"type": "string", "description": "Kind of page, as in its record."},
    "kind_confidence": {"type": "number", "minimum": 0, "maximum": 1},
    "confidence": {"type": "number", "minimum": 0, "maximum": 1, "description": "Word F1 of the body to expect."},
    "body_cut": {"type": "number", "minimum": 0, "maximum": 1, "description": "Blocks whose probability of being body is this or more are body on this page. Not for plain texts."},
    "rules": {"type": "string", "description": "sha256 of the rule set."},
    "flags": {"type": "array", "items": {"type": "string"}},
    "emptied_by": {"type": "array", "items": {"type": "string"}, "description": "Ids of the rules that left the page without a body (flag needs_review)."},
    "blocks": {"type": "array", "items": {
      "type": "object",
      "additionalProperties": false,
      "required": ["block", "verdict", "by", "score", "words", "link_density", "path", "text", "flip"],
      "properties": {
        "block": {"type": "integer", "minimum": 0, "description": "Number in the order of the page."},
        "verdict": {"enum": ["body", "related", "teaser", "boilerplate"]},
        "kind": {"type": "string", "description": "Of related blocks."},
        "truncated": {"type": "boolean"},
        "by": {"enum": ["pass", "model", "filter"], "description": "Who decided: a step of the program, a model, or a rule."},
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "why": {"type": "string"},
        "partner": {"type": "integer", "description": "Of teasers: the link it previews."},
        "rule": {"$ref": "#/definitions/rule"},
        "words": {"type": "integer", "minimum": 0},
        "link_density": {"type": "number", "minimum": 0, "maximum": 1, "description": "Share of its characters inside links."},
        "hidden": {"type": "boolean"},
        "path": {"type": "string", "description": "The innermost elements it stands in."},
        "text": {"type": "string", "description": "Its first 80 characters."},
        "model": {"$ref": "#/definitions/model"},
        "flip": {"$ref": "#/definitions/flip"}
      }}},
    "links": {"type": "array", "items": {
      "type": "object",
      "additionalProperties": false,
      "required": ["link", "verdict", "by", "score", "block", "url", "href", "path", "text", "flip"],
      "properties": {
        "link": {"type": "integer", "minimum": 0},
        "verdict": {"enum": ["body", "related", "teaser", "boilerplate", "inline_link", "navigation"]},
        "kind": {"type": "string", "description": "Of related links."},
        "truncated": {"type": "boolean"},
        "by": {"enum": ["pass", "model", "filter"]},
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "why": {"type": "string"},
        "partner": {"type": "integer", "description": "The block that holds the title, where the link's own text is none."},
        "rule": {"$ref": "#/definitions/rule"},
        "block": {"type": "integer", "minimum": 0, "description": "The block it stands in or before."},
        "url": {"type": "string"},
        "href": {"type": "string", "description": "As written on the page."},
        "path": {"type": "string"},
        "text": {"type": "string"},
        "model": {"$ref": "#/definitions/model"},
        "flip": {"$ref": "#/definitions/flip"}
      }}}
  },
  "definitions": {
    "rule": {
      "type": "object",
      "description": "The rule that decided.",
      "additionalProperties": false,
      "required": ["id", "file", "line", "why"],
      "properties": {"id": {"type": "string"}, "file": {"type": "string"}, "line": {"type": "integer", "minimum": 1}, "why": {"type": "string"}}
    },
    "model": {
      "type": "object",
      "description": "What the models said, also where a rule or a pass overruled them.",
      "additionalProperties": false,
      "required": ["asked", "probability", "cut", "reasons"],
      "properties": {
        "asked": {"enum": ["body", "onward", "excerpt"], "description": "Is it body? Does it lead onward to another item? Is it an excerpt of one?"},
        "link": {"type": "integer", "minimum": 0, "description": "Of blocks that follow a link they hold: the link that was asked about."},
        "probability": {"type": "number", "minimum": 0, "maximum": 1},
        "cut": {"type": "number", "minimum": 0, "maximum": 1, "description": "Yes from here on."},
        "barred": {"type": "string", "description": "Why a yes would not count."},
        "reasons": {"type": "array", "maxItems": 10, "description": "Strongest first, up to five of each model.", "items": {
          "type": "object",
          "additionalProperties": false,
          "required": ["model", "column", "note", "value", "effect"],
          "properties": {
            "model": {"enum": ["context", "blocks", "link_context", "links", "teasers"], "description": "blocks, links: the block or link by itself; context, link_context: knowing what the page around it came out as."},
            "column": {"type": "string"},
            "note": {"type": "string", "description": "What the column is; 'ln' values are natural logarithms of one more than the count."},
            "value": {"type": ["number", "null"]},
            "effect": {"type": ["number", "null"], "description": "Log odds towards (above 0) or away from the answer, against the mean of this page's blocks or links."}
          }}}
      }
    },
    "flip": {
      "description": "The nearest single change that would have given another verdict, all else equal: a rule left out, or a column at_most or above a value. Where no single one is enough: the one that comes nearest to the cut. Null where the models have no say.",
      "type": ["object", "null"],
      "additionalProperties": false,
      "required": ["enough", "becomes"],
      "properties": {
        "enough": {"type": "boolean"},
        "becomes": {
          "type": "object",
          "additionalProperties": false,
          "required": ["verdict", "by", "score"],
          "properties": {
            "verdict": {"type": "string"}, "kind": {"type": "string"}, "truncated": {"type": "boolean"}, "by": {"enum": ["pass", "model", "filter"]},
            "score": {"type": "number"}, "why": {"type": "string"}, "partner": {"type": "integer"}, "rule": {"$ref": "#/definitions/rule"}
          }
        },
        "without_rule": {"type": "string", "description": "Id of the rule."},
        "model": {"type": "string"}, "column": {"type": "string"}, "note": {"type": "string"},
        "value": {"type": ["number", "null"], "description": "What it is now."},
        "above": {"type": "number"}, "at_most": {"type": "number"},
        "probability": {"type": "number", "minimum": 0, "maximum": 1, "description": "Of what the model was asked, behind the change."}
      }
    }
  }
}
)json";
}

}  // namespace marrow::cli
