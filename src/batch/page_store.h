// PageStore: where `download` puts pages. Takes responses that came whole, gives the place each was put ("" = nowhere).
// A WARC file is written as NAME.open and gets its name at the end, as crawlers do: one that was killed leaves every
// whole record readable. A folder gets one file a page, each whole or not there, and index.tsv ("id<TAB>url<TAB>file",
// which is a URL list again, written at the end). One thread.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "fetch/response.h"

namespace marrow {

class PageStore {
 public:
  struct Place {
    std::string file;         // in the folder; "" = the WARC file
    std::int64_t offset = -1;  // of the response record in the WARC file
  };
  virtual ~PageStore() = default;
  virtual Result<Place> put(const std::string& id, const Response& response) = 0;
  virtual Status close() = 0;  // makes it last; without, a folder keeps its pages and a WARC file its .open
};

// Told by the name: "….warc.gz" or a folder, which is made. `user_agent` goes into the file's first record.
Result<std::unique_ptr<PageStore>> open_page_store(const std::string& out, const std::string& user_agent);

}  // namespace marrow
