#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/node.hpp"
#include "ledger/dues/dues_state_store.hpp"
#include "ledger/dues/dues_statement.hpp"
#include "ledger/members/membership.hpp"
#include "ledger/members/party.hpp"
#include "ledger/rolls/roll.hpp"
#include "reports/table.hpp"

namespace coop::reports {

/// A membership as the member reads it.
struct OwnMembership {
  members::Membership membership;
  std::string class_title;
  std::optional<members::Standing> standing;  ///< on the day, dues included
  std::optional<Day> covered_until;           ///< the last day through which its dues are paid without a gap
  std::optional<rolls::RollLine> on_roll;     ///< whether it may vote on the day; nothing before it began
};

/// What the member owes, or has paid ahead, in one unit.
struct OwnBalance {
  UnitId unit;
  dues::DebtorState state;
};

/// Everything a member is told about their own: what they owe and paid, until when they are covered.
struct OwnView {
  members::Party party;
  std::optional<std::string> name;  ///< nothing where it was erased or never told
  dues::DuesMoment moment;
  std::vector<OwnMembership> memberships;
  std::vector<OwnBalance> balances;
  std::optional<dues::ChargeState> next_due;  ///< the first open charge that is due on the day or later
  std::optional<dues::Due> upcoming;  ///< the first due not charged yet whose days are not over; if known now
  std::vector<dues::ChargeState> open_charges;  ///< what they owe, the oldest first
  std::vector<dues::ChargeState> obligations;   ///< what joining obliged to, met or not
  Day from;                                     ///< the statement's first day
  dues::DuesStatement statement;
};

/// Where a statement begins unless somebody says otherwise: with the node's fiscal year before the day's.
Day usual_start(const books::Node& node, Day as_of);
/// Reads it as of a moment; the statement begins on `from`.
OwnView read_own_view(Tx& tx, NodeId node, const members::Party& party, const dues::DuesMoment& moment,
                      Day from);

/// Looks a unit up.
using UnitOf = std::function<Unit(UnitId)>;
/// "1 vote", or "no vote: owes …".
std::string vote_words(const rolls::RollLine& line);
/// "Charge 4, 2026-02: Standard: 20.00 EUR a month"
std::string words_of(const dues::StatementLine& line);
/// The view as a table: what holds in its facts, the statement in its rows.
Table table_of_own_view(const OwnView& view, const std::string& node_title, const UnitOf& unit_of);

}  // namespace coop::reports
