#include <algorithm>

#include "ledger/journals/native_cost_checks.hpp"
#include "ledger/journals/native_row_rules.hpp"
#include "ledger/sharing/division.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/values/money.hpp"

namespace coop::journals {

namespace {

constexpr std::int64_t millionth = 1'000'000;

// What an entry books on an account; nothing if there is no such entry.
std::optional<std::int64_t> booked_on_account(const PostedAmounts& posted, std::int64_t entry, int account) {
  if (!posted.find(entry, 1)) return std::nullopt;
  std::int64_t sum = 0;
  for (std::int64_t line = 1;; ++line) {
    const auto found = posted.find(entry, line);
    if (!found) return sum;
    if (found->account == account) sum = checked_add(sum, found->amount_minor);
  }
}

}  // namespace

void CostChecks::require_entry_says(const PostedAmounts& posted, const KnownPool& pool,
                                    const KnownAllocation& allocation, std::int64_t entry,
                                    std::int64_t sign) {
  require_consistent(booked_on_account(posted, entry, pool.expense) == sign * allocation.inside &&
                         booked_on_account(posted, entry, pool.claims) == sign * allocation.outside,
                     "the entry of a division says otherwise");
}

bool CostChecks::is_live(std::int64_t allocation) const {
  const std::string& state = allocations_[static_cast<std::size_t>(allocation - 1)].state;
  return state == "proposed" || state == "posted";
}

void CostChecks::require_taken_once(const std::set<std::int64_t>& by) const {
  require_consistent(std::ranges::count_if(by, [&](std::int64_t number) { return is_live(number); }) <= 1,
                     "a bill or usage is divided twice");
}

// All bills that name an entry together come to no more than it books.
void CostChecks::require_bills_covered(const PostedAmounts& posted) const {
  std::map<std::pair<std::int64_t, int>, std::int64_t> billed;
  for (const KnownBill& bill : bills_) {
    if (!bill.entry || bill.is_ended) continue;
    std::int64_t& sum = billed[{*bill.entry, pool(bill.pool).expense}];
    require_consistent(sum == 0 || (sum > 0) == (bill.amount > 0), "an entry pays a bill and a credit note");
    sum = checked_add(sum, bill.amount);
  }
  for (const auto& [of, sum] : billed) {
    const auto booked = booked_on_account(posted, of.first, of.second);
    require_consistent(booked && (sum > 0 ? sum <= *booked : sum >= *booked),
                       "entry " + std::to_string(of.first) + " does not cover its bills");
  }
}

void CostChecks::require_comes_out(const KnownAllocation& allocation, const SharingChecks& sharing) const {
  const KnownPool& shared = pool(allocation.pool);
  std::vector<sharing::Participant> sharers;
  for (const KnownSharer& one : term_of(allocation).known) {
    sharing::Participant sharer{.id = one.who.second, .place = one.who.second};
    if (const auto used = allocation.used.find(sharer.id); used != allocation.used.end())
      for (const auto& [measure, millionths] : used->second)
        sharer.measures.emplace(measure, Fraction{millionths, millionth});
    if (one.weight) sharer.measures.insert_or_assign("weight", Fraction{*one.weight, millionth});
    if (one.fixed)
      sharer.measures.insert_or_assign(
          "fixed", Fraction{*one.fixed, boost::multiprecision::pow(Fraction::Whole{10},
                                                                   static_cast<unsigned>(shared.scale))});
    sharers.push_back(std::move(sharer));
  }
  const sharing::Pot pot{.minor = allocation.amount,
                         .unit = {UnitId{0}, shared.unit, shared.scale},
                         .on = allocation.to_on,
                         .figures = allocation.figures};
  const std::string& rule = sharing.versions()[static_cast<std::size_t>(allocation.version - 1)].rule;
  const auto values = sharing.values_until(allocation.values_known);
  const auto division = sharing::divide(sharing::sharing_rule_from_text(rule), pot, sharers, values);
  for (const sharing::ParticipantShare& share : division.participants)
    require_consistent(allocation.told.at(share.id) == share.amount,
                       "the share of " + share.id + " is not what the rule gives");
}

void CostChecks::finish(const PostedAmounts& posted, const SharingChecks& sharing) const {
  for (const KnownPool& shared : pools_) {
    require_consistent(!shared.terms.empty(), "a cost pool has no term");
    for (const KnownTerm& term : shared.terms)
      require_consistent(term.participants == static_cast<std::int64_t>(term.known.size()),
                         "a cost pool is shared by others than its term says");
  }
  for (const KnownBill& bill : bills_) {
    require_taken_once(bill.taken);
    require_consistent(
        !bill.is_ended || std::ranges::none_of(bill.taken, [&](std::int64_t one) { return is_live(one); }),
        "a bill was withdrawn, and is divided");
  }
  for (const KnownUsage& usage : usages_) require_taken_once(usage.taken);
  require_bills_covered(posted);
  for (const KnownAllocation& one : allocations_) {
    require_consistent(one.bills == 0 && one.usages == 0 && one.shares == 0 && one.to_share == 0 &&
                           one.to_pay == 0 && one.to_give == 0 &&
                           one.told.size() == term_of(one).known.size(),
                       "the shares of a division do not add up to its bills");
    require_comes_out(one, sharing);
  }
}

}  // namespace coop::journals
