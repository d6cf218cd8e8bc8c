#include "ledger/pay/payment_service.hpp"

#include "ledger/books/book_head_store.hpp"
#include "ledger/disbursements/disbursement_service.hpp"
#include "ledger/pay/pay_local.hpp"
#include "ledger/pay/pay_run_service.hpp"
#include "ledger/pay/pay_run_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::pay {

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
  if (const auto paying = find_paying_disbursement(tx, node.id, name))
    refuse("is paid by disbursement " + std::to_string(*paying));
  disbursements::DisbursementDraft asked{.bank_account = draft.bank_account,
                                         .requested_on = draft.requested_on,
                                         .title = "Pay run " + std::to_string(number.number()),
                                         .orders = {}};
  for (const PayShare& share : run.shares)
    if (money_minor_of(share) > 0)
      asked.orders.push_back({.minor = money_minor_of(share),
                              .purpose = disbursements::OrderPurpose::payout,
                              .account = run.accounts.payable,
                              .member = share.member,
                              .text = "Pay run " + std::to_string(number.number()),
                              .source = name});
  return disbursements::propose(tx, node, asked, author);
}

}  // namespace coop::pay
