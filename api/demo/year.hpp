#pragma once
#include <array>
#include <map>
#include <string>
#include <vector>

#include "api/demo/diary.hpp"
#include "api/demo/facts.hpp"

namespace coop::api::demo {

/// What a worker logged in a month.
struct LoggedTime {
  std::int64_t claimed_minor = 0;  ///< of HOUR, for which pay is asked
};

/// One node while its thirteen months are being written.
struct NodeYear {
  explicit NodeYear(const NodeFacts& a_facts);
  const NodeFacts& facts;
  std::vector<Member> members;
  Diary diary;
  std::array<std::int64_t, last_month + 1> dues_received{};  ///< cents of EUR, by month of payment
  std::array<std::int64_t, last_month + 1> bills_paid{};     ///< cents of EUR
  std::map<std::string, std::array<LoggedTime, last_month + 1>, std::less<>> time;  ///< by worker

  /// "assets:bank:main" moved by an entry of this node.
  std::string name() const { return std::string{facts.name}; }
};

/// Opening balances, dues billed and paid, shares of those who join and leave.
void write_dues(NodeYear& year);
/// What January 2026 leaves owed (above zero) or paid ahead (below), in cents of EUR by member code.
std::map<std::string, std::int64_t> left_from_january(const NodeYear& year);
/// Server bills that the node pays for all.
void write_bills(NodeYear& year);
/// Hours: claimed, contributed, given.
void write_time(NodeYear& year);
/// What the node does in its own currency: meetings, donations, expenses, exchange.
void write_own_life(NodeYear& year);
/// Contributions in the node's local unit, and what they are spent on.
void write_local_currency(NodeYear& year);
/// What goes wrong, comes late or is planned ahead: reversals, holds, late documents, closed quarters.
void write_incidents(NodeYear& year);
/// The month's end in all nodes: 70% of the dues received goes to the common fund, less what a node paid for
/// all; the fund's fee, reserve and commons; wages from what is left, the rest of the claims owed.
void write_month_ends(std::vector<NodeYear>& years);

/// The five nodes' diaries, complete. The same on every machine, every time.
std::vector<NodeYear> written_years();

}  // namespace coop::api::demo
