#include "source/names.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

struct NameRow {
  const char* path;
  NameKind kind;
  const char* id;
};

class Names : public testing::TestWithParam<NameRow> {};

TEST_P(Names, GiveKindAndId) {
  const NameRow& row = GetParam();
  EXPECT_EQ(kind_of_name(row.path), row.kind) << row.path;
  EXPECT_EQ(id_of_path(row.path), row.id) << row.path;
}

INSTANTIATE_TEST_SUITE_P(
    Table, Names,
    testing::Values(NameRow{"0001.html", NameKind::html, "0001"},
                    NameRow{"pages/0001.html.gz", NameKind::html, "0001"},
                    NameRow{"pages/0001.html.zst", NameKind::html, "0001"},
                    NameRow{"a.htm", NameKind::html, "a"}, NameRow{"a.xhtml", NameKind::html, "a"},
                    NameRow{"A.HTML.GZ", NameKind::html, "A"}, NameRow{"a.txt", NameKind::text, "a"},
                    NameRow{"a.txt.gz", NameKind::text, "a"},
                    NameRow{"a.jsonl", NameKind::jsonl, "a"},
                    NameRow{"a.ndjson.zst", NameKind::jsonl, "a"},
                    NameRow{"a.b.html", NameKind::html, "a.b"},
                    NameRow{"a.html.html", NameKind::html, "a.html"},
                    NameRow{"page.php", NameKind::unknown, "page.php"},
                    NameRow{"page.gz", NameKind::unknown, "page"},
                    NameRow{"dir.html/page", NameKind::unknown, "page"},
                    NameRow{".html", NameKind::unknown, ".html"},
                    NameRow{"html", NameKind::unknown, "html"},
                    NameRow{"seite mit ümlaut.html", NameKind::html, "seite mit ümlaut"},
                    NameRow{"line\nend.html", NameKind::html, "line\nend"},
                    NameRow{"", NameKind::unknown, ""}, NameRow{"dir/", NameKind::unknown, ""}));

}  // namespace
}  // namespace marrow
