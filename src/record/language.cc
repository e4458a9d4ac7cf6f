#include "record/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace marrow {
namespace {

// Bytes of the body that CLD2 reads: it settles within a few hundred; more costs time (25 us a kB). So it reads a little first, and the rest
// where that is not all in one language: no page or text of the development sets comes out otherwise than by reading all of it.
constexpr std::size_t kGlanceBytes = 1024;
constexpr int kGlancePercent = 97;
constexpr std::size_t kDetectBytes = 4096;
// CLD2 overrules the page's own word from this many bytes of letters on: below it errs on names and menus.
constexpr std::size_t kOverruleBytes = 200;
// … and where at least this share of the text is in that language (percent).
constexpr int kOverrulePercent = 60;

// Old or odd codes and English names -> the code in use today.
constexpr std::pair<std::string_view, std::string_view> kAliases[] = {
    {"iw", "he"},      {"in", "id"},      {"ji", "yi"},      {"jw", "jv"},     {"mo", "ro"},
    {"sh", "sr"},      {"fil", "tl"},     {"nb", "no"},      {"nn", "no"},     {"cmn", "zh"},
    {"zho", "zh"},     {"chi", "zh"},     {"eng", "en"},     {"deu", "de"},    {"ger", "de"},
    {"fra", "fr"},     {"fre", "fr"},     {"spa", "es"},     {"ita", "it"},    {"por", "pt"},
    {"rus", "ru"},     {"jpn", "ja"},     {"kor", "ko"},     {"ara", "ar"},    {"nld", "nl"},
    {"dut", "nl"},     {"pol", "pl"},     {"tur", "tr"},     {"swe", "sv"},    {"jp", "ja"},
    {"cn", "zh"},      {"kr", "ko"},      {"cz", "cs"},      {"dk", "da"},     {"gr", "el"},
    {"english", "en"}, {"german", "de"},  {"deutsch", "de"}, {"french", "fr"}, {"français", "fr"},
    {"spanish", "es"}, {"español", "es"}, {"italian", "it"}, {"italiano", "it"},
    {"portuguese", "pt"}, {"russian", "ru"}, {"japanese", "ja"}, {"chinese", "zh"}, {"dutch", "nl"},
    {"polish", "pl"},  {"arabic", "ar"},  {"turkish", "tr"}, {"korean", "ko"},
};

bool same_family(std::string_view a, std::string_view b) {
  // Pairs CLD2 cannot tell apart by their words: the page's own word stands.
  constexpr std::pair<std::string_view, std::string_view> kTwins[] = {
      {"hr", "sr"}, {"hr", "bs"}, {"sr", "bs"}, {"id", "ms"}, {"no", "da"}, {"cs", "sk"}, {"gl", "pt"}, {"gl", "es"}};
  if (a == b) return true;
  return std::any_of(std::begin(kTwins), std::end(kTwins), [&](const auto& twin) {
    return (twin.first == a && twin.second == b) || (twin.first == b && twin.second == a);
  });
}

}  // namespace

std::string normal_language(std::string_view tag) {
  std::string code = fold_case(trim(tag));
  code = code.substr(0, code.find_first_of("-_,; "));
  for (const auto& [from, to] : kAliases)
    if (code == from) return std::string(to);
  const bool plausible = (code.size() == 2 || code.size() == 3) &&
                         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (!plausible || code == "und" || code == "mul" || code == "zxx" || code == "xx") return {};
  return code;
}

namespace {

DetectedLanguage ask_cld2(std::string_view text) {
  DetectedLanguage out;
  if (text.empty()) return out;
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  std::array<double, 3> scores{};
  int bytes = 0, valid = 0;
  bool reliable = false;
  const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  const CLD2::Language language = CLD2::ExtDetectLanguageSummaryCheckUTF8(
      text.data(), static_cast<int>(text.size()), true, &hints, 0, languages.data(), percents.data(),
      scores.data(), nullptr, &bytes, &reliable, &valid);
  if (language == CLD2::UNKNOWN_LANGUAGE) return out;
  out.code = normal_language(CLD2::LanguageCode(language));
  out.percent = percents[0];
  out.bytes = bytes > 0 ? static_cast<std::size_t>(bytes) : 0;
  out.reliable = reliable && !out.code.empty();
  return out;
}

}  // namespace

DetectedLanguage detect_language(std::string_view text) {
  if (text.size() > kGlanceBytes) {
    DetectedLanguage glance = ask_cld2(utf8_prefix(text, kGlanceBytes));
    if (glance.reliable && glance.percent >= kGlancePercent) return glance;
  }
  return ask_cld2(utf8_prefix(text, kDetectBytes));
}

std::string decide_language(const std::vector<std::string>& claims, std::string_view body) {
  std::string claimed;
  for (const std::string& claim : claims)
    if (claimed = normal_language(claim); !claimed.empty()) break;
  const DetectedLanguage read = detect_language(body);
  if (!read.reliable) return claimed;
  if (claimed.empty()) return read.code;
  if (same_family(claimed, read.code)) return claimed;
  return read.bytes >= kOverruleBytes && read.percent >= kOverrulePercent ? read.code : claimed;
}

}  // namespace marrow
