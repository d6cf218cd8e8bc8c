#include "ledger/dues/payment.hpp"

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

constexpr std::array all_kinds{PaymentKind::money,  PaymentKind::hours,     PaymentKind::kind,
                               PaymentKind::offset, PaymentKind::write_off, PaymentKind::statute_barred,
                               PaymentKind::refund};

}  // namespace

std::string_view text_of(PaymentKind kind) {
  switch (kind) {
    case PaymentKind::money:
      return "money";
    case PaymentKind::hours:
      return "hours";
    case PaymentKind::kind:
      return "kind";
    case PaymentKind::offset:
      return "offset";
    case PaymentKind::write_off:
      return "write_off";
    case PaymentKind::statute_barred:
      return "statute_barred";
    case PaymentKind::refund:
      return "refund";
  }
  throw InvariantBroken{"a payment is of one of seven kinds"};
}

PaymentKind payment_kind_from(std::string_view text) {
  std::string names;
  for (const PaymentKind kind : all_kinds) {
    if (text_of(kind) == text) return kind;
    (names += ' ') += text_of(kind);
  }
  throw Refused{Refusal::field_invalid, "one of these is expected:" + names};
}

bool is_written_off(PaymentKind kind) {
  return kind == PaymentKind::write_off || kind == PaymentKind::statute_barred;
}

void require_payment(const PaymentDraft& draft) {
  if (draft.account.empty() && !is_written_off(draft.kind))
    throw Refused{Refusal::field_missing, "the field 'account' is missing", "/account"};
  if (draft.given && draft.kind != PaymentKind::hours && draft.kind != PaymentKind::kind)
    throw Refused{Refusal::field_invalid, "only hours and goods are valued", "/given"};
  if (draft.given && draft.given->unit() == draft.unit)
    throw Refused{Refusal::field_invalid, "what is given in this unit is its own value", "/given/unit"};
  if (draft.given && draft.given->minor() <= 0)
    throw Refused{Refusal::field_invalid, "what is given is above zero", "/given/amount"};
  if (draft.minor <= 0) throw Refused{Refusal::field_invalid, "a payment is above zero", "/amount"};
  if (draft.reference.size() > 200)
    throw Refused{Refusal::field_invalid, "a reference has at most 200 bytes", "/reference"};
  if (draft.note.size() > 500) throw Refused{Refusal::field_invalid, "a note has at most 500 bytes", "/note"};
  if (draft.shares.empty()) return;
  if (draft.kind == PaymentKind::refund)
    throw Refused{Refusal::field_invalid, "a refund gives back what one member paid too much", "/shares"};
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < draft.shares.size(); ++i) {
    if (draft.shares[i].minor <= 0)
      throw Refused{Refusal::field_invalid, "a share is above zero",
                    "/shares/" + std::to_string(i) + "/amount"};
    sum = checked_add(sum, draft.shares[i].minor);
  }
  if (sum != draft.minor)
    throw Refused{Refusal::field_invalid, "the shares do not add up to the payment", "/shares"};
}

}  // namespace coop::dues
