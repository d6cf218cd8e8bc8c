#pragma once
#include <optional>
#include <string>

#include "ledger/books/draft.hpp"
#include "ledger/dues/charge.hpp"
#include "ledger/dues/payment.hpp"

namespace coop::dues {

/// The paths of the accounts in which a node books its dues.
struct DuesAccounts {
  std::string receivable = "assets:receivable:dues";
  std::string prepaid = "liabilities:deferred:dues";
  std::string income = "income:dues";
  std::string solidarity = "expenses:solidarity";
  std::string written_off = "expenses:other";
  std::string obligations = "equity:member-shares";  ///< what joining obliges to
  std::optional<std::string> deferred = {};          ///< income of days to come; nothing: it is not spread
};

/// The entry of a charge: what is owed to receivable, as far as it was not paid ahead; what is waived to
/// solidarity; all of it from income. Every posting names a member: who owes, and whom it is for.
books::Draft charge_draft(const DuesAccounts& accounts, const Charge& charge, std::optional<UserId> by);
/// The day on which a charge is booked: its period's first, an instalment's so many months later.
Day booked_day_of(const Due& due);

/// The entry of a payment; of a refund the other way round. `number` is the one it gets.
books::Draft payment_draft(const DuesAccounts& accounts, const PaymentDraft& payment, PaymentNumber number,
                           std::optional<UserId> by);

/// The entry that sets what a debtor paid ahead against what is owed. `moved_minor` goes from the prepaid to
/// the receivable account; `because` names what made it necessary ("charge 12 reversed") and is unique.
books::Draft settling_draft(const DuesAccounts& accounts, const std::string& debtor, UnitId unit,
                            std::int64_t moved_minor, Day on, const std::string& because,
                            std::optional<UserId> by);

}  // namespace coop::dues
