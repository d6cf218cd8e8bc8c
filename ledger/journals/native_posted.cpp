#include "ledger/journals/native_posted.hpp"

#include <algorithm>

#include "ledger/values/money.hpp"

namespace coop::journals {

void PostedAmounts::begin_entry(Day day, std::optional<Day> document) {
  first_.push_back(amounts_.size());
  days_.push_back(day);
  if (document) documents_.emplace(static_cast<std::int64_t>(days_.size()), *document);
}

std::optional<Day> PostedAmounts::booked_on(std::int64_t entry) const {
  if (entry < 1 || entry > static_cast<std::int64_t>(days_.size())) return std::nullopt;
  return days_[static_cast<std::size_t>(entry - 1)];
}

std::optional<Day> PostedAmounts::documented_on(std::int64_t entry) const {
  const auto found = documents_.find(entry);
  return found == documents_.end() ? booked_on(entry) : found->second;
}

bool PostedAmounts::moves(std::int64_t entry, Posted wanted, int member) const {
  if (!booked_on(entry)) return false;
  const auto at = static_cast<std::size_t>(entry);
  const std::size_t end = at == first_.size() ? amounts_.size() : first_[at];
  for (std::size_t i = first_[at - 1]; i < end; ++i)
    if (amounts_[i] == wanted.amount_minor && members_[i] == member &&
        (wanted.account == 0 || accounts_[i] == wanted.account))
      return true;
  return false;
}

std::optional<Posted> PostedAmounts::find(std::int64_t entry, std::int64_t line) const {
  if (entry < 1 || entry > static_cast<std::int64_t>(first_.size()) || line < 1) return std::nullopt;
  const auto at = static_cast<std::size_t>(entry);
  const std::size_t end = at == first_.size() ? amounts_.size() : first_[at];
  const std::size_t begin = first_[at - 1];
  if (static_cast<std::size_t>(line) > end - begin) return std::nullopt;
  const std::size_t place = begin + static_cast<std::size_t>(line) - 1;
  return Posted{accounts_[place], amounts_[place]};
}

std::int64_t PostedAmounts::given_by(
    std::int64_t entry, int member,
    const std::function<std::optional<books::AccountType>(int)>& type_of) const {
  constexpr auto income_type = books::AccountType::income;
  constexpr auto asset = books::AccountType::asset;
  if (entry < 1 || entry > static_cast<std::int64_t>(first_.size()) || member == 0) return 0;
  const auto at = static_cast<std::size_t>(entry);
  const std::size_t end = at == first_.size() ? amounts_.size() : first_[at];
  std::int64_t income = 0, income_of_member = 0, came_in = 0, charged_member = 0, taken_off_member = 0;
  const auto add_to = [](std::int64_t& sum, std::int64_t minor) { sum = checked_add(sum, minor); };
  for (std::size_t i = first_[at - 1]; i < end; ++i) {
    const auto type = type_of(accounts_[i]);
    const bool is_theirs = members_[i] == member;
    const std::int64_t minor = amounts_[i];
    if (type == income_type && minor < 0) add_to(income, -minor);
    if (type == income_type && minor < 0 && is_theirs) add_to(income_of_member, -minor);
    if (type == asset && minor > 0) add_to(came_in, minor);
    if (type == asset && minor > 0 && is_theirs) add_to(charged_member, minor);
    if (type == asset && minor < 0 && is_theirs) add_to(taken_off_member, -minor);
  }
  return std::max({income_of_member, std::min(taken_off_member, came_in), std::min(charged_member, income)});
}

}  // namespace coop::journals
