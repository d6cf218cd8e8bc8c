#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/dues/charge.hpp"
#include "ledger/dues/position.hpp"

namespace coop::dues {

/// Charges of dues and joining fees of these memberships (an int[]) whose period begins in `window`, reversed
/// ones too, by number.
std::vector<Charge> read_charges_of_memberships(Tx& tx, NodeId node, const SqlValue& memberships,
                                                const Period& window);
/// Every charge that this party owes, in every unit, reversed ones too, by number.
std::vector<Charge> read_charges_of_debtor(Tx& tx, NodeId node, PartyId debtor);
/// The charge, if there is one.
std::optional<Charge> find_charge(Tx& tx, NodeId node, ChargeNumber number);

/// Which charges a list is about; everything where empty.
struct ChargeFilter {
  std::optional<PartyId> member = std::nullopt;
  std::optional<PartyId> debtor = std::nullopt;
  std::optional<int> run = std::nullopt;
  std::optional<bool> reversed = std::nullopt;
};
/// Up to `limit` charges below `before`, the newest first.
std::vector<Charge> list_charges(Tx& tx, NodeId node, const ChargeFilter& filter,
                                 std::optional<ChargeNumber> before, int limit);

/// The number of the last charge, 0 if there is none.
std::int64_t read_last_charge(Tx& tx, NodeId node);
/// Adds charges with the numbers they have, in one statement; `members` are whom they are for.
void insert_charges(Tx& tx, NodeId node, std::span<const Charge> charges, std::span<const PartyId> members,
                    const books::Author& author);

/// That a charge is taken back.
struct ChargeReversal {
  ChargeNumber charge;
  std::optional<int> run;
  Day reversed_on;
  std::string reason;
  std::optional<EntryNumber> entry;
};
/// Adds it.
void insert_charge_reversal(Tx& tx, NodeId node, const ChargeReversal& reversal, const books::Author& author);

/// A run that raises dues.
struct ChargeRun {
  int number;
  Period period;
  Day corrections_from;
  Instant recorded_at;
  std::optional<std::string> recorded_by;
};
/// Adds a run after those that there are, and returns its number.
int insert_charge_run(Tx& tx, NodeId node, const Period& period, Day corrections_from,
                      const books::Author& author);
/// The run, if there is one.
std::optional<ChargeRun> find_charge_run(Tx& tx, NodeId node, int number);
/// Up to `limit` runs below `before`, the newest first.
std::vector<ChargeRun> list_charge_runs(Tx& tx, NodeId node, std::optional<int> before, int limit);

/// What a run did, added up. Amounts are minor units by unit.
struct RunResult {
  std::int64_t charged = 0;
  std::int64_t reversed = 0;
  std::map<UnitId, std::int64_t> owed_minor = {};  ///< of its charges, less that of the charges it reversed
};
/// Reads it.
RunResult read_run_result(Tx& tx, NodeId node, int run);

/// A debtor in a unit.
struct DebtorUnit {
  PartyId party;
  UnitId unit;
  friend auto operator<=>(const DebtorUnit&, const DebtorUnit&) = default;
};
/// How these debtors stand; who never owed anything stands at nothing.
std::map<DebtorUnit, Position> read_positions(Tx& tx, NodeId node, std::span<const DebtorUnit> debtors);
/// Puts down how they stand.
void store_positions(Tx& tx, NodeId node, const std::map<DebtorUnit, Position>& positions);

}  // namespace coop::dues
