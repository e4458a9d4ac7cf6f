// marrow watch: a preview for people who write rules.

#include <chrono>
#include <thread>

#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/page_options.h"
#include "cli/verbs.h"
#include "report/preview_server.h"
#include "report/watched.h"

namespace marrow::cli {
namespace {

constexpr std::chrono::milliseconds kPatience{50};

class Watch final : public Verb {
 public:
  VerbText text() const override {
    return {"watch",
            "Preview kept pages while their rules are being written",
            "Serves the pages below DIR (.html, .txt and what is in WARC archives, of a page kept several times the last) as explain --html "
            "shows them, until Ctrl-C. Each time a watched rule file is saved the page in the browser comes again, with what the change changed "
            "and how the rules' own tests fare, their hit and miss cases and their page tests; rules that do not compile are named by line, and "
            "the last good ones stay.\n\n"
            "The address that is printed is good for this run alone. The server listens on this machine's loopback and answers nobody who does "
            "not know it: no other host, no other site in the same browser. It serves no files, only what it makes of the pages below DIR.",
            {{"marrow watch pages/ --rules mine.toml", "open the address, edit mine.toml"},
             {"marrow watch kept/ --rules mine.toml", "the pages that a job kept"},
             {"marrow watch rules/sites/example.com/", "a folder of rules with their test pages"}}};
  }
  void options(Options& o) override {
    o.operand("DIR", dir_, true, "Folder of kept pages. Its rule files are watched where --rules names none.");
    o.number("--port", "N", port_, {0, 65535}, "Port to listen on; 0 is any that is free.");
    add_rule_options(o, page_);
    add_limit_options(o, page_);
  }

  int run(Context& context) override {
    Result<Watched> watched = Watched::open(dir_, clean_options(page_));
    if (!watched) return cannot(context, watched.error().message);
    const auto answer = [&](std::string_view path, std::int64_t number) -> std::optional<PreviewAnswer> {
      if (path.empty()) return PreviewAnswer{.text = watched->index()};
      if (path == "version") return PreviewAnswer{"application/json", "{\"version\":" + std::to_string(watched->version()) + "}\n"};
      if (path != "page") return std::nullopt;
      std::optional<std::string> page = watched->page(number);
      if (!page) return std::nullopt;
      return PreviewAnswer{.text = std::move(*page)};
    };
    Result<PreviewServer> server = PreviewServer::start(static_cast<int>(port_), answer);
    if (!server) return cannot(context, server.error().message);
    write_out(context.terminal, server->address() + "\n");
    while (!context.interrupt.stopped()) std::this_thread::sleep_for(kPatience);
    return kInterrupted;
  }

 private:
  static int cannot(Context& context, const std::string& message) {
    context.log.fault(message);
    return kCannotRun;
  }

  std::string dir_;
  std::uint64_t port_ = 0;
  PageOptions page_;
};

}  // namespace

std::unique_ptr<Verb> watch_verb() { return std::make_unique<Watch>(); }

}  // namespace marrow::cli
