#include "ledger/statements/line_key.hpp"

#include "ledger/values/hex_text.hpp"
#include "ledger/values/sha256.hpp"

namespace coop::statements {

namespace {

/// Fields in an order, each with its length: what is in one never looks like the beginning of the next.
class Content {
 public:
  void add(std::string_view field) {
    text_ += std::to_string(field.size());
    text_ += ':';
    text_ += field;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// Banks break and pad the same text otherwise in another file.
std::string without_blanks(std::string_view text) {
  std::string bare;
  for (const char c : text)
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') bare += c;
  return bare;
}

/// The amount as the same number always looks: 12.5 and 12.50 are one.
std::string plain_amount(const Decimal& amount) {
  const int places = needed_places(amount);
  return text_of(Decimal{whole_minor(amount, places).value(), places});
}

void add_detail(Content& content, const Detail& detail) {
  content.add(detail.amount ? plain_amount(*detail.amount) : "");
  content.add(detail.counterparty.account);
  content.add(without_blanks(detail.counterparty.name));
  for (const std::string* reference :
       {&detail.references.structured, &detail.references.end_to_end, &detail.references.mandate,
        &detail.references.bank, &detail.return_code})
    content.add(*reference);
  content.add(without_blanks(detail.text));
}

// What a key is made of behind the day and the amount, without the details.
void add_kept_words(Content& content, const Line& line) {
  if (!line.bank_id.empty()) {
    content.add("id");
    content.add(line.bank_id);
  } else {
    content.add(line.valued_on ? line.valued_on->text() : "");
    content.add(without_blanks(line.text));
  }
}

std::string key_of(Day booked_on, const Decimal& amount, const std::string& words) {
  Content content;
  content.add(booked_on.text());
  content.add(plain_amount(amount));
  return hex_of(sha256_of(content.text(), words));
}

// A cut ends before a letter that would not fit, which has four bytes at most.
bool may_be_cut(const std::string& text, std::size_t most) { return text.size() + 4 > most; }

}  // namespace

LineKey LineKeys::of(const Line& line) {
  Content words;
  add_kept_words(words, line);
  if (line.bank_id.empty())
    for (const Detail& detail : line.details) add_detail(words, detail);
  std::string key = key_of(line.booked_on, line.amount, words.text());
  const int occurrence = ++seen_[key];
  return {std::move(key), occurrence};
}

KeptLine::KeptLine(const Line& line)
    : booked_on_{line.booked_on},
      amount_{line.amount},
      is_reversal_{line.is_reversal},
      has_id_{!line.bank_id.empty()},
      is_whole_{has_id_ ? !may_be_cut(line.bank_id, most_kept_id) : !may_be_cut(line.text, most_kept_text)} {
  Content content;
  add_kept_words(content, line);
  words_ = content.text();
}

void KeptLine::add(const Detail& detail, bool may_lack_amount) {
  if (has_id_) return;
  if (may_be_cut(detail.text, most_kept_text) || (may_lack_amount && !detail.amount)) is_whole_ = false;
  Content content;
  add_detail(content, detail);
  words_ += content.text();
}

bool KeptLine::may_have(std::string_view key) const {
  return !is_whole_ || key_of(booked_on_, amount_, words_) == key ||
         (is_reversal_ && key_of(booked_on_, -amount_, words_) == key);
}

}  // namespace coop::statements
