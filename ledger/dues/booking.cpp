#include "ledger/dues/booking.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

books::DimensionCodes about(const std::string& member) { return {std::nullopt, member}; }

void add(books::Draft& draft, const std::string& account, std::int64_t minor, UnitId unit,
         const books::DimensionCodes& codes) {
  if (minor != 0) draft.postings.push_back({account, Money::of_minor(minor, unit), codes, {}});
}

// What the dues make of it is asked for once: the key follows from what it is.
books::Draft draft_of(const std::string& what, std::optional<UserId> by, Day on, std::string description) {
  return books::Draft{.request_key = books::fingerprint_of("dues: " + what),
                      .asked_by = by,
                      .booked_on = on,
                      .late = books::LateEntry::refuse,
                      .description = std::move(description),
                      .reference = {},
                      .source = {},
                      .reverses = std::nullopt,
                      .uses_hold = std::nullopt,
                      .postings = {}};
}

std::string words_of(PaymentKind kind) {
  switch (kind) {
    case PaymentKind::money:
      return "Dues paid by ";
    case PaymentKind::hours:
      return "Dues paid in hours by ";
    case PaymentKind::kind:
      return "Dues paid in kind by ";
    case PaymentKind::offset:
      return "Dues set off with ";
    case PaymentKind::write_off:
      return "Dues written off, of ";
    case PaymentKind::statute_barred:
      return "Dues barred by time, of ";
    case PaymentKind::refund:
      return "Paid ahead and taken out again, by ";
  }
  throw InvariantBroken{"a payment is of one of seven kinds"};
}

}  // namespace

Day booked_day_of(const Due& due) { return due.period.first().plus_months(due.part - 1); }

books::Draft charge_draft(const DuesAccounts& accounts, const Charge& charge, std::optional<UserId> by) {
  const Due& due = charge.due;
  const std::string name = "charge " + std::to_string(charge.number.number());
  const std::string what = due.kind == DueKind::obligation ? "Obligation " : "Dues ";
  books::Draft draft = draft_of(name, by, booked_day_of(due), what + text_of(due.period) + ", " + due.why);
  draft.source = "charge:" + std::to_string(charge.number.number());
  add(draft, accounts.receivable, due.owed_minor() - charge.prepaid_minor, due.unit, about(charge.debtor));
  add(draft, accounts.prepaid, charge.prepaid_minor, due.unit, about(charge.debtor));
  add(draft, accounts.solidarity, due.waived_minor, due.unit, about(charge.member));
  add(draft, accounts.income, -due.gross_minor, due.unit, about(charge.member));
  return draft;
}

books::Draft payment_draft(const DuesAccounts& accounts, const PaymentDraft& payment, PaymentNumber number,
                           std::optional<UserId> by) {
  const std::string name = "payment " + std::to_string(number.number());
  const bool is_refund = payment.kind == PaymentKind::refund;
  books::Draft draft =
      draft_of(name, by, payment.received_on,
               words_of(payment.kind) + payment.payer + (payment.note.empty() ? "" : ", " + payment.note));
  draft.source = "payment:" + std::to_string(number.number());
  draft.reference = payment.reference;
  const std::int64_t sign = is_refund ? -1 : 1;
  add(draft, payment.account, sign * payment.minor, payment.unit, about(payment.payer));
  for (const PaymentShare& share : payment.shares) {
    add(draft, accounts.receivable, -sign * (share.minor - share.prepaid_minor), payment.unit,
        about(share.debtor));
    add(draft, accounts.prepaid, -sign * share.prepaid_minor, payment.unit, about(share.debtor));
  }
  return draft;
}

books::Draft settling_draft(const DuesAccounts& accounts, const std::string& debtor, UnitId unit,
                            std::int64_t moved_minor, Day on, const std::string& because,
                            std::optional<UserId> by) {
  books::Draft draft =
      draft_of("settling " + debtor + " in " + std::to_string(unit.number()) + " after " + because, by, on,
               "Dues paid ahead set against dues owed by " + debtor + ", after " + because);
  add(draft, accounts.prepaid, moved_minor, unit, about(debtor));
  add(draft, accounts.receivable, -moved_minor, unit, about(debtor));
  return draft;
}

}  // namespace coop::dues
