// marrow robots: what a robots.txt says of URLs, and by which line.

#include "fetch/robots.h"

#include "cli/output.h"
#include "cli/verbs.h"
#include "source/stream.h"

namespace marrow::cli {
namespace {

class RobotsVerb final : public Verb {
 public:
  VerbText text() const override {
    return {
        "robots",
        "Say what a robots.txt allows, and by which line",
        "Prints a line for each URL: allow or disallow, the URL, and the line of FILE that "
        "decided, "
        "split by tabs. Reads no network. The rules are those of RFC 9309, as `marrow fetch` keeps "
        "them: the longest matching pattern wins, Allow wins a tie, groups of one agent are "
        "merged.",
        {{"marrow robots robots.txt --agent marrow https://example.org/private/",
          "ask for one page"}}};
  }
  void options(Options& o) override {
    o.operand("FILE", file_, true, "A robots.txt, or - for standard input.");
    o.operands("URL", urls_, true, "URLs, or paths of the site.");
    o.text("--agent", "NAME", agent_,
           "The crawler that asks: the token that User-agent lines name.");
  }
  int run(Context& context) override {
    const Result<std::string> bytes = read();
    if (!bytes) {
      context.log.error(bytes.error().message);
      return kCannotRun;
    }
    const Robots robots = Robots::parse(*bytes, agent_);
    std::string out;
    for (const std::string& url : urls_) {
      const Robots::Decision decision = robots.decide(url);
      out += (decision.allowed ? "allow\t" : "disallow\t") + printable(url) + "\t";
      out += decision.line ? printable(file_) + ":" + std::to_string(decision.line) + ": " +
                                 printable(decision.rule)
                           : "no rule";
      out += "\n";
    }
    return write_out(context.terminal, out);
  }

 private:
  Result<std::string> read() const {
    Result<std::unique_ptr<ByteStream>> stream = open_stream(file_, nullptr);
    if (!stream) return stream.error();
    std::string bytes;
    if (Status got = read_all(**stream, Robots::kMaxBytes, bytes); !got) return got.error();
    return bytes;
  }

  std::string file_;
  std::vector<std::string> urls_;
  std::string agent_ = "marrow";
};

}  // namespace

std::unique_ptr<Verb> robots_verb() { return std::make_unique<RobotsVerb>(); }

}  // namespace marrow::cli
