#include "rules/import_ftr.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>

#include "base/text.h"
#include "rules/path.h"
#include "rules/xpath.h"

namespace marrow {
namespace {

namespace fs = std::filesystem;

struct Line {
  std::size_t number = 0;
  std::string name, value;
};

// A TOML basic string.
std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\t') out += "\\t";
    else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
  }
  return out + "\"";
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (line.empty() || line.front() == '#') continue;
    const std::size_t colon = line.find(':');
    Line out{number, std::string(trim(line.substr(0, colon))), {}};
    if (colon != std::string_view::npos) out.value = trim(line.substr(colon + 1));
    lines.push_back(std::move(out));
  }
  return lines;
}

// "example.com.txt" -> "example.com", ".example.com.txt" -> "*.example.com"; "" where it is no host.
std::string site_of(std::string_view file_name) {
  if (!file_name.ends_with(".txt")) return {};
  file_name.remove_suffix(4);
  std::string site = ascii_lower(file_name);
  const bool domains = site.starts_with(".");
  if (domains) site.erase(0, 1);
  if (site.starts_with("www.")) site.erase(0, 4);
  if (site.find('.') == std::string::npos || site.starts_with("fingerprint.")) return {};
  return domains ? "*." + site : site;
}

class Importer {
 public:
  Importer(std::string_view file, std::string site) : file_(file), site_(std::move(site)) {}

  FtrImport run(std::string_view text) {
    const std::vector<Line> lines = lines_of(text);
    for (const Line& line : lines) one(line);
    if (rules_ > 0) write();
    return std::move(out_);
  }

 private:
  void one(const Line& line) {
    ++count_of(line).lines;
    if (line.name == "body") element(line, &body_);
    else if (line.name == "strip") element(line, &strip_);
    else if (line.name == "strip_id_or_class") id_or_class(line);
    else if (line.name == "skip_id_or_class") left(line, "our class rules match whole tokens and need no exemption");
    else if (line.name == "title" || line.name == "author" || line.name == "date") metadata(line);
    else if (line.name == "native_ad_clue") metadata(line);
    else if (line.name == "test_url") test_url(line);
    else if (line.name == "test_contains") test_contains(line);
    else left(line, "no rule of ours does this");
  }

  void left(const Line& line, const std::string& reason) {
    out_.left_over.push_back(std::string(file_) + ":" + std::to_string(line.number) + ": " + line.name + ": " + reason);
  }
  void carried(const Line& line) { ++count_of(line).carried; }
  // "replace_string(a): b" is one more of "replace_string".
  FtrImport::Count& count_of(const Line& line) { return out_.counts[line.name.substr(0, line.name.find('('))]; }

  // A selector that our own parser takes and that says more than a position.
  bool selector(const Line& line, std::string* selector, std::string* attribute) {
    std::string reason;
    if (!selector_of_xpath(line.value, selector, attribute, &reason)) {
      left(line, reason);
      return false;
    }
    Path path;
    Path::Fault fault;
    if (!Path::parse(*selector, &path, &fault)) {
      left(line, "the selector " + *selector + " is refused: " + fault.message);
      return false;
    }
    if (path.positional_only()) {
      left(line, "only positions tell this element apart");
      return false;
    }
    return true;
  }

  void element(const Line& line, std::vector<std::pair<std::size_t, std::string>>* list) {
    std::string path, attribute;
    if (!selector(line, &path, &attribute)) return;
    if (!attribute.empty()) return left(line, "an attribute holds no blocks");
    add(list, line, std::move(path));
  }

  void add(std::vector<std::pair<std::size_t, std::string>>* list, const Line& line, std::string path) {
    carried(line);
    for (const auto& other : *list)
      if (other.second == path) return;  // said twice
    list->push_back({line.number, std::move(path)});
    ++rules_;
  }

  // Full-Text RSS takes a substring of class or id.
  void id_or_class(const Line& line) {
    std::string value = line.value;
    if (value.size() > 1 && (value.front() == '"' || value.front() == '\'')) value = value.substr(1, value.size() - 2);
    if (!value.empty() && (value.front() == '.' || value.front() == '#')) value.erase(0, 1);
    if (value.size() < 2) return left(line, "the name is too short to be a substring of anything in particular");
    if (value.find('"') != std::string::npos || value.find('/') != std::string::npos) return left(line, "this is no class or id");
    add(&strip_, line, "[class*=\"" + value + "\"], [id*=\"" + value + "\"]");
  }

  void metadata(const Line& line) {
    std::string path, attribute;
    if (!selector(line, &path, &attribute)) return;
    carried(line);
    const std::string field = line.name == "date" ? "published" : line.name == "native_ad_clue" ? "advertorial" : line.name;
    metadata_ += "[[metadata]]\nid = " + toml_string("ftr." + site_ + "." + line.name + "." + std::to_string(line.number)) + "\nfield = " +
                 toml_string(field) + "\npath = " + toml_string(path) + "\n" + (attribute.empty() ? "" : "attribute = " + toml_string(attribute) + "\n") +
                 "why = \"line " + std::to_string(line.number) + " of the site config\"\n\n";
    ++rules_;
  }

