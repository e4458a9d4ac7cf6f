// What users of other tools lost or got twice, as whole pages: PITFALLS T8 and T11, complaints 6 to 10 and 13.
#include <algorithm>
#include <cctype>

#include "whole/page.h"

namespace marrow {
namespace {

using test::Frame;
using test::framed;
using test::kFrames;
using test::kProse;
using test::prose;

class BodyOfWholePages : public test::WholePage {};

struct Row {
  const char* name;
  std::string piece;
  std::vector<std::string> in, out;  // of the body
};

TEST_F(BodyOfWholePages, FirstAndLastParagraphsStay) {
  const std::string first = "Nobody on the island ever asked the keeper why he counted the ships.", last = "She never came back.";
  const std::string promo = "<div class='newsletter-signup'><h4>Subscribe to our newsletter</h4><p>The best of the week in your inbox. <a href='/subscribe'>Sign up</a></p></div>";
  const std::string figure = "<figure><img src='/keeper.jpg' alt=''><figcaption>Photo: Island archive</figcaption></figure>";
  const Row rows[] = {
      {"short first", "<p>" + first + "</p>" + prose(), {first}, {}},
      {"lead class", "<p class='lead'>" + first + "</p>" + prose(), {first}, {}},
      {"standfirst", "<div class='standfirst'><p>" + first + "</p></div>" + prose(), {first}, {}},
      {"bold first", "<p><strong>" + first + "</strong></p>" + prose(), {first}, {}},
      {"heading for a standfirst", "<h2>" + first + "</h2>" + prose(), {first}, {}},
      {"behind a picture", figure + "<p>" + first + "</p>" + prose(), {first}, {}},
      {"dateline", "<p><b>SKERRY HEAD</b> — " + first + "</p>" + prose(), {"SKERRY HEAD — " + first}, {}},
      {"short last", prose() + "<p>" + last + "</p>", {last}, {}},
      {"last behind a promo", prose() + promo + "<p>" + last + "</p>", {last}, {"Sign up"}},
      {"last behind a picture", prose() + figure + "<p>" + last + "</p>", {last}, {}},
      {"last in a quote", prose() + "<blockquote><p>“" + first + "”</p></blockquote>", {first}, {}},
      {"last with links", prose() + "<p>" + last + " <a href='/book'>Her book</a> was printed in <a href='/1931'>1931</a>.</p>", {last, "Her book was printed in 1931."}, {}},
      {"after a rule", prose() + "<hr><p>" + last + "</p>", {last}, {}},
      {"list first", "<ul><li>" + first + "</li><li>The horses drew up the boats.</li></ul>" + prose(), {first, "The horses drew up the boats."}, {}},
  };
  for (const Frame frame : kFrames)
    for (const Row& row : rows) {
      const Record record = clean(framed(frame, row.piece));
      for (const std::string& text : row.in) EXPECT_NE(record.body.find(text), std::string::npos) << row.name << " " << static_cast<int>(frame) << "\n" << record.body;
      for (const std::string& text : row.out) EXPECT_EQ(record.body.find(text), std::string::npos) << row.name << " " << static_cast<int>(frame) << "\n" << record.body;
      for (const char* text : kProse) EXPECT_EQ(count(record.body, text), 1U) << row.name << " " << static_cast<int>(frame);
      EXPECT_EQ(record.body.find("The keeper who counted ships"), std::string::npos) << row.name << ": headline";
      EXPECT_EQ(record.body.find("Six horses and a beach"), std::string::npos) << row.name << ": related";
    }
}

TEST_F(BodyOfWholePages, WordsAreNeverSplitNorGlued) {
  const struct {
    const char *name, *markup, *text;
  } rows[] = {
      {"drop cap", "<span class='dropcap'>Z</span>imbabwe sent a ship", "Zimbabwe sent a ship"},
      {"drop cap on lines", "<span class=dropcap>\nT</span>he keeper stood", "The keeper stood"},
      {"small", "K<small>evin</small> McCarthy's stint", "Kevin McCarthy's stint"},
      {"two inline tags", "the <b>first</b>, the <i>second</i> and the rest", "the first, the second and the rest"},
      {"link in a word", "<a href='/x'>light</a>house keepers", "lighthouse keepers"},
      {"soft hyphen, zero width", "light\xC2\xADhouse kee\xE2\x80\x8Bper", "lighthouse keeper"},
      {"wbr", "lantern<wbr>light was dim", "lanternlight was dim"},
      {"comment in a word", "lan<!-- x -->tern room", "lantern room"},
      {"nested", "<em>un<strong>be<u>liev</u></strong>able</em> tide", "unbelievable tide"},
      {"sub and sup", "H<sub>2</sub>O and 10<sup>3</sup> ships", "H2O and 103 ships"},
      {"break", "first line<br>second line", "first line\nsecond line"},
      {"no-break space", "forty&nbsp;ships and&#8239;more", "forty ships and more"},
      {"font tags", "<font color=red>sto</font><font color=blue>rm</font> at sea", "storm at sea"},
      {"ruby", "<ruby>灯<rp>(</rp><rt>とう</rt><rp>)</rp></ruby> stands", "灯とう stands"},
  };
  for (const Frame frame : kFrames)
    for (const auto& row : rows) {
      const Record record = clean(framed(frame, prose(0, 2) + "<p>" + row.markup + ", as the notebook says of that long winter on the island.</p>" + prose(2)));
      EXPECT_NE(record.body.find(row.text), std::string::npos) << row.name << "\n" << record.body;
    }
}

TEST_F(BodyOfWholePages, AParagraphThatIsOneLinkIsProse) {
  const std::string text = "The whole of the notebook has been read by three historians, who published what they found in a slim volume last autumn.";
  for (const Frame frame : kFrames)
    for (const char* at : {"/reports/notebook", "https://archive.example/notebook.pdf"}) {
      const Record record = clean(framed(frame, prose(0, 3) + "<p><a href='" + at + "'>" + text + "</a></p>" + prose(3)));
      EXPECT_EQ(count(record.body, text), 1U) << static_cast<int>(frame) << " " << at << "\n" << record.body;
    }
}

TEST_F(BodyOfWholePages, NamesThatOnlySoundLikeFurniture) {
  for (const char* name : {"code-toolbar", "widget_sow-editor", "contentWithSidebar", "Padding-bottom-lg-30", "no-sidebar", "header-light", "has-footer-notes", "commentary", "shareholder-text",
                           "advertisement-free", "hero", "popupless", "related-to-none"})
    for (const Frame frame : kFrames) {
      const Record record = clean(framed(frame, "<div class='" + std::string(name) + "'>" + prose() + "</div>"));
      for (const char* text : kProse) EXPECT_EQ(count(record.body, text), 1U) << name << " " << static_cast<int>(frame);
    }
}

TEST_F(BodyOfWholePages, CodeIsKeptByteForByte) {
  const std::string code = "FROM golang:1.21 AS builder\n\nRUN  go   build \\\n\t-o /app\n";
  const Record record = clean(framed(Frame::semantic, prose(0, 2) + "<pre><code class=language-docker>FROM<span> </span>golang:1.21<span> </span>AS<span> </span>builder\n\nRUN  go   build \\\n\t-o /app\n</code></pre>" +
                                                          "<p>" + kProse[2] + "</p><pre>exit 0</pre>" + prose(3)));
  EXPECT_NE(record.body.find("\n\n" + code.substr(0, code.size() - 1) + "\n\n"), std::string::npos) << record.body;
  EXPECT_NE(record.body.find("\n\nexit 0\n\n"), std::string::npos) << record.body;
}

// Nested article and main, text in tables, lists in lists: the body's words are the page's, none twice.
TEST_F(BodyOfWholePages, EachTextOnce) {
  std::uint64_t state = 7;
  auto next = [&](std::size_t below) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state >> 33) % below;
  };
  const char* containers[] = {"article", "main", "section", "div", "blockquote", "ul", "li", "table", "tr", "td", "a href='/q'", "span", "b", "details", "center", "figure", "form", "font color=red", "p"};
  for (int round = 0; round < 150; ++round) {
    std::string html = "<!doctype html><title>x</title><body>";
    std::vector<std::string> names;
    for (int text = 0; text < 24; ++text) {
      while (next(3) == 0 && names.size() < 9) {
        const std::string tag = containers[next(std::size(containers))];
        names.push_back(tag.substr(0, tag.find(' ')));
        html += "<" + tag + ">";
      }
      html += "w" + std::to_string(text) + "w has been told by the keeper of the lamp, who counted every ship that passed. ";
      while (next(3) == 0 && !names.empty()) {
        html += "</" + names.back() + ">";
        names.pop_back();
      }
    }
    const Record record = clean(html);
    const Seen seen = cleaner_.seen(workspace_);
    for (int text = 0; text < 24; ++text) {
      const std::string word = "w" + std::to_string(text) + "w ";
      EXPECT_LE(count(record.body, word), 1U) << html;
      std::size_t blocks = 0;
      for (const Block& block : seen.document.blocks) blocks += count(block.text, word);
      EXPECT_EQ(blocks, 1U) << word << html;
    }
  }
}

}  // namespace
}  // namespace marrow
