#include "ledger/journals/import_plan.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/unit.hpp"

namespace coop::journals {

namespace {

std::pair<std::string, std::string> halves_of(const std::string& pair, const char* example) {
  const auto sign = pair.rfind('=');
  if (sign == std::string::npos) {
    throw Refused{Refusal::field_invalid, "'" + pair + "' is not written like " + example};
  }
  return {pair.substr(0, sign), pair.substr(sign + 1)};
}

// How many zeros "100000000" has.
int zeros_of(const std::string& power, const std::string& pair) {
  const std::size_t zeros = power.empty() ? 0 : power.size() - 1;
  if (power != '1' + std::string(zeros, '0') || zeros > 12) {
    throw Refused{Refusal::field_invalid, "the number in '" + pair + "' is no power of ten up to 10^12"};
  }
  return static_cast<int>(zeros);
}

}  // namespace

VirtualPostings virtual_postings_from(std::string_view word) {
  if (word == "refuse") return VirtualPostings::refuse;
  if (word == "skip") return VirtualPostings::skip;
  if (word == "book") return VirtualPostings::book;
  throw Refused{Refusal::field_invalid, "'" + std::string{word} + "' is none of refuse, skip and book"};
}

void add_commodity(ImportOptions& options, const std::string& pair) {
  auto [commodity, code] = halves_of(pair, "'$=USD'");
  CommodityMeaning meaning;
  if (const auto times = code.find('*'); times != std::string::npos) {
    meaning.shift = zeros_of(code.substr(times + 1), pair);
    code.resize(times);
  }
  require_unit_code(code);
  meaning.code = code;
  options.commodities[commodity] = meaning;
}

void add_account_type(ImportOptions& options, const std::string& pair) {
  const auto [account, type] = halves_of(pair, "'Liabilities=liability'");
  options.account_types[account] = books::account_type_from(type);
}

}  // namespace coop::journals
