#include "ledger/proof/figure_text.hpp"

#include "ledger/values/money.hpp"

namespace coop::proof {

std::string amount_text(const KnownAccount* account, WideSum amount_minor) {
  constexpr WideSum most = std::numeric_limits<std::int64_t>::max();
  constexpr WideSum least = std::numeric_limits<std::int64_t>::min();
  if (amount_minor > most || amount_minor < least) return "very much";
  const auto minor = static_cast<std::int64_t>(amount_minor);
  if (account == nullptr) return std::to_string(minor) + " minor units";
  return text_from_minor(minor, account->scale) + " " + account->unit;
}

std::string account_text(const KnownAccount* account, std::int64_t id) {
  if (account == nullptr) return "the unknown account " + std::to_string(id);
  return "'" + account->path + "' (" + account->unit + ")";
}

std::string month_text(std::int64_t month) {
  std::string digits = std::to_string(month % 12 + 1);
  if (digits.size() < 2) digits.insert(0, "0");
  return std::to_string(month / 12) + "-" + digits;
}

std::string year_text(std::int64_t year) { return std::to_string(year); }

}  // namespace coop::proof
