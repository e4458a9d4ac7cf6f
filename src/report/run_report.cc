#include "report/run_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "batch/figures.h"
#include "report/escape.h"
#include "report/plot.h"
#include "report/shell.h"

namespace marrow {
namespace {

constexpr std::size_t kPagesShown = 2000;  // rows: more do not help a reader, and the file stays under a megabyte
constexpr std::size_t kHostsShown = 500;
constexpr std::size_t kCountsShown = 20;   // rows of a table of counts, the most frequent
constexpr std::size_t kRulesShown = 8;     // of a host, those whose share of pages moved most

int rank(const RunPage& page) {
  if (page.failed()) return 3;
  if (std::find(page.flags.begin(), page.flags.end(), "needs_review") != page.flags.end()) return 0;
  return page.flags.empty() ? 2 : 1;
}

std::string plain(double number) { return number < 0 ? "" : thousands(static_cast<std::uint64_t>(number)); }

class Page {
 public:
  explicit Page(const RunData& run) : run_(run) {}

  std::string all() {
    out_ += "<main class=\"run\">\n";
    head();
    alarms();
    hosts();
    distributions();
    drift();
    runs();
    slowest();
    pages();
    out_ += "</main>\n";
    return std::move(out_);
  }

 private:
  double number(const char* key) const {
    const auto found = run_.numbers.find(key);
    return found == run_.numbers.end() ? -1 : found->second;
  }
  std::string text(const char* key) const {
    const auto found = run_.texts.find(key);
    return found == run_.texts.end() ? "" : found->second;
  }
  void section(const char* id, const char* title) { out_ += fmt::format("<section id=\"{}\"><h2>{}</h2>\n", id, title); }
  void end() { out_ += "</section>\n"; }
  // One cell of a table; numbers stand to the right.
  void cell(std::string_view value, bool right = false) {
    out_ += right ? "<td class=\"n\">" : "<td>";
    append_escaped(value, out_);
    out_ += "</td>";
  }

  void head() {
    out_ += "<header><h1>";
    append_escaped(number("run") >= 0 ? fmt::format("Run {:.0f}", number("run")) : run_.name, out_);
    out_ += "</h1><p class=\"hint\">";
    append_escaped(run_.name + (text("started").empty() ? "" : " · " + text("started")) + (text("ended").empty() ? "" : " to " + text("ended")), out_);
    out_ += "</p>\n<dl class=\"figures\">";
    constexpr std::pair<const char*, const char*> kShown[] = {{"urls", "URLs"},         {"fetched", "fetched"}, {"unchanged", "unchanged"}, {"cleaned", "cleaned"},
                                                              {"written", "written"}, {"failed", "failed"},   {"not_reached", "left for next time"}};
    for (const auto& [key, name] : kShown)
      if (number(key) >= 0) out_ += fmt::format("<div><dd>{}</dd><dt>{}</dt></div>", plain(number(key)), name);
    if (run_.numbers.empty()) out_ += fmt::format("<div><dd>{}</dd><dt>pages</dt></div>", thousands(run_.pages.size()));
    if (number("seconds") >= 0) out_ += fmt::format("<div><dd>{}</dd><dt>took</dt></div>", duration_text(number("seconds")));
    if (number("exit_code") >= 0) out_ += fmt::format("<div><dd>{:.0f}</dd><dt>exit code</dt></div>", number("exit_code"));
    out_ += "</dl></header>\n";
  }

  void alarms() {
    if (run_.alarms.empty()) return;
    section("alarms", "Drift alarms");
    out_ += "<ul class=\"alarms\">";
    for (const std::string& alarm : run_.alarms) out_ += "<li>" + escaped(alarm) + "</li>";
    out_ += "</ul>";
    end();
  }

  struct Host {
    std::size_t pages = 0, failed = 0, words = 0, with_words = 0, flagged = 0;
    std::map<std::string, std::size_t> results;
  };

