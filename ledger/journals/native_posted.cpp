#include "ledger/journals/native_posted.hpp"

#include <algorithm>

#include "ledger/values/money.hpp"

namespace coop::journals {

std::optional<Posted> PostedAmounts::find(std::int64_t entry, std::int64_t line) const {
  if (entry < 1 || entry > static_cast<std::int64_t>(first_.size()) || line < 1) return std::nullopt;
  const auto at = static_cast<std::size_t>(entry);
  const std::size_t end = at == first_.size() ? amounts_.size() : first_[at];
  const std::size_t begin = first_[at - 1];
  if (static_cast<std::size_t>(line) > end - begin) return std::nullopt;
  const std::size_t place = begin + static_cast<std::size_t>(line) - 1;
  return Posted{accounts_[place], amounts_[place]};
}

std::int64_t PostedAmounts::moved_about(std::int64_t entry, int member,
                                        const std::function<bool(int)>& counts) const {
  if (entry < 1 || entry > static_cast<std::int64_t>(first_.size()) || member == 0) return 0;
  const auto at = static_cast<std::size_t>(entry);
  const std::size_t end = at == first_.size() ? amounts_.size() : first_[at];
  std::int64_t debits = 0;
  std::int64_t credits = 0;
  for (std::size_t i = first_[at - 1]; i < end; ++i) {
    if (members_[i] != member || !counts(accounts_[i])) continue;
    if (amounts_[i] > 0) debits = checked_add(debits, amounts_[i]);
    else credits = checked_add(credits, -amounts_[i]);
  }
  return std::max(debits, credits);
}

}  // namespace coop::journals
