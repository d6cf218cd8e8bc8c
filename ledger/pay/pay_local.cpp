#include "ledger/pay/pay_local.hpp"

#include <algorithm>

#include "ledger/values/fraction.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/split.hpp"

namespace coop::pay {

Ratio local_share_of(const LocalPay& local, const PayShare& share) {
  return share.local_share.value_or(local.share);
}

void take_local_part(PayRun& run) {
  if (!run.local) return;
  const LocalPay& local = *run.local;
  for (PayShare& share : run.shares) {
    std::int64_t minor = times_half_up(share.paid_minor, local_share_of(local, share));
    if (local.most_minor) minor = std::min(minor, *local.most_minor);
    share.local_minor = converted_half_up(minor, run.unit.scale, local.rate, local.unit.scale);
    share.converted_minor = share.local_minor == 0 ? 0 : minor;
  }
}

std::string local_words_of(const PayRun& run, const PayShare& share) {
  ensure(run.local.has_value(), "a run in one unit has no local part");
  const LocalPay& local = *run.local;
  const std::string most =
      local.most_minor ? ", at most " + text_from_minor(*local.most_minor, run.unit.scale) : std::string{};
  return text_from_minor(share.converted_minor, run.unit.scale) + " " + run.unit.code + " of it (" +
         Fraction{local_share_of(local, share)}.percent_text(2) + "%" + most + ") at " +
         Fraction{local.rate}.mixed_text() + " are " + text_from_minor(share.local_minor, local.unit.scale) +
         " " + local.unit.code;
}

std::int64_t money_minor_of(const PayShare& share) { return share.paid_minor - share.converted_minor; }

std::int64_t converted_minor_of(const PayRun& run) {
  std::int64_t sum = 0;
  for (const PayShare& share : run.shares) sum = checked_add(sum, share.converted_minor);
  return sum;
}

std::int64_t local_minor_of(const PayRun& run) {
  std::int64_t sum = 0;
  for (const PayShare& share : run.shares) sum = checked_add(sum, share.local_minor);
  return sum;
}

std::vector<std::int64_t> split_by_costs(std::int64_t minor, const std::vector<CostWeight>& costs) {
  if (costs.empty()) return {minor};
  std::vector<std::int64_t> weights;
  weights.reserve(costs.size());
  for (const CostWeight& cost : costs) weights.push_back(cost.weight);
  return split_exactly(minor, std::span<const std::int64_t>{weights});
}

}  // namespace coop::pay