  void hosts() {
    std::map<std::string, Host> hosts;
    std::map<std::string, std::size_t> results, flags;
    for (const RunPage& page : run_.pages) {
      Host& host = hosts[page.host];
      ++host.pages;
      host.failed += page.failed();
      host.flagged += !page.flags.empty();
      if (page.words >= 0 && !page.failed()) host.words += static_cast<std::size_t>(page.words), ++host.with_words;
      const std::string result = page.status >= 400 ? fmt::format("{} {}", page.outcome, page.status) : page.outcome;
      ++host.results[result];
      ++results[result];
      for (const std::string& flag : page.flags) ++flags[flag];
    }
    // Why pages failed, where the pages themselves are not known: "http_error" and "http_error 404" would count one twice.
    const auto known = [&](const std::string& reason) {
      const auto at = results.lower_bound(reason);
      return at != results.end() && at->first.starts_with(reason);
    };
    for (const auto& [reason, count] : run_.reasons)
      if (!known(reason)) results[reason] = static_cast<std::size_t>(count);
    if (results.empty() && number("cleaned") >= 0) results = {{"cleaned", static_cast<std::size_t>(number("cleaned"))}};
    out_ += "<div class=\"beside\">";
    counted("results", "Results", "result", results);
    counted("flags", "Flags", "flag", flags);
    std::map<std::string, std::size_t> rules;
    for (const auto& [rule, pages] : run_.rules) rules[rule] = static_cast<std::size_t>(pages);
    counted("rules", "Rules that decided", "rule", rules);
    out_ += "</div>\n";
    for (const auto& [name, counts] : run_.hosts) hosts.try_emplace(name);
    host_table(hosts);
  }

