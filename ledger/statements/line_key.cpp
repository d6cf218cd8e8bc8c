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

std::string key_of(const Line& line) {
  Content content;
  content.add(line.booked_on.text());
  content.add(plain_amount(line.amount));
  if (!line.bank_id.empty()) {
    content.add("id");
    content.add(line.bank_id);
  } else {
    content.add(line.valued_on ? line.valued_on->text() : "");
    content.add(without_blanks(line.text));
    for (const Detail& detail : line.details) add_detail(content, detail);
  }
  return hex_of(sha256_of(content.text()));
}

}  // namespace

LineKey LineKeys::of(const Line& line) {
  std::string key = key_of(line);
  const int occurrence = ++seen_[key];
  return {std::move(key), occurrence};
}

}  // namespace coop::statements
