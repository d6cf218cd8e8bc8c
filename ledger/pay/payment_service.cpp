#include "ledger/pay/payment_service.hpp"

#include <algorithm>
#include <map>

#include "ledger/books/book_head_store.hpp"
#include "ledger/disbursements/disbursement_service.hpp"
#include "ledger/pay/pay_local.hpp"
#include "ledger/pay/pay_run_service.hpp"
#include "ledger/pay/pay_run_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::pay {

namespace {

// What nobody has ordered yet for this run, but no more than what is owed and not ordered otherwise.
std::int64_t unpaid_minor_of(const PayShare& share, const Payable& payable) {
  return std::min(money_minor_of(share) - payable.ordered_minor, payable.owed_minor - payable.waiting_minor);
}

}  // namespace

disbursements::Disbursement propose_pay_payment(Tx& tx, const books::Node& node, PayRunNumber number,
                                                const PaymentDraft& draft, const books::Author& author) {
  books::lock_book_head(tx, node.id);
  const PayRun run = read_pay_run(tx, node.id, number);
  const std::string name = "PR" + std::to_string(number.number());
  const auto refuse = [&](const std::string& detail) {
    throw Refused{Refusal::pay_run_not_open, "pay run " + std::to_string(number.number()) + " " + detail};
  };
  if (state_of(run) != PayRunState::posted) refuse("is " + std::string{text_of(state_of(run))});
  if (run.kind == PayRunKind::lapse || run.kind == PayRunKind::opening ||
      paid_minor_of(run) == converted_minor_of(run))
    refuse("makes nothing payable in " + run.unit.code);
  std::map<PartyId, Payable> payables;
  for (const Payable& payable : read_payables(tx, node.id, number)) payables.emplace(payable.party, payable);
  disbursements::DisbursementDraft asked{.bank_account = draft.bank_account,
                                         .requested_on = draft.requested_on,
                                         .title = "Pay run " + std::to_string(number.number()),
                                         .orders = {}};
  for (const PayShare& share : run.shares) {
    const std::int64_t minor = unpaid_minor_of(share, payables.at(share.party));
    if (minor <= 0 || asked.orders.size() == disbursements::most_orders) continue;
    asked.orders.push_back({.minor = minor,
                            .purpose = disbursements::OrderPurpose::payout,
                            .account = run.accounts.payable,
                            .member = share.member,
                            .text = "Pay run " + std::to_string(number.number()),
                            .source = name});
  }
  if (asked.orders.empty()) refuse("is paid, or ordered to be");
  return disbursements::propose(tx, node, asked, author);
}

}  // namespace coop::pay
