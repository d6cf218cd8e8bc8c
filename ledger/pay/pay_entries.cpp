#include "ledger/pay/pay_entries.hpp"

#include <map>
#include <tuple>

#include "ledger/pay/pay_local.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::pay {

namespace {

constexpr std::size_t fund_place = 0;  // in books::DimensionCodes
constexpr std::size_t member_place = 1;
constexpr std::size_t cost_object_place = 2;

// A posting that many members share: the expense by cost object and fund, what is exchanged.
struct SharedPosting {
  std::string account;
  UnitId unit;
  std::string cost_object;
  std::string fund;
  friend bool operator<(const SharedPosting& a, const SharedPosting& b) {
    return std::tie(a.account, a.unit, a.cost_object, a.fund) <
           std::tie(b.account, b.unit, b.cost_object, b.fund);
  }
};

// What a member's part says: minor units, debit positive.
struct MemberPostings {
  std::map<std::pair<std::string, UnitId>, std::int64_t> own = {};
  std::map<SharedPosting, std::int64_t> shared = {};

  void add_own(const std::string& account, UnitId unit, std::int64_t minor) {
    auto& sum = own.try_emplace({account, unit}, 0).first->second;
    sum = checked_add(sum, minor);
  }
  void add_shared(SharedPosting posting, std::int64_t minor) {
    auto& sum = shared.try_emplace(std::move(posting), 0).first->second;
    sum = checked_add(sum, minor);
  }
};

// Adds to the expense what is for a member, by the cost objects for which they worked.
void add_expense(MemberPostings& postings, const PayRun& run, std::int64_t minor,
                 const std::vector<CostWeight>& costs, const std::string& fund) {
  if (minor == 0) return;
  const auto parts = split_by_costs(minor, costs);
  // What is paid on a mandate and names no cost object is for the mandate's.
  const std::string others = run.mandate && !fund.empty() ? run.mandate->cost_object : std::string{};
  for (std::size_t i = 0; i < parts.size(); ++i)
    postings.add_shared({run.accounts.wages, run.unit.id,
                         costs.empty() || costs[i].object.empty() ? others : costs[i].object, fund},
                        parts[i]);
}

void add_expenses(MemberPostings& postings, const PayRun& run, const PayShare& share) {
  const bool is_booked = !run.accounts.deferred.empty();
  if (run.kind == PayRunKind::wages) {
    add_expense(postings, run, share.paid_minor, share.costs, run.fund);
    if (is_booked) add_expense(postings, run, share.deferred_minor, share.costs, {});
  }
  if (run.kind == PayRunKind::opening && is_booked) add_expense(postings, run, share.deferred_minor, {}, {});
  add_expense(postings, run, granted_minor_of(run, share), {}, run.fund);
  for (const ClaimLot& lot : share.lots) {
    // What was deferred as an expense stays one: of a fund only what it pays.
    const bool was_booked = !lot.account.empty();
    if (run.kind == PayRunKind::settlement && (!was_booked || !run.fund.empty()))
      add_expense(postings, run, lot.settled_minor, lot.costs, run.fund);
    if (was_booked && (run.kind == PayRunKind::lapse || !run.fund.empty()))
      add_expense(postings, run, -lot.settled_minor, lot.costs, {});
  }
}

void add_local_part(MemberPostings& postings, const PayRun& run, const PayShare& share) {
  if (!run.local || share.converted_minor == 0) return;
  const LocalPay& local = *run.local;
  postings.add_own(local.payable, local.unit.id, -share.local_minor);
  postings.add_shared({local.conversion, run.unit.id, {}, {}}, -share.converted_minor);
  postings.add_shared({local.conversion, local.unit.id, {}, {}}, share.local_minor);
}

MemberPostings postings_of(const PayRun& run, const PayShare& share) {
  MemberPostings postings;
  if (!run.accounts.payable.empty())
    postings.add_own(run.accounts.payable, run.unit.id, -money_minor_of(share));
  if (!run.accounts.deferred.empty())
    postings.add_own(run.accounts.deferred, run.unit.id, -share.deferred_minor);
  for (const ClaimLot& lot : share.lots)
    if (!lot.account.empty()) postings.add_own(lot.account, run.unit.id, lot.settled_minor);
  add_expenses(postings, run, share);
  add_local_part(postings, run, share);
  std::erase_if(postings.own, [](const auto& one) { return one.second == 0; });
  std::erase_if(postings.shared, [](const auto& one) { return one.second == 0; });
  return postings;
}

MemberPostings postings_of(const PayRun& run, const PayPot& pot) {
  MemberPostings postings;
  if (pot.booked.to.empty() || pot.amount_minor == 0) return postings;
  postings.add_shared({pot.booked.from, run.unit.id, {}, run.fund}, pot.amount_minor);
  postings.add_shared({pot.booked.to, run.unit.id, {}, pot.booked.fund}, -pot.amount_minor);
  return postings;
}

std::string words_of(PayRunKind kind) {
  switch (kind) {
    case PayRunKind::wages:
      return "Wages";
    case PayRunKind::settlement:
      return "Deferred wages settled";
    case PayRunKind::lapse:
      return "Deferred wages lapsed";
    case PayRunKind::opening:
      return "Deferred wages from before";
  }
  throw InvariantBroken{"every kind of run has its words"};
}

// Fills entries one after the other.
class EntryMaker {
 public:
  EntryMaker(const PayRun& run, const books::Author& author) : run_{run}, author_{author} {}

