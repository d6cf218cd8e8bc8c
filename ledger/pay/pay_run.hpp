#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/funds/spending_mandate.hpp"
#include "ledger/pay/tariff.hpp"
#include "ledger/sharing/division.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"
#include "ledger/values/unit.hpp"

namespace coop::pay {

/// The gap-free number of a run within its node, from 1.
using PayRunNumber = Id<struct PayRunKindTag, std::int32_t>;

/// What a run does: pays hours from a pot, pays open claims from a pot, ends open claims by a resolution, or
/// takes in claims from before these books.
enum class PayRunKind { wages, settlement, lapse, opening };
/// "wages" …
std::string_view text_of(PayRunKind kind);
/// Throws Refused: field_invalid.
PayRunKind pay_run_kind_from(std::string_view text);

/// What becomes of what a pot does not cover.
enum class DeferredAs {
  debt,    ///< owed: on an account of liabilities
  equity,  ///< a claim like a share: on an account of equity
  points,  ///< counted, and not booked
  gift     ///< nothing is owed
};
/// "debt" …
std::string_view text_of(DeferredAs as);
/// Throws Refused: field_invalid.
DeferredAs deferred_as_from(std::string_view text);

/// What became of a run.
enum class PayStepKind { approved, posted, cancelled, undone };
/// "approved" …
std::string_view text_of(PayStepKind kind);
/// Throws Refused: field_invalid.
PayStepKind pay_step_kind_from(std::string_view text);

/// How a run stands; approved: by two people, and not posted yet.
enum class PayRunState { proposed, approved, posted, cancelled, undone };
/// "proposed" …
std::string_view text_of(PayRunState state);
/// Throws Refused: field_invalid.
PayRunState pay_run_state_from(std::string_view text);

/// A step on record; what its kind does not use is empty.
struct PayStep {
  int number;
  PayStepKind kind;
  std::optional<EntryNumber> first_entry;  ///< its entries follow one another
  std::optional<EntryNumber> last_entry;
  std::string reason;
  Instant recorded_at;
  std::optional<UserId> recorded_by;
  std::optional<std::string> recorded_by_name;
};

/// A number that was given with the run, in the order in which it was given.
using GivenNumbers = std::vector<std::pair<std::string, Ratio>>;
/// As it is kept: [{"name":"housing","value":"500"}].
std::string json_text_of(const GivenNumbers& numbers);
/// Reads that. InvariantBroken, if it is something else.
GivenNumbers given_numbers_from(std::string_view json);

/// A cost object for which a member worked, and how much of their hours that was: minutes times tariff, or
/// minutes where one of the hours has no tariff.
struct CostWeight {
  std::string object;  ///< its code; empty: hours that name none
  std::int64_t weight;
};

/// A claim of an earlier run that stood open, and what the run settles of it. Minor units.
struct ClaimLot {
  PayRunNumber claim;  ///< the run that deferred it
  Day since;           ///< that run's last day
  std::int64_t open_minor;
  std::int64_t settled_minor;
  std::string account;  ///< where it stands in the books; empty: nowhere
  /// For which cost objects its hours were, if for any.
  std::vector<CostWeight> costs = {};
};

/// What a member gets by a run, and from what it is worked out. Minor units of the run's unit.
struct PayShare {
  PartyId party;
  std::string member;
  std::string place = {};
  GivenNumbers measures = {};
  std::int64_t minutes = 0;
  std::int64_t claim_minor = 0;
  bool is_priced = true;                        ///< each of the hours has a tariff
  std::optional<std::int64_t> rate_minor = {};  ///< the tariff, where it is the same for all the hours
  std::int64_t paid_minor = 0;
  std::int64_t deferred_minor = 0;
  std::vector<ClaimLot> lots = {};
  std::vector<CostWeight> costs = {};     ///< if any of the hours names a cost object; the codes in order
  std::optional<Ratio> local_share = {};  ///< that the member chose; nothing: the run's
  std::int64_t converted_minor = 0;       ///< what of `paid_minor` is paid in the local unit
  std::int64_t local_minor = 0;           ///< what that is there, in its minor units
};

/// The part of a run that is paid in a local unit.
struct LocalPay {
  Unit unit;
  int rates_known;  ///< the last rate between units that there was
  int rate_number;
  Ratio rate;                              ///< units of the local one for one of the run's
  Ratio share;                             ///< of what is paid, for whoever chose nothing
  std::optional<std::int64_t> most_minor;  ///< for each member, in the run's unit
  std::string payable;                     ///< a liability in the local unit
  std::string conversion;                  ///< equity, an account of this path in each of the two units
};

/// Where what stays in a pot goes; empty: nowhere, it is not booked.
struct PotBooking {
  std::string from = {};  ///< debited, about the run's fund; the path of an account
  std::string to = {};    ///< credited, about `fund`
  std::string fund = {};  ///< the code of the fund that it is for; or empty
  friend bool operator==(const PotBooking&, const PotBooking&) = default;
};

/// What became of a pot: the pot of the run, or one that its rule made. Minor units of the run's unit; what
/// is neither paid nor stays went into other pots.
struct PayPot {
  std::string name;
  std::int64_t received_minor;
  std::int64_t paid_minor;    ///< to members
  std::int64_t amount_minor;  ///< what stays in it
  PotBooking booked = {};
  friend bool operator==(const PayPot&, const PayPot&) = default;
};

/// The accounts of a run, by path; those that it does not use are empty.
struct PayAccounts {
  std::string wages;     ///< an expense; of an opening also equity
  std::string payable;   ///< a liability
  std::string deferred;  ///< of debt a liability, of equity equity
};

/// The spending mandate that a run draws, and how much of it: what it pays, and what stays in pots and is
/// booked. Minor units of the run's unit.
struct DrawnMandate {
  funds::SpendingMandateNumber number;
  std::string cost_object = {};  ///< of the mandate: what is paid and names none is for it; or empty
  std::int64_t minor = 0;
  std::optional<int> minutes = {};  ///< of a mandate that grants hours
};

/// By which version of which rule.
struct PayRule {
  std::string code;
  int version;
  std::string hash;
};

/// A run, as it is on record.
struct PayRun {
  PayRunNumber number;
  PayRunKind kind;
  Day from_on;
  Day to_on;  ///< the day on which the rule and values of places hold
  Day booked_on;
  Unit unit;
  std::int64_t amount_minor;    ///< the pot; of a lapse, what lapses
  std::optional<PayRule> rule;  ///< nothing: a lapse
  GivenNumbers figures;
  int values_known;   ///< the last value of a place that there was
  int tariffs_known;  ///< the last tariff that there was
  DeferredAs deferred_as;
  PayAccounts accounts;
  std::string decision;     ///< or empty
  std::string fund = {};    ///< what is paid is taken from it; or empty
  std::string circle = {};  ///< of wages: the circle whose hours alone are collected; or empty
  std::optional<DrawnMandate> mandate = {};  ///< that reserves what it takes from its fund
  std::optional<LocalPay> local = {};
  bool grants = false;  ///< of a settlement: what it pays beyond claims is granted, by the decision
  /// In the order in which they begin, the run's own first; none: of a lapse or an opening, or not kept yet.
  std::vector<PayPot> pots = {};
  std::vector<PayShare> shares;  ///< by the members' numbers
  Instant recorded_at;
  std::optional<UserId> recorded_by = {};
  std::optional<std::string> recorded_by_name = {};
  std::vector<PayStep> steps = {};
};

/// A run that nobody wrote yet: number 0, booked on its last day, a debt; without shares.
PayRun new_pay_run(PayRunKind kind, Day from, Day to, const Unit& unit, std::int64_t amount_minor);

/// How many people must approve.
inline constexpr std::size_t pay_approvals_needed = 2;

/// How it stands, by its steps.
PayRunState state_of(const PayRun& run);
/// The step of this kind, or null; of approvals the first.
const PayStep* step_of(const PayRun& run, PayStepKind kind);
/// What it pays; what it defers. Minor units.
std::int64_t paid_minor_of(const PayRun& run);
std::int64_t deferred_minor_of(const PayRun& run);
std::int64_t minutes_of(const PayRun& run);
/// Of a member's minutes as large a part as `minor` is of what the run promised them, half up.
int minutes_paid_by(const PayShare& share, std::int64_t minor);
/// What stays in pots and is booked. Minor units.
std::int64_t booked_minor_of(const PayRun& run);
/// What all lots together have open, and what the run settles of them.
std::int64_t settled_minor_of(const PayShare& share);
/// What a settlement pays a member beyond the claims that it settles; of other runs 0.
std::int64_t granted_minor_of(const PayRun& run, const PayShare& share);
/// Hours at a tariff: minutes times the amount an hour, summed up and rounded once, half up.
std::int64_t claim_of(std::int64_t minutes_times_minor);

/// What a member gets by a run, as lists of their own show it: nothing of the others, and no sums.
struct PayslipSummary {
  PayRunNumber run;
  PayRunKind kind;
  PayRunState state;
  Day from_on;
  Day to_on;
  std::string unit;
  int scale;
  std::int64_t minutes;
  std::int64_t claim_minor;
  std::int64_t paid_minor;
  std::int64_t deferred_minor;
  DeferredAs deferred_as;
};

/// What a member was given by runs of the past. Minor units.
struct GivenPay {
  std::string member;
  std::int64_t paid_minor;
  std::int64_t deferred_minor;
};

/// A run as lists show it.
struct PayRunSummary {
  PayRunNumber number;
  PayRunKind kind;
  PayRunState state;
  Day from_on;
  Day to_on;
  std::string unit;
  int scale;
  std::int64_t amount_minor;
  std::int64_t paid_minor;
  std::int64_t deferred_minor;
  DeferredAs deferred_as;
  int members;
  Instant recorded_at;
};

}  // namespace coop::pay
