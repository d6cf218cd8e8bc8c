#include "ledger/pay/payment_service.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "ledger/books/book_head_store.hpp"
#include "ledger/disbursements/disbursement_service.hpp"
#include "ledger/funds/spending_mandate_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/pay/pay_local.hpp"
#include "ledger/pay/pay_run_service.hpp"
#include "ledger/pay/pay_run_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/ratio.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/word_table.hpp"

namespace coop::pay {

namespace {

// What nobody has ordered yet for this run, but no more than what is owed and not ordered otherwise.
std::int64_t unpaid_minor_of(const PayShare& share, const Payable& payable) {
  return std::min(money_minor_of(share) - payable.ordered_minor, payable.owed_minor - payable.waiting_minor);
}

constexpr WordTable<NotOrderedWhy, 3> not_ordered_words{{{NotOrderedWhy::no_iban, "no_iban"},
                                                         {NotOrderedWhy::erased, "erased"},
                                                         {NotOrderedWhy::beyond_limit, "beyond_limit"}}};

[[noreturn]] void refuse_payment(const PayRun& run, const std::string& detail) {
  throw Refused{Refusal::pay_run_not_open, "pay run " + std::to_string(run.number.number()) + " " + detail};
}

// Whose part is asked for; empty: everybody's.
std::set<std::string> asked_members(Tx& tx, NodeId node, const PayRun& run,
                                    const std::vector<std::string>& members) {
  std::set<std::string> asked;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto party = members::find_party(tx, node, members[i]);
    if (!party || std::ranges::find(run.shares, party->id, &PayShare::party) == run.shares.end())
      throw Refused{Refusal::party_unknown, members[i].substr(0, 60) + " is not in the run",
                    "/members/" + std::to_string(i)};
    asked.insert(party->number);
  }
  return asked;
}

std::optional<NotOrderedWhy> why_not(Tx& tx, NodeId node, PartyId party) {
  if (members::find_erasure(tx, node, party)) return NotOrderedWhy::erased;
  const auto profile = members::find_profile(tx, node, party);
  if (!profile || !profile->iban) return NotOrderedWhy::no_iban;
  return std::nullopt;
}

// The mandate that the orders draw: none, where the run drew it already.
std::optional<funds::SpendingMandateNumber> mandate_to_draw(const PayRun& run, const PaymentDraft& draft) {
  if (!run.mandate) return draft.mandate;
  const funds::SpendingMandateNumber drawn = run.mandate->number;
  if (draft.mandate && *draft.mandate != drawn)
    throw Refused{Refusal::field_invalid,
                  "pay run " + std::to_string(run.number.number()) + " drew spending mandate " +
                      std::to_string(drawn.number()) + ": its payment draws no other",
                  "/mandate"};
  return std::nullopt;
}

bool grants_hours(Tx& tx, NodeId node, const PayRun& run, const PaymentDraft& draft) {
  if (!draft.mandate) return false;
  const auto mandate = funds::find_spending_mandate(tx, node, *draft.mandate);
  if (!mandate)
    throw Refused{Refusal::spending_mandate_unknown,
                  "there is no spending mandate " + std::to_string(draft.mandate->number()), "/mandate"};
  if (!mandate->hours) return false;
  if (run.kind != PayRunKind::wages)
    throw Refused{Refusal::field_invalid,
                  "spending mandate " + std::to_string(draft.mandate->number()) +
                      " grants hours, and this run pays claims",
                  "/mandate"};
  return true;
}

disbursements::OrderDraft order_of(const PayRun& run, const PayShare& share, std::int64_t minor,
                                   const PaymentDraft& draft, bool by_hours) {
  const std::string number = std::to_string(run.number.number());
  return {.minor = minor,
          .purpose = disbursements::OrderPurpose::payout,
          .account = run.accounts.payable,
          .member = share.member,
          .text = "Pay run " + number,
          .source = "PR" + number,
          .mandate = draft.mandate,
          .minutes = by_hours ? std::optional{minutes_paid_by(share, minor)} : std::nullopt};
}

[[noreturn]] void refuse_nothing_left(const PayRun& run, const std::vector<NotOrdered>& not_ordered) {
  if (not_ordered.empty()) refuse_payment(run, "is paid, or ordered to be");
  std::string names;
  for (const NotOrdered& one : not_ordered) {
    if (names.size() > 200) break;
    names += (names.empty() ? "" : ", ") + one.member;
  }
  throw Refused{Refusal::field_missing, "an account to pay to: there is no IBAN of " + names, "/members"};
}

}  // namespace

std::string_view text_of(NotOrderedWhy why) { return text_among(not_ordered_words, why); }

PayPayment propose_pay_payment(Tx& tx, const books::Node& node, PayRunNumber number,
                               const PaymentDraft& asked_for, const books::Author& author) {
  books::lock_book_head(tx, node.id);
  PaymentDraft draft = asked_for;
  const PayRun run = read_pay_run(tx, node.id, number);
  if (state_of(run) != PayRunState::posted) refuse_payment(run, "is " + std::string{text_of(state_of(run))});
  if (run.kind == PayRunKind::lapse || run.kind == PayRunKind::opening ||
      paid_minor_of(run) == converted_minor_of(run))
    refuse_payment(run, "makes nothing payable in " + run.unit.code);
  const auto asked = asked_members(tx, node.id, run, draft.members);
  draft.mandate = mandate_to_draw(run, draft);
  const bool by_hours = grants_hours(tx, node.id, run, draft);
  std::map<PartyId, Payable> payables;
  for (const Payable& payable : read_payables(tx, node.id, number)) payables.emplace(payable.party, payable);
  disbursements::DisbursementDraft wanted{.bank_account = draft.bank_account,
                                          .requested_on = draft.requested_on,
                                          .title = "Pay run " + std::to_string(number.number()),
                                          .orders = {}};
  std::vector<NotOrdered> not_ordered;
  for (const PayShare& share : run.shares) {
    const std::int64_t minor = unpaid_minor_of(share, payables.at(share.party));
    if (minor <= 0 || (!asked.empty() && !asked.contains(share.member))) continue;
    const auto why = why_not(tx, node.id, share.party);
    if (why) not_ordered.push_back({share.member, minor, *why});
    else if (wanted.orders.size() == disbursements::most_orders)
      not_ordered.push_back({share.member, minor, NotOrderedWhy::beyond_limit});
    else wanted.orders.push_back(order_of(run, share, minor, draft, by_hours));
  }
  if (wanted.orders.empty()) refuse_nothing_left(run, not_ordered);
  return {disbursements::propose(tx, node, wanted, author), std::move(not_ordered)};
}

}  // namespace coop::pay