  void test_url(const Line& line) {
    carried(line);
    tests_.push_back({line.value, {}});
  }
  void test_contains(const Line& line) {
    if (tests_.empty()) return left(line, "no test_url stands before it");
    carried(line);
    tests_.back().second.push_back(line.value);
  }

  void filters(const std::vector<std::pair<std::size_t, std::string>>& list, const char* kind, const char* label) {
    for (const auto& [line, path] : list) {
      out_.toml += "[[filter]]\nid = " + toml_string("ftr." + site_ + "." + kind + "." + std::to_string(line)) +
                   "\non = \"container\"\npath = " + toml_string(path) + "\nlabel = \"" + label + "\"\nwhy = \"line " + std::to_string(line) +
                   " of the site config\"\n\n";
    }
  }

  // Tests need a saved page beside the rules, which a config does not have: they stay as comments, ready to be
  // taken up once the page has been fetched.
  void tests() {
    if (tests_.empty()) return;
    out_.toml += "# Tests of the config. Save the page beside this file and take the comment signs off.\n";
    for (std::size_t i = 0; i < tests_.size(); ++i) {
      out_.toml += "# [[test]]\n# page = " + toml_string(site_ + "." + std::to_string(i + 1) + ".html") + "\n# url = " + toml_string(tests_[i].first) + "\n";
      if (tests_[i].second.empty()) continue;
      out_.toml += "# body_contains = [";
      for (std::size_t k = 0; k < tests_[i].second.size(); ++k) out_.toml += (k > 0 ? ", " : "") + toml_string(tests_[i].second[k]);
      out_.toml += "]\n";
    }
  }

  void write() {
    out_.toml = "# Imported from the site config " + std::string(file_) + ".\nsite = " + toml_string(site_) + "\n\n";
    filters(body_, "body", "body");
    filters(strip_, "strip", "boilerplate");
    out_.toml += metadata_;
    tests();
  }

  std::string_view file_;
  std::string site_;
  FtrImport out_;
  std::vector<std::pair<std::size_t, std::string>> body_, strip_;
  std::string metadata_;
  std::vector<std::pair<std::string, std::vector<std::string>>> tests_;
  std::size_t rules_ = 0;
};

Error cannot(const std::string& path, const std::string& what) {
  return {ErrorKind::stop_run, path + ": cannot be " + what};
}

// Nothing where it cannot be read (a folder of that name can be opened, but not read).
std::optional<std::string> read_config(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return {};
  std::string text;
  std::string chunk(std::size_t{64} << 10, '\0');
  while (in) {
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    text.append(chunk, 0, static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return {};
  return text;
}

}  // namespace

FtrImport import_ftr(std::string_view file_name, std::string_view text) {
  const std::string site = site_of(file_name);
  if (!site.empty() && is_valid_utf8(text)) return Importer(file_name, site).run(text);
  FtrImport out;
  out.left_over.push_back(std::string(file_name) + ":1: file: " + (site.empty() ? "its name is no host" : "it is not UTF-8"));
  return out;
}

Result<FtrImport> import_ftr_folder(const std::string& from, const std::string& to) {
  std::error_code error;
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(from, error))
    if (entry.path().extension() == ".txt" && entry.path().filename() != "LICENSE.txt") files.push_back(entry.path());
  if (error) return cannot(from, "read: " + error.message());
  if (files.empty()) return Error{ErrorKind::stop_run, from + " holds no site config (.txt)"};
  std::sort(files.begin(), files.end());
  fs::create_directories(to, error);
  if (error) return cannot(to, "made: " + error.message());
  FtrImport sum;
  for (const fs::path& file : files) {
    const std::string name = file.filename().string();
    const std::optional<std::string> text = read_config(file);
    if (!text) {
      sum.left_over.push_back(name + ":1: file: it cannot be read");
      continue;
    }
    ++sum.files;
    FtrImport one = import_ftr(name, *text);
    sum.left_over.insert(sum.left_over.end(), one.left_over.begin(), one.left_over.end());
    for (const auto& [directive, count] : one.counts) {
      sum.counts[directive].lines += count.lines;
      sum.counts[directive].carried += count.carried;
    }
    if (one.toml.empty()) continue;
    const fs::path target = fs::path(to) / (file.stem().string().substr(file.stem().string().starts_with(".") ? 1 : 0) +
                                            (name.starts_with(".") ? ".subdomains.toml" : ".toml"));
    std::ofstream out(target, std::ios::binary);
    if (!(out << one.toml).flush()) return cannot(target.string(), "written");
  }
  return sum;
}

}  // namespace marrow
