// Difference: what became of a page's blocks and links under other rules, or in another version of the page. Takes two Snapshots,
// which own what they hold (a Document dies with its workspace's next page), pairs blocks by their text and links by address and
// text, in order, and says which changed verdict, which are new and which are gone. Pairing: runs of equals at both ends, then what
// stands once on either side (patience diff), then what is equal between those; n log n. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "marrow.h"
#include "record/record.h"
#include "rules/ruleset.h"

namespace marrow {

struct Snapshot {
  struct Item {
    std::uint64_t key = 0;
    std::string verdict, by, text, path;  // text: of links with their address
  };
  std::vector<Item> blocks, links;
  Record record;
};

Snapshot snapshot_of(const Seen& seen, const Record& record, const RuleSet& rules);

struct Difference {
  struct Change {
    Id before = kNone, after = kNone;  // numbers on either side; kNone: new, or gone
    Id at = 0;                         // of what is gone: it stood before this one of `after`
  };
  struct Field {
    std::string_view name;
    std::string was, now;
  };
  std::vector<Change> blocks, links;  // in page order
  std::vector<Field> fields;          // of the record, where they differ
  bool empty() const { return blocks.empty() && links.empty() && fields.empty(); }
};

Difference difference(const Snapshot& before, const Snapshot& after);

// Pairs (before, after) of equal keys, both ascending.
std::vector<std::pair<Id, Id>> paired(const std::vector<Snapshot::Item>& before, const std::vector<Snapshot::Item>& after);

// "3 of 75 blocks changed verdict, 1 is new, 2 are gone; 4 of 33 links …", "nothing changed".
std::string difference_line(const Snapshot& before, const Snapshot& after, const Difference& difference);

// For people: a line a field, two or three a block or link. And one JSON object, on one line.
std::string difference_text(const Snapshot& before, const Snapshot& after, const Difference& difference);
std::string difference_json(const Snapshot& before, const Snapshot& after, const Difference& difference);

}  // namespace marrow