  /// What is for one member, or (with the member empty) for none.
  void add(const MemberPostings& postings, const std::string& member) {
    if (postings.own.empty() && postings.shared.empty()) return;
    std::size_t all = shared_.size() + postings.own.size();
    for (const auto& [posting, minor] : postings.shared) all += shared_.contains(posting) ? 0 : 1;
    if (drafts_.empty() || drafts_.back().postings.size() + all > books::most_postings) begin();
    for (const auto& [of, minor] : postings.own) {
      books::DimensionCodes about{};
      about[member_place] = member;
      drafts_.back().postings.push_back({of.first, Money::of_minor(minor, of.second), about, {}});
    }
    for (const auto& [posting, minor] : postings.shared) {
      auto& sum = shared_.try_emplace(posting, 0).first->second;
      sum = checked_add(sum, minor);
    }
  }

  std::vector<books::Draft> take() {
    finish();
    return std::move(drafts_);
  }

 private:
  void begin() {
    finish();
    const std::string number = std::to_string(run_.number.number());
    drafts_.push_back(
        {.request_key =
             books::fingerprint_of("pay: run " + number + " entry " + std::to_string(drafts_.size() + 1)),
         .asked_by = author_.user,
         .booked_on = run_.booked_on,
         .late = books::LateEntry::refuse,
         .description = words_of(run_.kind) + (run_.kind == PayRunKind::wages
                                                   ? " " + run_.from_on.text() + " to " + run_.to_on.text()
                                                   : std::string{}),
         .reference = "PR" + number,
         .source = run_.decision,
         .reverses = {},
         .uses_hold = {},
         .postings = {}});
  }

  void finish() {
    for (const auto& [of, minor] : shared_) {
      if (minor == 0) continue;
      books::DimensionCodes about{};
      if (!of.fund.empty()) about[fund_place] = of.fund;
      if (!of.cost_object.empty()) about[cost_object_place] = of.cost_object;
      drafts_.back().postings.push_back({of.account, Money::of_minor(minor, of.unit), about, {}});
    }
    shared_.clear();
  }

  const PayRun& run_;
  const books::Author& author_;
  std::vector<books::Draft> drafts_ = {};
  std::map<SharedPosting, std::int64_t> shared_ = {};  // of the last entry
};

}  // namespace

std::vector<books::Draft> pay_entries(const PayRun& run, const books::Author& author) {
  EntryMaker maker{run, author};
  for (const PayShare& share : run.shares) maker.add(postings_of(run, share), share.member);
  for (const PayPot& pot : run.pots) maker.add(postings_of(run, pot), {});
  return maker.take();
}

}  // namespace coop::pay
