#include "ledger/dues/charge.hpp"

#include <algorithm>
#include <tuple>

namespace coop::dues {

namespace {

auto place_of(const Due& due) { return std::tuple{due.kind, due.period.first(), due.unit, due.part}; }

auto content_of(const Due& due) {
  return std::tuple{due.kind, due.period, due.due_on,      due.part,        due.parts,
                    due.unit, due.payer,  due.gross_minor, due.waived_minor};
}

}  // namespace

ChargePlan plan_of(std::span<const Due> dues, std::span<const Charge> charged) {
  ChargePlan plan;
  std::vector<bool> found(dues.size(), false);
  for (const Charge& charge : charged) {
    if (charge.reversed_on) continue;
    const auto same =
        std::ranges::find_if(dues, [&](const Due& due) { return content_of(due) == content_of(charge.due); });
    if (same == dues.end()) plan.wrong.push_back(charge);
    else found[static_cast<std::size_t>(std::distance(dues.begin(), same))] = true;
  }
  std::ranges::sort(plan.wrong, {}, &Charge::number);
  for (std::size_t i = 0; i < dues.size(); ++i) {
    if (found[i]) ++plan.unchanged;
    else plan.missing.push_back(dues[i]);
  }
  return plan;
}

int next_version(const Due& due, std::span<const Charge> charged) {
  int version = 0;
  for (const Charge& charge : charged)
    if (place_of(charge.due) == place_of(due)) version = std::max(version, charge.version);
  return version + 1;
}

}  // namespace coop::dues
