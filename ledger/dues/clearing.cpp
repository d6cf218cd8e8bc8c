#include "ledger/dues/clearing.hpp"

#include <algorithm>
#include <numeric>

#include "ledger/values/money.hpp"

namespace coop::dues {

namespace {

// Indexes of `all` in the order of what `key` says of them.
template <class Item, class Key>
std::vector<std::size_t> in_order(std::span<const Item> all, const Key& key) {
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return key(all[i]); });
  return order;
}

// A clearing at work: what is left of everything that was given.
class Work {
 public:
  Work(std::span<const Owed> owed, std::span<const Given> given) : owed_{owed}, given_{given} {
    for (const Owed& one : owed)
      result_.charges.push_back({one.minor, one.minor == 0 ? std::optional{one.due_on} : std::nullopt});
    for (const Given& one : given) left_.push_back(one.minor);
  }

  void clear(std::size_t owed, std::size_t given) {
    Standing& charge = result_.charges[owed];
    const std::int64_t minor = std::min(charge.open_minor, left_[given]);
    if (minor <= 0) return;
    charge.open_minor -= minor;
    left_[given] -= minor;
    result_.parts.push_back({owed, given, minor});
    if (!last_day_.contains(owed) || last_day_.at(owed) < given_[given].on)
      last_day_.insert_or_assign(owed, given_[given].on);
    if (charge.open_minor == 0) charge.cleared_on = last_day_.at(owed);
  }

  bool is_cleared(std::size_t owed) const { return result_.charges[owed].open_minor == 0; }
  bool is_used_up(std::size_t given) const { return left_[given] == 0; }

  Clearing finish() {
    for (const Standing& charge : result_.charges)
      result_.open_minor = checked_add(result_.open_minor, charge.open_minor);
    for (const std::int64_t minor : left_) result_.credit_minor = checked_add(result_.credit_minor, minor);
    return std::move(result_);
  }

 private:
  std::span<const Owed> owed_;
  std::span<const Given> given_;
  std::vector<std::int64_t> left_;
  std::map<std::size_t, Day> last_day_;
  Clearing result_;
};

}  // namespace

Clearing clearing_of(std::span<const Owed> owed, std::span<const Given> given) {
  Work work{owed, given};
  const auto charges = in_order(owed, [](const Owed& one) { return std::pair{one.due_on, one.charge}; });
  const auto payments = in_order(given, [](const Given& one) { return std::pair{one.on, one.payment}; });
  for (const std::size_t payment : payments) {
    if (!given[payment].towards) continue;
    const auto meant = std::ranges::find(owed, *given[payment].towards, &Owed::charge);
    if (meant != owed.end())
      work.clear(static_cast<std::size_t>(std::distance(owed.begin(), meant)), payment);
  }
  auto charge = charges.begin();
  for (const std::size_t payment : payments) {
    while (charge != charges.end() && !work.is_used_up(payment)) {
      work.clear(*charge, payment);
      if (work.is_cleared(*charge)) ++charge;
    }
  }
  return work.finish();
}

}  // namespace coop::dues
