#include "record/author_name.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

TEST(AuthorName, IsCleaned) {
  const std::pair<const char*, const char*> rows[] = {
      {"Jane Doe", "Jane Doe"},
      {"By Jane Doe", "Jane Doe"},
      {"by: Jane Doe | May 3, 2025", "Jane Doe"},
      {"Written by Jane Doe on May 3, 2025", "Jane Doe"},
      {"Von Jörg Müller", "Jörg Müller"},
      {"Par Aurélie Dupont", "Aurélie Dupont"},
      {"Por: José Pérez", "José Pérez"},
      {"Jane Doe (jane@example.org)", "Jane Doe"},
      {"Byron Katie", "Byron Katie"},
      {"Vonnegut", "Vonnegut"},
      {"https://www.facebook.com/jane", ""},
      {"admin", ""},
      {"Admin", ""},
      {"February 8, 2022", ""},
      {"Jun 2 Written By Jane Doe", "Jane Doe"},
      {"ByJane Doe", "Jane Doe"},
      {"Written byJane Doe", "Jane Doe"},
      {"ByWard", "ByWard"},
      {"View all posts by Jane Doe →", "Jane Doe →"},
      {"Jane Doe 14", "Jane Doe"},
      {"Jane Doe December 8", "Jane Doe"},
      {"Discussion in 'Mats' started by cat_on_mat, May 26, 2025", "cat_on_mat"},
      {"Published August 7, 2023 by Jane Doe", "Jane Doe"},
      {"jane@example.org", "jane@example.org"},
      {"page.head.extra.author", ""},
      {"10 mins read", ""},
      {"作者：王小明", "王小明"},
      {"Автор: Иван Петров", "Иван Петров"},
      {"بقلم أحمد علي", "أحمد علي"},
      {"", ""},
      {"{{author}}", ""},
      {"12345", ""},
      {"This whole sentence is about something else and it goes on for very much longer than any name would.", ""},
  };
  for (const auto& [text, name] : rows) EXPECT_EQ(clean_author(text), name) << text;
}

TEST(AuthorName, LeadsAreKnown) {
  for (const char* text : {"By", "by:", "Written by", "Von", "Par", "作者：", "Автор:", "AUTHOR"}) EXPECT_TRUE(is_lead(text)) << text;
  for (const char* text : {"", "Byron", "Jane Doe", "By Jane Doe", "b"}) EXPECT_FALSE(is_lead(text)) << text;
}

}  // namespace
}  // namespace marrow
