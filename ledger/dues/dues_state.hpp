#pragma once
#include <array>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "ledger/dues/clearing.hpp"
#include "ledger/dues/due.hpp"

namespace coop::dues {

/// A charge as far as it decides who owes what; not reversed. Minor units.
struct ChargeFact {
  ChargeNumber number;
  PartyId member;  ///< whom it is for
  PartyId debtor;  ///< who owes it
  std::optional<MembershipId> membership;
  UnitId unit;
  DueKind kind;
  Period period;
  Day due_on;
  std::int64_t owed_minor;
};

/// A part of a payment as far as it decides who owes what; not returned. Minor units.
struct ShareFact {
  PaymentNumber payment;
  bool is_refund;  ///< money given back: it uses up what was paid ahead
  PartyId debtor;
  UnitId unit;
  std::int64_t minor;
  std::optional<ChargeNumber> towards;
  Day on;
};

/// The charges and payments that count on a day.
struct DuesFactsOnDay {
  std::vector<ChargeFact> charges;
  std::vector<ShareFact> shares;
};

/// How old unpaid dues are.
struct Ageing {
  /// Not due yet; up to 30, 60, 90 days overdue; more. Minor units.
  std::array<std::int64_t, 5> minor{};
  std::int64_t overdue_minor() const;
};
/// The names of the steps of an Ageing: "not_due", "to_30", "to_60", "to_90", "over_90".
inline constexpr std::array<const char*, 5> ageing_steps{"not_due", "to_30", "to_60", "to_90", "over_90"};

/// How one debtor stands in one unit. Minor units.
struct DebtorState {
  std::int64_t open_minor = 0;
  std::int64_t credit_minor = 0;  ///< paid ahead: the debtor's, never a gift
  Ageing ageing;
  std::optional<Day> overdue_since;  ///< the day on which the oldest unpaid charge was due, if that is past
};

/// A charge with how it stands.
struct ChargeState {
  ChargeFact charge;
  std::int64_t open_minor;
  std::optional<Day> cleared_on;
};

/// How everything stands on a day.
struct DuesState {
  std::vector<ChargeState> charges;  ///< in the order of the facts
  std::map<std::pair<PartyId, UnitId>, DebtorState> debtors;
};

/// Sets what was given against what is owed, debtor by debtor and unit by unit, as of `day`.
DuesState state_of(const DuesFactsOnDay& facts, Day day);

/// The debtor's first charge that is open and due on `day` or later; null if there is none.
const ChargeState* next_due(std::span<const ChargeState> charges, PartyId debtor, Day day);

/// The last day through which a membership's dues are paid without a gap: coverage moves when money arrives.
/// Nothing, if its first due is not paid yet.
std::optional<Day> covered_until(std::span<const ChargeState> charges, MembershipId membership);

}  // namespace coop::dues
