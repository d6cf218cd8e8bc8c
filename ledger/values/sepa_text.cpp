#include "ledger/values/sepa_text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop {

namespace {

constexpr std::string_view allowed_marks = "/-?:().,'+";

constexpr bool is_allowed(char32_t sign) {
  return (sign >= U'a' && sign <= U'z') || (sign >= U'A' && sign <= U'Z') || (sign >= U'0' && sign <= U'9') ||
         (sign < 0x80 && allowed_marks.find(static_cast<char>(sign)) != std::string_view::npos);
}

struct Replacement {
  char32_t sign;
  std::string_view text;
};

// Each mark by the nearest one there is, as EPC217-08 advises; currencies by their codes.
constexpr Replacement replacements[] = {
    {U'!', "."},      {U'"', "'"},        {U'#', "."},        {U'$', "USD"},      {U'%', "."},
    {U'&', "+"},      {U'*', "."},        {U';', ","},        {U'<', "("},        {U'=', "."},
    {U'>', ")"},      {U'@', "(at)"},     {U'[', "("},        {U'\\', "/"},       {U']', ")"},
    {U'^', "."},      {U'_', "-"},        {U'`', "'"},        {U'{', "("},        {U'|', "/"},
    {U'}', ")"},      {U'~', "-"},        {U'\u00A3', "GBP"}, {U'\u00A5', "JPY"}, {U'\u00B7', "."},
    {U'\u2022', "-"}, {U'\u20AC', "EUR"},
};

const std::string_view* find_replacement(char32_t sign) {
  const auto* found = std::find_if(std::begin(replacements), std::end(replacements),
                                   [&](const Replacement& row) { return row.sign == sign; });
  return found == std::end(replacements) ? nullptr : &found->text;
}

void require_success(UErrorCode code) { ensure(U_SUCCESS(code) != 0, "ICU has its data at hand"); }

/// ICU's rules, loaded once. They are not said to bear several threads at once, so one thread asks at a time.
class Rules {
 public:
  Rules() : to_latin_{load("Any-Latin")}, to_ascii_{load("Latin-ASCII")} {
    UErrorCode code = U_ZERO_ERROR;
    composer_ = icu::Normalizer2::getNFCInstance(code);
    require_success(code);
  }

  icu::UnicodeString composed(const icu::UnicodeString& text) const {
    UErrorCode code = U_ZERO_ERROR;
    icu::UnicodeString out = composer_->normalize(text, code);
    require_success(code);
    return out;
  }
  void to_latin(icu::UnicodeString& text) {
    const std::lock_guard lock{one_at_a_time_};
    to_latin_->transliterate(text);
  }
  void to_ascii(icu::UnicodeString& text) {
    const std::lock_guard lock{one_at_a_time_};
    to_ascii_->transliterate(text);
  }

 private:
  static std::unique_ptr<icu::Transliterator> load(const char* id) {
    UErrorCode code = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> rule{
        icu::Transliterator::createInstance(icu::UnicodeString{id}, UTRANS_FORWARD, code)};
    require_success(code);
    return rule;
  }

