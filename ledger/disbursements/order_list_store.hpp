#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/disbursements/disbursement.hpp"

namespace coop::disbursements {

/// What a list of disbursements shows of each.
struct DisbursementSummary {
  DisbursementNumber number;
  DisbursementState state;
  Day requested_on;
  std::string title;
  std::string account;  ///< the path that is paid from
  std::string message_id;
  std::int64_t orders;  ///< that were not left out
  std::int64_t minor;   ///< of these
  std::string file_hash;
  Instant recorded_at;
};
/// Up to `limit` disbursements below `before`, the newest first: in one state, or in any.
std::vector<DisbursementSummary> list_disbursements(Tx& tx, NodeId node,
                                                    std::optional<DisbursementState> state,
                                                    std::optional<DisbursementNumber> before, int limit);

/// Which orders are listed; all, where nothing is said.
struct OrderFilter {
  std::optional<OrderState> state = {};
  std::optional<Day> from = {};  ///< of the day on which they are to be paid
  std::optional<Day> to = {};
  std::optional<int> bank_account = {};
  std::optional<std::string> account = {};  ///< what they settle, and what lies below
  std::optional<std::string> words = {};    ///< in the title, source or id, and in who is paid
  bool names_are_hidden = false;            ///< then not in who is paid
};
/// Where a list of orders goes on: after this one.
struct OrderAfter {
  int disbursement;
  int order;
};
/// What a list of orders shows of each.
struct ListedOrder {
  DisbursementNumber disbursement;
  int order;
  OrderState state;
  Day requested_on;
  std::string title;
  int bank_account;
  std::int64_t minor;
  OrderPurpose purpose;
  std::string account;
  std::string member;
  std::string source;
  std::string end_to_end_id;
  std::string return_code;
  std::optional<std::string> name;  ///< nothing once the party was erased
  std::optional<std::string> iban;
};
/// Up to `limit` orders, by disbursement from the newest down, and by their numbers in it.
std::vector<ListedOrder> list_orders(Tx& tx, NodeId node, const OrderFilter& filter,
                                     std::optional<OrderAfter> after, int limit);

/// The debts that orders of a proposal pay (an account of liabilities; where an order names a member, what is
/// owed to them) where all orders that wait come to more than is owed now, by account and member.
std::vector<OverOrdered> read_over_ordered(Tx& tx, NodeId node, DisbursementNumber number);

}  // namespace coop::disbursements
