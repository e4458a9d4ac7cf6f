// NamingPage: the smallest page a row of features can be run on, one block and one link, for collecting the names
// of its columns. Lives as long as its owner; the facts point into its document.
#pragma once

#include "label/facts.h"

namespace marrow {

struct NamingPage {
  Document document;
  PageFacts facts;

  NamingPage() {
    document.elements.push_back({});
    document.elements[0].end = document.elements[0].end_block = document.elements[0].end_link = 1;
    Block block;
    block.text = "x";
    block.element = 0;
    document.blocks.push_back(block);
    Link link;
    link.element = 0;
    link.end_block = 1;
    document.links.push_back(link);
    facts.compute(document);
  }
  NamingPage(const NamingPage&) = delete;
  NamingPage& operator=(const NamingPage&) = delete;
};

}  // namespace marrow