  std::unique_ptr<icu::Transliterator> to_latin_;
  std::unique_ptr<icu::Transliterator> to_ascii_;
  const icu::Normalizer2* composer_ = nullptr;
  std::mutex one_at_a_time_;
};

Rules& rules() {
  static Rules loaded;
  return loaded;
}

/// Umlauts as Germans spell them without: capitals stay capitals within words of capitals.
icu::UnicodeString without_umlauts(const icu::UnicodeString& word) {
  icu::UnicodeString out;
  for (std::int32_t at = 0; at < word.length(); ++at) {
    const char16_t letter = word[at];
    const bool shouted =
        at + 1 < word.length() ? u_isupper(word[at + 1]) != 0 : at > 0 && u_isupper(word[at - 1]) != 0;
    switch (letter) {
      case u'\u00E4':
        out.append(u"ae", 2);
        break;
      case u'\u00F6':
        out.append(u"oe", 2);
        break;
      case u'\u00FC':
        out.append(u"ue", 2);
        break;
      case u'\u00C4':
        out.append(shouted ? u"AE" : u"Ae", 2);
        break;
      case u'\u00D6':
        out.append(shouted ? u"OE" : u"Oe", 2);
        break;
      case u'\u00DC':
        out.append(shouted ? u"UE" : u"Ue", 2);
        break;
      default:
        out.append(letter);
    }
  }
  return out;
}

/// An accent that belongs to the letter before it, or a sign that only steers how letters are joined.
bool is_silent(UChar32 sign) {
  const auto kind = u_charType(sign);
  if (kind == U_FORMAT_CHAR) return true;
  if (kind != U_NON_SPACING_MARK && kind != U_ENCLOSING_MARK) return false;
  UErrorCode code = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(sign, &code);
  return script == USCRIPT_INHERITED || script == USCRIPT_COMMON || script == USCRIPT_LATIN;
}

/// Appends what stands for `sign`; false if nothing does.
bool append_known(std::string& out, UChar32 sign) {
  const auto wide = static_cast<char32_t>(sign);
  if (is_allowed(wide)) out += static_cast<char>(sign);
  else if (const std::string_view* replacement = find_replacement(wide)) out += *replacement;
  else return false;
  return true;
}

/// Appends what stands for one sign of Latin text, a dot if nothing does; false if it is a dot for that
/// reason.
bool append_sign(std::string& out, UChar32 sign) {
  if (append_known(out, sign) || is_silent(sign)) return true;
  icu::UnicodeString plain{sign};
  rules().to_ascii(plain);
  std::string letters;
  for (std::int32_t at = 0; at < plain.length(); at = plain.moveIndex32(at, 1)) {
    const UChar32 letter = plain.char32At(at);
    if (letter == U' ' || append_known(letters, letter)) continue;
    letters.clear();
    break;
  }
  out += letters.empty() ? "." : letters;
  return !letters.empty();
}

/// One word, without blanks, in SEPA characters.
SepaChange sepa_word(const std::string& word) {
  SepaChange change{word, {}, false};
  if (is_sepa_text(word)) {
    change.to = word;
    return change;
  }
  icu::UnicodeString wide = without_umlauts(rules().composed(icu::UnicodeString::fromUTF8(word)));
  rules().to_latin(wide);
  wide = rules().composed(wide);
  for (std::int32_t at = 0; at < wide.length(); at = wide.moveIndex32(at, 1)) {
    const UChar32 sign = wide.char32At(at);
    if (!u_isUWhiteSpace(sign)) {
      if (!append_sign(change.to, sign)) change.is_lossy = true;
    } else if (!change.to.empty() && !change.to.ends_with(' ')) {
      change.to += ' ';  // some marks of other alphabets bring blanks with them
    }
  }
  if (change.to.ends_with(' ')) change.to.pop_back();
  if (change.to.empty()) {
    change.to = ".";
    change.is_lossy = true;
  }
  return change;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  const icu::UnicodeString wide =
      icu::UnicodeString::fromUTF8(icu::StringPiece{text.data(), static_cast<std::int32_t>(text.size())});
  for (std::int32_t at = 0; at < wide.length(); at = wide.moveIndex32(at, 1)) {
    const UChar32 sign = wide.char32At(at);
    if (u_isUWhiteSpace(sign) || u_charType(sign) == U_CONTROL_CHAR) {
      if (!words.back().empty()) words.emplace_back();
    } else {
      icu::UnicodeString{sign}.toUTF8String(words.back());
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace

bool is_sepa_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c == ' ' || is_allowed(static_cast<char32_t>(static_cast<unsigned char>(c)));
  });
}

SepaText sepa_text_of(std::string_view text, std::size_t most) {
  ensure(is_storable_text(text), "only well-formed text goes to a bank");
  SepaText out{{}, {}, false};
  for (const std::string& word : words_of(text)) {
    SepaChange change = sepa_word(word);
    if (!out.text.empty()) out.text += ' ';
    out.text += change.to;
    if (change.to != change.from) out.changes.push_back(std::move(change));
  }
  if (out.text.size() > most) {
    out.text.resize(most);
    out.is_cut = true;
    while (out.text.ends_with(' ')) out.text.pop_back();
  }
  return out;
}

}  // namespace coop
