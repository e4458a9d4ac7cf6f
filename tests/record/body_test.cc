#include "record/body.h"

#include <gtest/gtest.h>

#include "support/document_builder.h"

namespace marrow {
namespace {

using testing::DocumentBuilder;

std::string body_of(DocumentBuilder& b) {
  std::string out;
  const Document& doc = b.finish();
  append_body(doc, b.labels(Label::body), out);
  return out;
}

TEST(Body, ParagraphsAreSplitByABlankLine) {
  DocumentBuilder b;
  b.element("h2", "Head");
  b.element("p", "One.\nBreak.");
  b.element("p", "Two.");
  EXPECT_EQ(body_of(b), "Head\n\nOne.\nBreak.\n\nTwo.");
}

TEST(Body, OnlyBodyBlocksAndEachOnce) {
  DocumentBuilder b;
  b.element("p", "a");
  b.element("p", "b");
  b.element("p", "c");
  const Document& doc = b.finish();
  Labels labels = b.labels(Label::body);
  labels.blocks[1].label = Label::teaser;
  std::string out;
  append_body(doc, labels, out);
  EXPECT_EQ(out, "a\n\nc");
}

TEST(Body, ItemsOfOneListStandOnALineEach) {
  DocumentBuilder b;
  b.element("p", "Before");
  b.open("ul");
  b.open("li");
  b.block("one");
  b.open("ol");
  b.element("li", "nested");
  b.close();
  b.close();
  b.element("li", "two");
  b.close();
  b.open("ul");
  b.element("li", "other list");
  b.close();
  b.element("p", "After");
  EXPECT_EQ(body_of(b), "Before\n\none\nnested\ntwo\n\nother list\n\nAfter");
}

TEST(Body, CellsAreSplitByTabsAndRowsByLineEnds) {
  DocumentBuilder b;
  b.open("table");
  for (int row = 0; row < 2; ++row) {
    b.open("tr");
    b.element("td", row ? "c" : "a");
    b.element("td", row ? "d" : "b");
    b.close();
  }
  b.close();
  EXPECT_EQ(body_of(b), "a\tb\nc\td");
}

TEST(Body, CellsOfALayoutTableHoldParagraphs) {
  DocumentBuilder b;
  b.open("table");
  b.open("tr");
  b.open("td");
  b.element("p", "One.");
  b.element("p", "Two.");
  b.close();
  b.element("td", "Side");
  b.close();
  b.close();
  EXPECT_EQ(body_of(b), "One.\n\nTwo.\n\nSide");
}

TEST(Body, PreIsKeptByteForByte) {
  DocumentBuilder b;
  b.element("p", "Code:");
  b.element("pre", "int  a;\n\n\tb();  \n");
  b.open("pre");
  b.element("div", "line 1");
  b.element("div", "  line 2");
  b.close();
  EXPECT_EQ(body_of(b), "Code:\n\nint  a;\n\n\tb();  \n\n\nline 1\n  line 2");
}

}  // namespace
}  // namespace marrow
