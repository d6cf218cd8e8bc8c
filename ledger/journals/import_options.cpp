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

}  // namespace

void add_commodity(ImportOptions& options, const std::string& pair) {
  const auto [commodity, code] = halves_of(pair, "'$=USD'");
  require_unit_code(code);
  options.commodities[commodity] = code;
}

void add_account_type(ImportOptions& options, const std::string& pair) {
  const auto [account, type] = halves_of(pair, "'Liabilities=liability'");
  options.account_types[account] = books::account_type_from(type);
}

}  // namespace coop::journals
