#include "ledger/journals/native_posted.hpp"

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

}  // namespace coop::journals
