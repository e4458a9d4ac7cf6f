#include "fetch/listing.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/url.h"
#include "fetch/inflate.h"
#include "fetch/xml.h"

namespace marrow {
namespace {

// Longer than any URL that a server takes; the rest is not kept.
constexpr std::size_t kMaxText = 16 << 10;

// Reads the four shapes at once: what counts is the item (url, sitemap, item, entry) that is open,
// and in it the text of loc, lastmod, link, guid, pubDate, updated. RSS 1.0 items lie beside their
// channel, others inside: both are found.
class ListingReader : public XmlHandler {
 public:
  ListingReader(std::string_view base, Listing& listing) : base_(base), listing_(listing) {}

  void open(std::string_view name, const Attribute& attribute) override {
    text_.clear();
    ++depth_;
    if (depth_ == 1)
      known_ = name == "urlset" || name == "sitemapindex" || name == "rss" || name == "RDF" ||
               name == "feed";
    const bool item = name == "url" || name == "sitemap" || name == "item" || name == "entry";
    if (!in_item_ && item && known_) {
      in_item_ = depth_;
      entry_ = {};
      guid_.clear();
      entry_.is_listing = name == "sitemap";
    }
    if (!in_item_) return;
    if (name == "link" && !attribute("href").empty()) {  // Atom
      const std::string_view rel = attribute("rel");
      if ((rel.empty() || rel == "alternate") && entry_.url.empty()) entry_.url = attribute("href");
    }
    permalink_ = name == "guid" && attribute("isPermaLink") != "false";
  }

  void text(std::string_view text) override {
    if (in_item_ && text_.size() < kMaxText) text_.append(text);
  }

  void close(std::string_view name) override {
    if (in_item_ == depth_) {
      finish();
    } else if (in_item_ && in_item_ + 1 == depth_) {  // image:loc and media:link lie deeper
      const std::string_view value = trim(text_);
      if ((name == "loc" || name == "link") && entry_.url.empty()) entry_.url = value;
      if (name == "guid" && permalink_) guid_ = value;
      if (name == "lastmod" || name == "pubDate" || name == "updated" || name == "date")
        entry_.modified = value;
    }
    text_.clear();
    --depth_;
  }

  bool known() const { return known_; }

 private:
  void finish() {
    in_item_ = 0;
    if (entry_.url.empty()) entry_.url = guid_;
    if (entry_.url.empty()) return;
    entry_.url = resolve_url(base_, entry_.url);
    if (entry_.url.empty() || listing_.entries.size() >= Listing::kMaxEntries) return;
    listing_.entries.push_back(std::move(entry_));
  }

  std::string_view base_;
  Listing& listing_;
  ListingEntry entry_;
  std::string text_, guid_;
  std::size_t depth_ = 0, in_item_ = 0;  // in_item_: depth of the open item, 0 = none
  bool known_ = false, permalink_ = false;
};

void read_lines(std::string_view bytes, Listing& listing) {
  while (!bytes.empty() && listing.entries.size() < Listing::kMaxEntries) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string url = resolve_url({}, trim(bytes.substr(0, end)));
    if (!url.empty()) listing.entries.push_back({std::move(url), {}, false});
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  if (listing.entries.empty()) listing.problem = "neither sitemap nor feed, nor a list of URLs";
}

}  // namespace

namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string w3c_day(std::string_view text) {
  if (text.size() < 4 || !all_digits(text.substr(0, 4))) return {};
  std::string day(text.substr(0, 4));
  for (std::size_t at = 4; at < 10; at += 3) {
    const bool there = text.size() >= at + 3 && text[at] == '-' && all_digits(text.substr(at + 1, 2));
    if (!there && text.size() > at && at == 4) return {};
    // What is not said is taken as late as it can be: nothing is left out for want of a day.
    day += there ? std::string(text.substr(at, 3)) : at == 4 ? "-12" : "-31";
  }
  return day;
}

std::string rfc822_day(std::string_view text) {
  if (const std::size_t comma = text.find(','); comma != std::string_view::npos) text = trim(text.substr(comma + 1));
  constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  const std::size_t first = text.find(' ');
  if (first == std::string_view::npos || first > 2 || !all_digits(text.substr(0, first))) return {};
  const std::string_view rest = trim(text.substr(first));
  const std::size_t second = rest.find(' ');
  if (second == std::string_view::npos || second < 3) return {};
  const std::size_t month = kMonths.find(ascii_lower(rest.substr(0, 3)));
  std::string_view year = trim(rest.substr(second));
  year = year.substr(0, year.find(' '));
  if (month == std::string_view::npos || month % 3 != 0 || !all_digits(year) || (year.size() != 4 && year.size() != 2))
    return {};
  const auto two = [](std::string number) { return number.size() < 2 ? "0" + number : number; };
  return (year.size() == 2 ? "20" : "") + std::string(year) + "-" + two(std::to_string(month / 3 + 1)) + "-" +
         two(std::string(text.substr(0, first)));
}

}  // namespace

std::string listing_day(std::string_view modified) {
  modified = trim(modified);
  std::string day = w3c_day(modified);
  return day.empty() ? rfc822_day(modified) : day;
}

Listing read_listing(std::string_view bytes, std::string_view base_url) {
  Listing listing;
  std::string unpacked;
  if (is_gzip(bytes)) {
    auto plain = gunzip(bytes, Listing::kMaxBytes);
    if (!plain) {
      listing.problem = plain.error().message;
      return listing;
    }
    unpacked = *std::move(plain);
    bytes = unpacked;
  }
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  const std::size_t begin = std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size());
  bytes.remove_prefix(
      begin);  // white space before the XML declaration is common, and not well-formed
  const bool wide = bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff");
  if (!bytes.starts_with('<') && !wide) {
    read_lines(bytes, listing);
    return listing;
  }
  ListingReader reader(base_url, listing);
  listing.problem = parse_xml(bytes, reader);
  if (listing.problem.empty() && !reader.known()) listing.problem = "neither sitemap nor feed";
  return listing;
}

}  // namespace marrow
