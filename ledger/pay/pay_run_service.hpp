#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/pay/pay_division.hpp"
#include "ledger/pay/pay_run.hpp"
#include "ledger/pay/pay_run_store.hpp"
#include "ledger/pay/pay_terms_service.hpp"

namespace coop::pay {

/// What is given of a member with a run.
struct GivenMember {
  std::string member;
  std::string place = {};
  GivenNumbers measures = {};
  std::optional<Ratio> local_share = {};  ///< that they chose of what is paid in the local unit
};

/// A run of wages that is asked for. Minor units of `unit`.
struct WagesDraft {
  Day from_on;
  Day to_on;
  Day booked_on;
  Unit unit;
  std::int64_t amount_minor;  ///< the pot, not below zero
  std::string rule;           ///< its code
  GivenNumbers figures = {};
  std::vector<GivenMember> members = {};  ///< also such as have no hours
  DeferredAs deferred_as;
  PayAccounts accounts;
  std::string decision = {};
  std::string fund = {};  ///< the code of the fund that what is paid is taken from
  std::optional<LocalDraft> local = {};
  std::vector<PotDraft> pots = {};  ///< those that are booked
  std::string circle = {};          ///< the code of the circle whose hours alone are collected; or empty
  std::optional<funds::SpendingMandateNumber> mandate = {};  ///< that reserves what is taken from its fund
};

/// Collects the approved hours of the period that are to be paid and that no other run has, works out what
/// they claim at the tariffs of their days, divides the pot by the version of the rule that holds on the last
/// day, and proposes the result. Nothing is booked; the hours are kept for this run while it lives. Throws
/// Refused, in this order: field_invalid (days, amount, decision, a measure that the run has by itself, a
/// name twice, a share of a local part that there is not); account_unknown, account_not_open; what
/// local_pay_of() and require_pot_accounts() refuse; sharing_rule_unknown; field_invalid (a figure or measure
/// is given that the rule does not ask for); circle_unknown; party_unknown;
/// unit_mismatch (a tariff is of another unit); pay_run_empty; tariff_missing, field_missing (what the rule
/// asks for); what divide() refuses; pay_run_impossible; field_invalid (the rule makes no pot of that name);
/// what draw_mandate() and require_fund_bears() refuse; budget_exceeded, without a mandate. The mandate, if
/// there is one, is looked for after the accounts (spending_mandate_unknown).
PayRun propose_wages(Tx& tx, NodeId node, const WagesDraft& draft, const books::Author& author);

/// Open claims that are to be paid from a pot. Minor units of `unit`.
struct SettlementDraft {
  Day booked_on;
  Unit unit;
  std::int64_t amount_minor;
  std::string rule;
  GivenNumbers figures = {};
  std::vector<GivenMember> members = {};  ///< only such as have open claims, unless it grants
  DeferredAs deferred_as;                 ///< which claims; not gifts
  PayAccounts accounts;                   ///< wages (for points, and with a fund) and payable
  std::string decision = {};
  std::string fund = {};
  std::optional<LocalDraft> local = {};
  std::vector<PotDraft> pots = {};  ///< those that are booked
  bool grants = false;              ///< what is paid beyond claims is granted; needs the decision
  std::optional<funds::SpendingMandateNumber> mandate = {};
};
/// Divides a pot among those who have open claims: the oldest first or all alike, as the rule says. Claims
/// that other proposals wait to settle are not offered. Throws Refused, in this order: field_invalid,
/// decision_missing (it grants without one), account_unknown, account_not_open, sharing_rule_unknown,
/// field_invalid (given, and the rule does not ask for it), pay_run_empty, party_unknown (who has no open
/// claim), field_missing, what divide() refuses, pay_run_impossible (more is paid than stands open), and of
/// the fund and the mandate as propose_wages().
PayRun propose_settlement(Tx& tx, NodeId node, const SettlementDraft& draft, const books::Author& author);

/// Open claims that are to end without being paid.
struct LapseDraft {
  Day booked_on;
  Unit unit;
  DeferredAs deferred_as;
  std::string wages;                      ///< the expense that is taken back
  std::optional<Day> since_until = {};    ///< only claims that arose by then
  std::vector<std::string> members = {};  ///< only theirs; empty: everybody's
  std::string decision;                   ///< the resolution
};
/// Proposes that claims lapse by a resolution. Throws Refused: decision_missing, field_invalid,
/// account_unknown, account_not_open, party_unknown, pay_run_empty.
PayRun propose_lapse(Tx& tx, NodeId node, const LapseDraft& draft, const books::Author& author);

/// What a member claims by hours that were collected: not divided yet.
PayShare collected_share_of(const CollectedHours& hours);

/// The run. Throws Refused: pay_run_unknown.
PayRun read_pay_run(Tx& tx, NodeId node, PayRunNumber number);

/// Divides anew what the run was proposed with; nothing of a lapse.
std::optional<PayExplanation> explain(Tx& tx, NodeId node, const PayRun& run);

}  // namespace coop::pay
