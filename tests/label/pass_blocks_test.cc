#include <gtest/gtest.h>

#include "label/passes.h"
#include "page/page.h"

namespace marrow {
namespace {

struct Read {
  PageReader reader;
  const Document& document;
  Labels labels;
  explicit Read(std::string_view html) : document(reader.read_html(html, {"https://example.org/page", {}})) {
    labels.blocks.assign(document.blocks.size(), {});
    labels.links.assign(document.links.size(), {});
    for (Verdict& v : labels.blocks) v.label = Label::body;
    for (Verdict& v : labels.links) v.label = Label::inline_link;
  }
  // Links to /to/... are onward links.
  Read& judge() {
    for (Id l = 0; l < document.links.size(); ++l) {
      if (!document.links[l].href.starts_with("/to/")) continue;
      labels.links[l].label = Label::related;
      labels.links[l].kind = document.links[l].href.ends_with("item") ? RelatedKind::item : RelatedKind::in_article;
      labels.links[l].score = 0.9F;
    }
    return *this;
  }
  std::string body() const {
    std::string out;
    for (Id b = 0; b < document.blocks.size(); ++b)
      if (labels.blocks[b].label == Label::body) out += std::string(document.blocks[b].text) + "|";
    return out;
  }
};

struct Case {
  const char *name, *html, *body;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
const auto kName = [](const auto& i) { return std::string(i.param.name); };

class LinkBlocks : public testing::TestWithParam<Case> {};

TEST_P(LinkBlocks, LeaveTheBody) {
  Read page(GetParam().html);
  drop_link_blocks(page.document, page.judge().labels);
  EXPECT_EQ(page.body(), GetParam().body);
}

INSTANTIATE_TEST_SUITE_P(Pages, LinkBlocks, testing::ValuesIn(std::vector<Case>{
    {"whole", "<p>One.<p><a href=/to/a>Council approves plan</a><p>Two.", "One.|Two.|"},
    {"label_before", "<p>One.<p>READ ALSO: <a href=/to/a>Council approves plan</a><p>Two.", "One.|Two.|"},
    {"several_with_labels", "<p>One.<p>Recommended: <a href=/to/a>Best graphic design</a><br>Recommended: <a href=/to/b>Best boot camps</a>", "One.|"},
    {"prose_with_a_link", "<p>One.<p>Of all the towns on the coast the <a href=/to/a>council that approves plans</a> sits here.",
     "One.|Of all the towns on the coast the council that approves plans sits here.|"},
    {"a_link_of_the_text", "<p>One.<p><a href=/in/a>The report of the council</a>", "One.|The report of the council|"},
    {"half_of_them_of_the_text", "<p><a href=/to/a>Council approves plan</a> <a href=/in/b>The report of the council</a>",
     "Council approves plan The report of the council|"},
    {"items_of_a_list_are_its_body", "<ul><li><a href=/to/item>Council approves plan</a></ul>", "Council approves plan|"},
}), kName);

TEST(LinkBlocks, SayWhichKind) {
  Read page("<p>READ ALSO: <a href=/to/a>Council approves plan</a>");
  drop_link_blocks(page.document, page.judge().labels);
  EXPECT_EQ(page.labels.blocks[0].label, Label::related);
  EXPECT_EQ(page.labels.blocks[0].kind, RelatedKind::in_article);
  EXPECT_FLOAT_EQ(page.labels.blocks[0].score, 0.9F);
}

class Announcements : public testing::TestWithParam<Case> {};

TEST_P(Announcements, GoWithWhatTheyAnnounce) {
  Read page(GetParam().html);
  drop_link_blocks(page.document, page.judge().labels);
  drop_announcements(page.document, page.labels);
  EXPECT_EQ(page.body(), GetParam().body);
}

INSTANTIATE_TEST_SUITE_P(Pages, Announcements, testing::ValuesIn(std::vector<Case>{
    {"colon", "<p>One.<p>If you liked this post you might also like:<ul><li><a href=/to/a>Council approves plan</a></ul>", "One.|"},
    {"full_width_colon", "<p>One.<p>関連記事：<p><a href=/to/a>Council approves plan</a>", "One.|"},
    {"colon_before_text", "<p>One.<p>The council said:<p>Two.<p><a href=/to/a>Council approves plan</a>", "One.|The council said:|Two.|"},
    {"long_paragraph", "<p>The council has said this in so many words on so many days of the year that nobody counts them any more:<p><a href=/to/a>Plan</a>",
     "The council has said this in so many words on so many days of the year that nobody counts them any more:|"},
    {"heading", "<h2>The harbour</h2><p>One.<h2>More on this</h2><p><a href=/to/a>Council approves plan</a>", "The harbour|One.|"},
    {"heading_with_text_left", "<h2>The harbour</h2><p><a href=/to/a>Council approves plan</a><p>One.", "The harbour|One.|"},
    {"heading_of_a_part_with_text", "<h2>The harbour</h2><h3>More</h3><p><a href=/to/a>Council approves plan</a><h3>Ships</h3><p>One.",
     "The harbour|Ships|One.|"},
    {"last_block", "<p>One.<p>And then:", "One.|And then:|"},
}), kName);

}  // namespace
}  // namespace marrow
