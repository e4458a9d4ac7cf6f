// Walls and error pages, as whole pages: PITFALLS T14 to T16. Hard evidence makes a flag; a phrase never does.
#include <algorithm>

#include "whole/page.h"

namespace marrow {
namespace {

using test::Frame;
using test::framed;
using test::kFrames;
using test::kProse;
using test::prose;

class QualityOfWholePages : public test::WholePage {
 protected:
  static bool has(const Record& record, std::string_view flag) {
    const auto& flags = record.quality.flags;
    return std::find(flags.begin(), flags.end(), flag) != flags.end();
  }
};

TEST_F(QualityOfWholePages, PaywallsOnHardEvidenceOnly) {
  const std::string ask = "<div class=ask>Already a subscriber? <a href='/login'>Log in</a></div>";
  const std::string sale = "<div class=offer>Subscribe now to read on. From 1 € a week.</div>";
  const auto data = [](const char* value) { return "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"The keeper who counted ships\",\"isAccessibleForFree\":" + std::string(value) + "}</script>"; };
  const struct {
    const char* name;
    std::string piece, head;
    int status;
    bool paid;
  } rows[] = {
      {"free", prose(), "", 200, false},
      {"a phrase in the page", prose() + ask, "", 200, false},
      {"phrases in a short page", prose(0, 1) + sale + ask, "", 200, false},
      {"paragraphs of the class paywall", "<div class='paywall article-paywall'>" + prose() + "</div>", "", 200, false},
      {"data says so", prose(0, 2), data("false"), 200, true},
      {"data says so in words", prose(0, 2), data("\"False\""), 200, true},
      {"data says free", prose(0, 2), data("true"), 200, false},
      {"payment required", prose(0, 1), "", 402, true},
      {"unavailable for legal reasons", prose(0, 1), "", 451, true},
      {"not found", prose(0, 1), "", 404, false},
  };
  for (const Frame frame : kFrames)
    for (const auto& row : rows) EXPECT_EQ(has(clean(framed(frame, row.piece, row.head), row.status), "paywalled"), row.paid) << row.name << " " << static_cast<int>(frame);
  const Record record = clean(framed(Frame::news, "<div class='paywall'>" + prose() + "</div>"));
  for (const char* text : kProse) EXPECT_EQ(count(record.body, text), 1U);
}

TEST_F(QualityOfWholePages, ConsentWalls) {
  const std::string consent = "<div id='onetrust-consent-sdk'><h2>We value your privacy</h2><p>We and our 842 partners store and access information on your device, such as cookies, to show "
                              "personalised advertising and content, measure both and learn about those who see them.</p><button>Accept all</button><button>Reject all</button></div>";
  EXPECT_TRUE(has(clean("<!doctype html><html lang=en><title>The Island Post</title><body>" + consent + "<div>© The Island Post</div>"), "consent_wall"));
  EXPECT_TRUE(has(clean("<!doctype html><html lang=en><title>Before you continue</title><body><h1>Before you continue</h1><p>We use cookies and data.</p>", 200, "https://consent.island.example/m?continue=x"),
                  "consent_wall"));
  for (const Frame frame : kFrames) {
    std::string html = framed(frame, prose());
    html.insert(html.find("</body>"), consent);
    const Record record = clean(html);
    EXPECT_FALSE(has(record, "consent_wall")) << static_cast<int>(frame);
    EXPECT_EQ(record.body.find("842 partners"), std::string::npos) << record.body;
  }
  EXPECT_FALSE(has(clean("<!doctype html><html lang=en class='cookies-enabled'><title>On baking</title><body class='cookie-recipes'><h1>On baking cookies</h1>" + prose(0, 2)), "consent_wall"));
}

// Containers that products set into pages (rules/signals/containers.toml), wherever on the page they stand and however much they say.
TEST_F(QualityOfWholePages, BoxesOfKnownProducts) {
  const std::string words = "<p>The cookies of the category statistics help us to understand how visitors walk through these pages, and they are kept for 24 months.</p>";
  for (const char* box : {"<div id=CybotCookiebotDialog role=dialog>", "<section id=usercentrics-root>", "<div class='osano-cm-window x'>", "<div id=sp_message_container_77211>", "<div id=disqus_thread>"}) {
    std::string many = box;
    for (int i = 0; i < 12; ++i) many += words + "<ul><li><a href='/partner/" + std::to_string(i) + "'>The partner of number " + std::to_string(i) + " and its promises</a></li></ul>";
    many += box[1] == 's' ? "</section>" : "</div>";
    for (const Frame frame : kFrames) {
      const Record record = clean(framed(frame, prose(0, 3) + many + prose(3)));
      EXPECT_EQ(record.body.find("24 months"), std::string::npos) << box << "\n" << record.body;
      EXPECT_NE(record.body.find("His daughter kept the lamp"), std::string::npos) << box << "\n" << record.body;
      for (const RelatedLink& link : record.related) EXPECT_EQ(link.url.find("/partner/"), std::string::npos) << box;
    }
  }
}

TEST_F(QualityOfWholePages, ErrorPagesServedAsPages) {
  const auto page = [](const char* title, const char* h1, const std::string& text) {
    return "<!doctype html><title>" + std::string(title) + "</title><body><h1>" + h1 + "</h1>" + text;
  };
  const std::string sorry = "<p>The page you asked for has moved or was deleted. <a href='/'>Go to the front page</a>.</p>";
  EXPECT_TRUE(has(clean(page("Page not found | The Island Post", "Sorry", sorry)), "soft_404"));
  EXPECT_TRUE(has(clean(page("The Island Post", "404", sorry)), "soft_404"));
  EXPECT_TRUE(has(clean(page("The Island Post", "Seite nicht gefunden", sorry)), "soft_404"));
  EXPECT_TRUE(has(clean(page("The Island Post", "找不到页面", sorry)), "soft_404"));
  EXPECT_FALSE(has(clean(page("How to design a page not found page", "How to design a page not found page", prose())), "soft_404"));
  EXPECT_FALSE(has(clean(page("Route 404 reopens", "Route 404 reopens after four long years of work on the coast road bridge", prose(0, 2))), "soft_404"));
}

// T14, end to end: what the bytes are read as, and that nothing but UTF-8 comes out.
TEST_F(QualityOfWholePages, CharactersComeOutRight) {
  const std::string text = "Die Windr\xE4""der am K\xFCstenweg drehen sich den ganzen Winter \x96 sagt der W\xE4rter.";
  const std::string want = "Die Windräder am Küstenweg drehen sich den ganzen Winter – sagt der Wärter.";
  for (const char* charset : {"<meta charset=iso-8859-1>", "<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>", "<meta charset=windows-1252>", ""}) {
    std::string html = "<!doctype html><html lang=de><head>" + std::string(charset) + "<title>Der W\xE4rter</title></head><body><article><h1>Der W\xE4rter</h1>";
    for (int i = 0; i < 4; ++i) html += "<p>" + std::to_string(i) + ". " + text + " Und so geht es auf der Insel seit vielen Jahren zu, wie alle wissen.</p>";
    const Record record = clean(html + "</article>");
    EXPECT_EQ(count(record.body, want), 4U) << charset << record.charset << "\n" << record.body;
    EXPECT_EQ(record.title, "Der Wärter") << charset;
  }
  const Record utf8 = clean("<!doctype html><meta charset=iso-8859-1><title>Wärter</title><article><p>" + want + " Und so geht es auf der Insel seit vielen Jahren zu, wie alle wissen, die dort waren.</p>" + prose() + "</article>");
  EXPECT_NE(utf8.body.find(want), std::string::npos) << utf8.charset;
}

}  // namespace
}  // namespace marrow
