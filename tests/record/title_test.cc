#include "record/title.h"

#include <gtest/gtest.h>

#include "support/document_builder.h"

namespace marrow {
namespace {

using testing::DocumentBuilder;

struct Row {
  const char* name;
  const char* url;
  const char* title;     // <title>
  const char* og_title;  // "" = none
  const char* site;      // og:site_name
  std::vector<const char*> h1;
  const char* want;
  PageKind kind = PageKind::article;
};

std::string title_of(const Row& row) {
  DocumentBuilder b(row.url);
  b.document().title = row.title;
  if (*row.og_title) b.meta("og:title", row.og_title);
  if (*row.site) b.meta("og:site_name", row.site);
  for (const char* h1 : row.h1) b.element("h1", h1);
  b.element("p", "Some prose that stands below the headline.");
  SelfDescription facts = gather_self_description(b.finish(), row.kind);
  facts.site = decide_site(facts);
  return decide_title(facts);
}

TEST(Title, HeadAndHeadlineAreWeighed) {
  const Row rows[] = {
      {"the h1 readers see", "https://example.org/a", "A cat sat | Post", "A cat sat down", "Post", {"A cat sat down at last"}, "A cat sat down at last"},
      {"no h1", "https://example.org/a", "A cat sat | Post", "", "Post", {}, "A cat sat"},
      {"h1 is the site", "https://example.org/a", "A cat sat - The Cat Book", "", "", {"The Cat Book"}, "A cat sat"},
      {"h1 is the blog in front", "https://example.org/a", "Cat Diary: Mats compared", "Mats compared", "", {"Cat Diary"}, "Mats compared"},
      {"two h1, the second agrees", "https://example.org/a", "A cat sat", "A cat sat", "", {"News", "A cat sat"}, "A cat sat"},
      {"h1 of another article", "https://example.org/a-cat-sat", "A cat sat", "A cat sat", "", {"Sign up for the letter"}, "A cat sat"},
      {"slug agrees with the h1", "https://example.org/which-mat-lasts-longest", "Mats | Post", "Mats", "Post", {"Which mat lasts longest?"},
       "Which mat lasts longest?"},
      {"the template's title says nothing", "", "The front page of the net", "", "", {"Which mat do you put your cat on?"}, "Which mat do you put your cat on?"},
      {"og:title is the site", "https://example.org/a", "Which mat for which cat? | Matworks", "Matworks", "Matworks", {"Which mat for which cat?"},
       "Which mat for which cat?"},
      {"slogan over a service", "https://example.org/a", "Mat cleaning for offices | Acme", "Mat cleaning for offices | Acme", "Acme", {"Walk on clean ground"},
       "Mat cleaning for offices", PageKind::service},
      {"no slogan: the title begins so", "https://example.org/a", "Mat cleaning - University of Mats", "", "", {"Mat cleaning"}, "Mat cleaning", PageKind::service},
      {"same h1 on an article", "https://example.org/a", "Mat cleaning for offices | Acme", "Mat cleaning for offices | Acme", "Acme", {"Mat cleaning in offices"},
       "Mat cleaning in offices"},
      {"home page keeps its name", "https://acme.example/", "Acme - Mats since 1949", "", "Acme", {}, "Acme - Mats since 1949", PageKind::service},
      {"a home page is not called home", "https://acme.example/", "Home - Acme Mats", "Home", "Acme Mats", {}, "Acme Mats", PageKind::listing},
      {"Chinese", "https://example.org/a", "猫坐在垫子上_新闻网", "", "新闻网", {"猫坐在垫子上"}, "猫坐在垫子上"},
      {"Russian", "https://example.org/a", "Кошка сидела на коврике — Вестник", "", "Вестник", {}, "Кошка сидела на коврике"},
      {"nothing at all", "https://example.org/a", "", "", "", {}, ""},
      {"hostile: separators only", "https://example.org/a", " | - | ", "|", "|", {"-"}, ""},
  };
  for (const Row& row : rows) EXPECT_EQ(title_of(row), row.want) << row.name;
}

}  // namespace
}  // namespace marrow
