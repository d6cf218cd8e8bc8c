#include "ledger/values/folded_text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

const icu::Normalizer2& rule(const icu::Normalizer2* (*load)(UErrorCode&)) {
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* loaded = load(code);
  ensure(U_SUCCESS(code) != 0 && loaded != nullptr, "ICU has its data at hand");
  return *loaded;
}

icu::UnicodeString normalized(const icu::Normalizer2& by, const icu::UnicodeString& text) {
  UErrorCode code = U_ZERO_ERROR;
  icu::UnicodeString out = by.normalize(text, code);
  ensure(U_SUCCESS(code) != 0, "ICU has its data at hand");
  return out;
}

}  // namespace

std::vector<std::string> folded_words(std::string_view text) {
  const auto whole =
      icu::UnicodeString::fromUTF8(icu::StringPiece{text.data(), static_cast<std::int32_t>(text.size())});
  const icu::UnicodeString folded =
      normalized(rule(icu::Normalizer2::getNFDInstance),
                 normalized(rule(icu::Normalizer2::getNFKCCasefoldInstance), whole));
  std::vector<std::string> words;
  icu::UnicodeString word;
  const auto finish = [&] {
    if (word.isEmpty()) return;
    std::string utf8;
    words.push_back(word.toUTF8String(utf8));
    word.remove();
  };
  for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 sign = folded.char32At(i);
    if (u_charType(sign) == U_NON_SPACING_MARK) continue;
    if (u_isalnum(sign) != 0) word.append(sign);
    else finish();
  }
  finish();
  std::ranges::sort(words);
  words.erase(std::ranges::unique(words).begin(), words.end());
  return words;
}

int common_words(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  std::vector<std::string> both;
  std::ranges::set_intersection(one, other, std::back_inserter(both));
  return static_cast<int>(both.size());
}

}  // namespace coop
