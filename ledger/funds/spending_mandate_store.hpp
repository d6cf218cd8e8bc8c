#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/funds/spending_mandate.hpp"

namespace coop::funds {

/// The mandate with its steps, if there is one.
std::optional<SpendingMandate> find_spending_mandate(Tx& tx, NodeId node, SpendingMandateNumber number);
/// The number of the last one; 0 if there is none.
int read_last_spending_mandate(Tx& tx, NodeId node);
/// Writes it, without steps. The head must be locked.
void insert_spending_mandate(Tx& tx, NodeId node, const SpendingMandate& mandate,
                             const books::Author& author);

/// A step to be written; the fields that its kind does not use are empty.
struct NewSpendingStep {
  SpendingStepKind kind;
  Day on_day;
  std::optional<std::int64_t> minor = {};
  std::optional<int> minutes = {};
  std::optional<EntryNumber> entry = {};
  std::optional<PartyId> party = {};
  std::optional<int> draw = {};
  std::string words = {};
};
/// Writes it after those that there are. The head must be locked.
void insert_spending_step(Tx& tx, NodeId node, SpendingMandateNumber mandate, const NewSpendingStep& step,
                          const books::Author& author);

/// What an entry takes off a mandate's fund (and cost object), in the mandate's unit.
struct EntrySpending {
  Day booked_on;
  bool is_reversed;
  std::int64_t spent_minor;  ///< positive where it takes something off
  std::int64_t drawn_minor;  ///< drawn of it already, on all mandates of the fund
  bool is_in_other_unit;     ///< it is about the fund, but in another unit only
};
/// Reads it; nothing if there is no such entry.
std::optional<EntrySpending> find_entry_spending(Tx& tx, NodeId node, const SpendingMandate& mandate,
                                                 EntryNumber entry);

/// The party of a member's number, if there is one.
std::optional<PartyId> find_payee(Tx& tx, NodeId node, const std::string& member);
/// True if the member's own view is the user's, or was at any time since.
bool is_own_party(Tx& tx, NodeId node, PartyId party, UserId user, Instant since);

/// Which mandates are listed.
struct SpendingMandateFilter {
  std::optional<std::string> fund = {};
  std::optional<SpendingMandateState> state = {};  ///< on `today`
  Day today;
  std::optional<SpendingMandateNumber> before = {};
  int limit;
};
/// The newest first, with their steps.
std::vector<SpendingMandate> list_spending_mandates(Tx& tx, NodeId node, const SpendingMandateFilter& filter);

}  // namespace coop::funds
