#include "ledger/dues/subscription.hpp"

#include <algorithm>

namespace coop::dues {

std::vector<SubscribedDays> subscribed_days(std::span<const Subscription> subscriptions) {
  static const Day end_of_days = Day::parse("9999-12-31");
  std::vector<Subscription> ordered(subscriptions.begin(), subscriptions.end());
  std::ranges::sort(ordered, {}, [](const Subscription& one) { return std::pair{one.from_on, one.number}; });
  std::vector<SubscribedDays> days;
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    const bool is_last = i + 1 == ordered.size();
    if (!is_last && ordered[i + 1].from_on == ordered[i].from_on) continue;
    if (!ordered[i].tier) continue;
    const Day last = is_last ? end_of_days : ordered[i + 1].from_on.plus_days(-1);
    days.push_back({ordered[i].from_on, last, ordered[i]});
  }
  return days;
}

std::optional<Concession> concession_on(std::span<const Concession> concessions, Day day) {
  std::optional<Concession> found;
  for (const Concession& concession : concessions) {
    const bool holds = concession.from_on <= day && (!concession.until_on || day <= *concession.until_on);
    if (holds && (!found || found->number < concession.number)) found = concession;
  }
  return found;
}

}  // namespace coop::dues
