#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/pay/pay_run.hpp"

namespace coop::pay {

/// How a part of a run is to be paid in a local unit.
struct LocalDraft {
  Unit unit;
  Ratio share;                                  ///< of what is paid, for whoever chose nothing
  std::optional<std::int64_t> most_minor = {};  ///< for each member, in the run's unit
  std::string payable;
  std::string conversion = "equity:conversion";
};

/// Where what stays in a pot of the rule is to be booked.
struct PotDraft {
  std::string name;
  PotBooking booked;
};

/// Refuses a path that is no open account of this type and unit on a day. Throws Refused: field_invalid (it
/// is of another type), account_not_open, account_unknown.
void require_pay_account(Tx& tx, NodeId node, const std::string& path, const Unit& unit,
                         books::AccountType type, Day on, const std::string& field);
/// Refuses the accounts of a run that do not fit it, in the order wages, payable, deferred; of an opening
/// what the claims stand against may be equity as well. Throws Refused, as require_pay_account; field_missing
/// (where debt or equity stands).
void require_pay_accounts(Tx& tx, NodeId node, const PayRun& run);

/// The local part of a run on the day on which it is booked. Throws Refused: field_invalid (the run's own
/// unit, a share below 0 or above 1, a cap below 0), what require_pay_account refuses, rate_missing.
LocalPay local_pay_of(Tx& tx, NodeId node, const PayRun& run, const LocalDraft& draft);

/// Refuses pots that cannot be booked so, in their order: field_invalid (a name twice, from an account to
/// itself), account_unknown, account_not_open, dimension_unknown (the fund).
void require_pot_accounts(Tx& tx, NodeId node, const PayRun& run, const std::vector<PotDraft>& pots);

/// Lets a run name the spending mandate that it draws, if any: its fund is the run's, where that names none.
/// Throws Refused: spending_mandate_unknown.
void name_mandate(Tx& tx, NodeId node, PayRun& run, std::optional<funds::SpendingMandateNumber> number);

/// Lets the mandate of a divided run bear it, if it names one: what it pays and books in pots, or the hours
/// that it pays. Throws Refused: field_invalid (it grants hours, and the run pays claims), and what
/// funds::require_mandate_bears() refuses: the day is that on which the run is booked, the cost objects are
/// those of its hours.
void draw_mandate(Tx& tx, NodeId node, PayRun& run);

/// Refuses a run whose mandate was recalled since, if it names one. Throws Refused:
/// spending_mandate_recalled.
void require_mandate_usable(Tx& tx, NodeId node, const PayRun& run);

/// Refuses a run that pays or books out of its fund more than that has free, if it names a fund, and no
/// mandate that reserves it: on the day of booking, and on that of `now` where it is later. Throws Refused:
/// dimension_unknown, fund_indivisible; where the fund has terms on the day: unit_mismatch,
/// fund_below_buffer.
void require_fund_bears(Tx& tx, NodeId node, const PayRun& run, Instant now);

}  // namespace coop::pay
