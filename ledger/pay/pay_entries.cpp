#include "ledger/pay/pay_entries.hpp"

#include <map>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::pay {

namespace {

// What a member's part says: minor units by account, debit positive. The rest is the expense's.
using Postings = std::map<std::string, std::int64_t>;

void add_to(Postings& postings, const std::string& account, std::int64_t minor) {
  auto& sum = postings.try_emplace(account, 0).first->second;
  sum = checked_add(sum, minor);
}

Postings postings_of(const PayRun& run, const PayShare& share) {
  Postings postings;
  if (run.kind != PayRunKind::lapse) add_to(postings, run.accounts.payable, -share.paid_minor);
  if (run.kind == PayRunKind::wages && !run.accounts.deferred.empty())
    add_to(postings, run.accounts.deferred, -share.deferred_minor);
  for (const ClaimLot& lot : share.lots)
    if (!lot.account.empty()) add_to(postings, lot.account, lot.settled_minor);
  std::erase_if(postings, [](const auto& one) { return one.second == 0; });
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
  }
  throw InvariantBroken{"every kind of run has its words"};
}

// Fills entries one after the other.
class EntryMaker {
 public:
  EntryMaker(const PayRun& run, const books::Author& author) : run_{run}, author_{author} {}

  void add(const PayShare& share) {
    const Postings postings = postings_of(run_, share);
    if (postings.empty()) return;
    // One posting is kept for the expense.
    if (drafts_.empty() || drafts_.back().postings.size() + postings.size() + 1 > books::most_postings)
      begin();
    for (const auto& [account, minor] : postings) {
      books::DimensionCodes about{};
      about[1] = share.member;
      drafts_.back().postings.push_back({account, Money::of_minor(minor, run_.unit.id), about, {}});
      rest_ = checked_add(rest_, -minor);
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
    if (drafts_.empty()) return;
    if (rest_ != 0)
      drafts_.back().postings.push_back({run_.accounts.wages, Money::of_minor(rest_, run_.unit.id), {}, {}});
    rest_ = 0;
  }

  const PayRun& run_;
  const books::Author& author_;
  std::vector<books::Draft> drafts_ = {};
  std::int64_t rest_ = 0;
};

}  // namespace

std::vector<books::Draft> pay_entries(const PayRun& run, const books::Author& author) {
  EntryMaker maker{run, author};
  for (const PayShare& share : run.shares) maker.add(share);
  return maker.take();
}

}  // namespace coop::pay
