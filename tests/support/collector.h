// Collector: a FetchClient for tests: gives a list of requests, keeps the responses by URL and in
// order.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fetch/fetcher.h"

namespace marrow::test {

class Collector : public FetchClient {
 public:
  Collector() = default;
  explicit Collector(const std::vector<std::string>& urls) {
    for (const std::string& url : urls) add(url);
  }
  void add(const std::string& url, const std::string& etag = "") {
    Request request;
    request.url = url;
    request.etag = etag;
    request.tag = requests.size();
    requests.push_back(std::move(request));
  }
  Pull next(Request& request) override {
    if (at_ == requests.size()) return Pull::end;
    request = requests[at_++];
    return Pull::ready;
  }
  void done(Response response) override { responses.push_back(std::move(response)); }

  // The answer to the request with this tag; every request has exactly one.
  const Response& of(std::size_t tag) const {
    const Response* found = nullptr;
    int answers = 0;
    for (const Response& response : responses)
      if (response.tag == tag) {
        found = &response;
        ++answers;
      }
    EXPECT_EQ(answers, 1) << "answers to request " << tag;
    static const Response none;
    return found ? *found : none;
  }

  std::vector<Request> requests;
  std::vector<Response> responses;

 private:
  std::size_t at_ = 0;
};

// Fast and local: no delay, loopback allowed, short patience.
inline FetchOptions test_options() {
  FetchOptions options;
  options.allow_private = true;
  options.delay = Millis{0};
  options.backoff = Millis{10};
  options.connect_timeout = Millis{2000};
  options.total_timeout = Millis{5000};
  options.retries = 1;
  options.contact = "https://example.org/bot";
  return options;
}

// The answer to one request.
inline Response fetch_one(const FetchOptions& options, const std::string& url) {
  auto fetcher = Fetcher::create(options);
  EXPECT_TRUE(fetcher) << fetcher.error().message;
  Collector collector({url});
  fetcher->run(collector);
  return collector.of(0);
}

}  // namespace marrow::test
