// What hledger prints as JSON, or what pretends to be that: lists cut into elements, elements read, texts and
// quantities taken from them.
#include <sstream>

#include "ledger/journals/hledger_entry.hpp"
#include "ledger/journals/import_comments.hpp"
#include "ledger/journals/json_elements.hpp"
#include "ledger/journals/percent_text.hpp"
#include "tests/support/fuzz_target.hpp"

namespace coop::journals {
namespace {

void look_at_quantity(const Decimal& quantity) {
  fuzz::is_read([&] {
    for (const int scale : {0, 2, 6}) {
      const auto minor = whole_minor(quantity, scale);
      fuzz::require(!minor || needed_places(quantity) <= scale, "whole minor units need no more decimals");
    }
  });
  fuzz::is_read([&] {
    fuzz::require(is_zero(quantity + -quantity), "a number and its opposite are nothing");
    is_same(quantity * quantity, quantity);
  });
  fuzz::require(!text_of(quantity).empty() && needed_places(quantity) <= most_places, "it can be written");
}

void look_at_entry(std::string_view json) {
  fuzz::is_read([&] {
    const HledgerEntry fuzzed_entry = hledger_entry_from(json);
    texts_of(fuzzed_entry);
    place_of(fuzzed_entry);
    for (const HledgerPosting& fuzzed_posting : fuzzed_entry.postings) {
      comment_of(fuzzed_posting);
      for (const HledgerAmount& amount : fuzzed_posting.amounts) look_at_quantity(amount.quantity);
    }
  });
}

void look_at_hledger_json(std::string_view bytes) {
  look_at_entry(bytes);
  fuzz::is_read([&] {
    std::istringstream in{std::string{bytes}};
    JsonElements elements{in};
    while (const auto element = elements.next()) look_at_entry(*element);
    fuzz::require(elements.bytes() == static_cast<std::int64_t>(bytes.size()), "it is read to its end");
  });
  fuzz::require(percent_decoded(percent_encoded(bytes, ":;\"")) == bytes, "any text comes back");
  percent_decoded(bytes);
  fuzz::require(shortened(bytes, 10).size() <= 10, "a short text is short");
}

std::string fuzzed_posting(const std::string& mantissa, const std::string& places) {
  return R"({"paccount":"assets:bank","pamount":[{"acommodity":"$","acost":null,"aquantity":)"
         R"({"decimalMantissa":)" +
         mantissa + R"(,"decimalPlaces":)" + places +
         R"(,"floatingPoint":-0.1},"astyle":{"asprecision":2}}],"pbalanceassertion":null,)"
         R"("pcomment":"fund: media, a note","pdate":"2026-02-01","pdate2":null,"ptags":[["type","A"],)"
         R"(["fund","media"]],"ptype":"RegularPosting"})";
}

std::string fuzzed_entry() {
  return R"({"tcode":"c1","tcomment":"source: bank/1\n","tdate":"2026-01-31","tdate2":null,)"
         R"("tdescription":"Shop | food","tindex":1,"tpostings":[)" +
         fuzzed_posting("-1234", "2") + "," + fuzzed_posting("123400000000000000", "16") +
         R"(],"tsourcepos":[{"sourceColumn":1,"sourceLine":8,"sourceName":"/x/a.journal"}],"ttags":[]})";
}

const bool added_hledger_json = fuzz::add_target(
    {"hledger_json",
     look_at_hledger_json,
     {fuzzed_entry(), "[" + fuzzed_entry() + " ,\n" + fuzzed_entry() + "]", "[]", "[ {} ]", "a %41%: b"}});

}  // namespace
}  // namespace coop::journals