  // What is known of a host's pages, and what this run did to them.
  void host_table(const std::map<std::string, Host>& hosts) {
    if (hosts.empty()) return;
    section("hosts", "Hosts");
    out_ += "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Hosts\"><table><thead><tr><th>host<th class=\"n\">pages<th class=\"n\">failed<th class=\"n\">flagged<th class=\"n\">words a body<th>results";
    if (!run_.hosts.empty()) out_ += "<th class=\"n\">fetched<th class=\"n\">unchanged<th class=\"n\">cleaned<th class=\"n\">failed in this run";
    out_ += "</tr></thead><tbody>\n";
    std::size_t shown = 0;
    for (const auto& [name, host] : hosts) {
      if (++shown > kHostsShown) break;
      out_ += "<tr>";
      host_cell(name, host.pages);
      cell(host.pages ? thousands(host.pages) : "", true);
      cell(host.failed ? thousands(host.failed) : "", true);
      cell(host.flagged ? thousands(host.flagged) : "", true);
      cell(host.with_words ? thousands(host.words / host.with_words) : "", true);
      std::string all;
      for (const auto& [result, count] : host.results) all += fmt::format("{}{} {}", all.empty() ? "" : ", ", count, result);
      cell(all);
      if (!run_.hosts.empty()) {
        const auto found = run_.hosts.find(name);
        const HostCounts counts = found == run_.hosts.end() ? HostCounts{} : found->second;
        for (const std::int64_t count : {counts.fetched, counts.unchanged, counts.cleaned, counts.failed}) cell(count > 0 ? plain(static_cast<double>(count)) : "", true);
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table></div>";
    if (hosts.size() > kHostsShown) out_ += fmt::format("<p class=\"hint\">{} further hosts are not shown.</p>", hosts.size() - kHostsShown);
    end();
  }

  // Leads to its pages in the list: run.js searches there for the host.
  void host_cell(const std::string& name, std::size_t pages) {
    if (name.empty() || pages == 0) return cell(name.empty() ? "(no host)" : name);
    out_ += "<td><a href=\"#pages\" data-find=\"" + escaped(name) + "\">" + escaped(name) + "</a></td>";
  }

  void counted(const char* id, const char* title, const char* what, const std::map<std::string, std::size_t>& counts) {
    if (counts.empty()) return;
    std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    section(id, title);
    out_ += fmt::format("<table><thead><tr><th>{}<th class=\"n\">pages<th><span class=\"away\">share</span></tr></thead><tbody>\n", what);
    const std::size_t left = sorted.size() - std::min(sorted.size(), kCountsShown);
    sorted.resize(sorted.size() - left);
    for (const auto& [name, count] : sorted) {
      out_ += "<tr>";
      cell(name);
      cell(thousands(count), true);
      out_ += fmt::format("<td><svg class=\"share\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"{:.1f}\" height=\"8\"/></svg></td></tr>\n",
                          100.0 * static_cast<double>(count) / static_cast<double>(std::max<std::size_t>(sorted[0].second, 1)));
    }
    out_ += "</tbody></table>";
    if (left) out_ += fmt::format("<p class=\"hint\">and {} rarer</p>", thousands(left));
    end();
  }

  void distributions() {
    std::vector<double> words, confidence;
    for (const RunPage& page : run_.pages) {
      if (page.failed()) continue;
      if (page.words >= 0) words.push_back(static_cast<double>(page.words));
      if (page.confidence >= 0) confidence.push_back(page.confidence);
    }
    if (words.empty() && confidence.empty()) return;
    section("distributions", "Bodies");
    out_ += "<div class=\"plots\">";
    if (!words.empty()) {
      out_ += "<figure><figcaption>words, by magnitude</figcaption>";
      append_bars("Words of a body", bars_by_magnitude(words, "words"), out_);
      out_ += "</figure>";
    }
    if (!confidence.empty()) {
      out_ += "<figure><figcaption>confidence: word F1 to expect</figcaption>";
      append_bars("Confidence", bars_by_tenth(confidence, "confidence"), out_);
      out_ += "</figure>";
    }
    out_ += "</div>";
    end();
  }

  void series(const char* name, const std::vector<DriftPoint>& points, auto value) {
    std::vector<Point> line;
    for (const DriftPoint& p : points) line.push_back({fmt::format("run {}: {}", p.run, value(p)), static_cast<double>(value(p)), p.alarmed});
    out_ += "<td>";
    append_line(name, line, out_);
    out_ += fmt::format("<span class=\"last\">{}</span></td>", value(points.back()));
  }

  void drift() {
    if (run_.drift.empty()) return;
    section("drift", "Drift over the last runs");
    out_ += "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Drift\"><table><thead><tr><th>host<th>kind<th>pages<th>median words<th>empty<th>unsure<th>rules that moved, % of pages</tr></thead><tbody>\n";
    std::size_t shown = 0;
    for (const auto& [host, kinds] : run_.drift)
      for (const auto& [kind, points] : kinds) {
        if (points.empty() || ++shown > kHostsShown) continue;
        out_ += points.back().alarmed ? "<tr class=\"alarmed\">" : "<tr>";
        cell(host + (points.back().alarmed ? " (alarm)" : ""));
        cell(kind);
        series("pages", points, [](const DriftPoint& p) { return p.pages; });
        series("median words", points, [](const DriftPoint& p) { return p.words; });
        series("empty pages", points, [](const DriftPoint& p) { return p.empty; });
        series("unsure pages", points, [](const DriftPoint& p) { return p.unsure; });
        cell(moved_rules(points));
        out_ += "</tr>\n";
      }
    out_ += "</tbody></table></div>";
    end();
  }

  static std::string moved_rules(const std::vector<DriftPoint>& points) {
    if (points.size() < 2) return "";
    const auto share = [](const DriftPoint& p, const std::string& rule) {
      const auto found = p.rules.find(rule);
      return found == p.rules.end() || p.pages == 0 ? 0.0 : 100.0 * static_cast<double>(found->second) / static_cast<double>(p.pages);
    };
    const DriftPoint &was = points[points.size() - 2], &now = points.back();
    std::map<std::string, double> moves;
    for (const DriftPoint* p : {&was, &now})
      for (const auto& [rule, pages] : p->rules) moves[rule] = share(now, rule) - share(was, rule);
    std::vector<std::pair<std::string, double>> sorted(moves.begin(), moves.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return std::abs(a.second) > std::abs(b.second); });
    std::string out;
    for (std::size_t i = 0; i < std::min(sorted.size(), kRulesShown) && std::abs(sorted[i].second) >= 1; ++i)
      out += fmt::format("{}{} {:.0f} → {:.0f}", out.empty() ? "" : ", ", sorted[i].first, share(was, sorted[i].first), share(now, sorted[i].first));
    return out;
  }

  void runs() {
    if (run_.runs.size() < 2) return;
    section("runs", "Last runs");
    out_ += "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Last runs\"><table><thead><tr><th class=\"n\">run<th>started<th class=\"n\">fetched<th class=\"n\">unchanged<th class=\"n\">cleaned<th class=\"n\">written<th class=\"n\">failed<th class=\"n\">seconds<th class=\"n\">exit code</tr></thead><tbody>\n";
    for (auto row = run_.runs.rbegin(); row != run_.runs.rend(); ++row) {
      out_ += "<tr>";
      cell(std::to_string(row->run), true);
      cell(row->started);
      for (const char* key : {"fetched", "unchanged", "cleaned", "written", "failed", "seconds", "exit_code"}) {
        const auto found = row->numbers.find(key);
        cell(found == row->numbers.end() ? "" : plain(found->second), true);
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table></div>";
    end();
  }

  void slowest() {
    if (run_.slowest.empty()) return;
    section("slowest", "Slowest pages");
    out_ += "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Slowest pages\"><table><thead><tr><th>page<th class=\"n\">ms to clean</tr></thead><tbody>\n";
    for (const auto& [url, seconds] : run_.slowest) {
      out_ += "<tr><td>";
      append_link(url, url, out_);
      out_ += fmt::format("</td><td class=\"n\">{:.1f}</td></tr>\n", seconds * 1000);
    }
    out_ += "</tbody></table></div>";
    end();
  }

  void pages() {
    if (run_.pages.empty()) return;
    section("pages", "Pages");
    out_ += "<form id=\"tools\" role=\"search\" aria-label=\"Filter the pages\"><label>Search <input type=\"search\" name=\"find\" autocomplete=\"off\" spellcheck=\"false\" aria-keyshortcuts=\"/\" "
            "placeholder=\"address, result, flag\"></label> <label><input type=\"checkbox\" name=\"failed\"> failed</label> <label><input type=\"checkbox\" name=\"flagged\"> flagged</label> "
            "<label><input type=\"checkbox\" name=\"explained\"> explained</label> <output name=\"found\" role=\"status\"></output></form>\n";
    out_ += "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Pages\"><table id=\"list\"><thead><tr><th>page<th>result<th>kind<th class=\"n\">words<th class=\"n\">confidence<th>flags<th>why</tr></thead><tbody>\n";
    const std::vector<std::size_t> order = worth_a_look(run_, kPagesShown, false);
    for (const std::size_t i : order) row(run_.pages[i]);
    out_ += "</tbody></table></div>";
    if (order.size() < run_.pages.size())
      out_ += fmt::format("<p class=\"hint\">{} of {} pages: those that need a look first.</p>", thousands(order.size()), thousands(run_.pages.size()));
    end();
  }

  void row(const RunPage& page) {
    out_ += fmt::format("<tr class=\"{}{}{}\"><td>", page.failed() ? "failed " : "", page.flags.empty() ? "" : "flagged ", page.explained.empty() ? "" : "explained");
    append_link(page.url, page.url, out_);
    out_ += "</td>";
    cell(page.status >= 400 ? fmt::format("{} {}", page.outcome, page.status) : page.outcome);
    cell(page.kind);
    cell(page.failed() || page.words < 0 ? "" : thousands(static_cast<std::uint64_t>(page.words)), true);
    cell(page.confidence < 0 ? "" : fmt::format("{:.2f}", page.confidence), true);
    std::string flags;
    for (const std::string& flag : page.flags) flags += (flags.empty() ? "" : ", ") + flag;
    cell(flags);
    out_ += "<td>";
    if (!page.explained.empty()) out_ += "<a href=\"" + escaped(page.explained) + "\">explain<span class=\"away\"> " + escaped(page.url) + "</span></a>";
    out_ += "</td></tr>\n";
  }

  const RunData& run_;
  std::string out_;
};

}  // namespace

std::vector<std::size_t> worth_a_look(const RunData& run, std::size_t most, bool kept) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < run.pages.size(); ++i)
    if (!kept || (!run.pages[i].warc.empty() && !run.pages[i].failed())) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const RunPage &p = run.pages[a], &q = run.pages[b];
    const double u = p.confidence < 0 ? 1 : p.confidence, v = q.confidence < 0 ? 1 : q.confidence;
    return rank(p) != rank(q) ? rank(p) < rank(q) : u < v;
  });
  if (order.size() > most) order.resize(most);
  return order;
}

std::string run_report(const RunData& run) {
  const auto number = run.numbers.find("run");
  const std::string title = (number == run.numbers.end() ? run.name : fmt::format("Run {:.0f}", number->second)) + " · marrow report";
  return whole_page({.title = title, .styles = {"base.css", "run.css"}, .scripts = {"run.js"}}, Page(run).all());
}

}  // namespace marrow
