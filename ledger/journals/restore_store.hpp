#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/journals/native_checks.hpp"

namespace coop::journals {

/// The ids that units and users have on this server.
struct RestoredIds {
  std::map<std::string, UnitId> units;  ///< by code
  std::map<std::string, UserId> users;  ///< by name
};

/// The id of the unit: an existing one with the same decimals, or a new one.
/// Throws Refused: import_contradicts (it has other decimals here).
UnitId require_restored_unit(Tx& tx, const NativeUnit& unit);
/// The id of the user of this name; a user that does not exist here is made, closed from the beginning: it
/// names who did something, and nobody can sign in with it.
UserId require_restored_user(Tx& tx, const std::string& name, Instant now);
/// Makes the node with empty books. Throws Refused: node_exists.
NodeId insert_restored_node(Tx& tx, const NativeHead& head, UnitId base_unit);

/// Each writes rows as they were, in one statement, numbers and instants included. Accounts and dimensions
/// are found by `checks`.
void insert_restored(Tx& tx, NodeId node, const std::vector<NativeDimension>& rows);
void insert_restored(Tx& tx, NodeId node, const std::vector<NativeAccount>& accounts, const RestoredIds& ids);
void insert_restored(Tx& tx, NodeId node, const std::vector<NativeHold>& holds, const NativeChecks& checks,
                     const RestoredIds& ids);
/// Also adds to the turnover by month.
void insert_restored(Tx& tx, NodeId node, const std::vector<NativeEntry>& entries, const NativeChecks& checks,
                     const RestoredIds& ids);
void insert_restored(Tx& tx, NodeId node, const std::vector<NativeCheckpoint>& checkpoints);
void insert_restored(Tx& tx, NodeId node, const std::vector<NativeHoldEnd>& ends, const RestoredIds& ids);
void insert_restored(Tx& tx, NodeId node, const std::vector<NativeLock>& locks, const RestoredIds& ids);
void insert_restored(Tx& tx, NodeId node, const std::vector<NativeUnlock>& unlocks, const RestoredIds& ids);
void insert_restored(Tx& tx, NodeId node, const std::vector<NativeEvent>& events);
void insert_restored(Tx& tx, NodeId node, const std::vector<NativeAnswer>& answers);

/// Writes the accounts' balances, what open holds reserve, limits and numbers of postings.
void insert_restored_balances(Tx& tx, NodeId node, const std::map<int, NativeStanding>& standings);

/// Where restored books stand.
struct RestoredHead {
  std::int64_t last_number;
  Hash last_hash;
  std::optional<Instant> last_recorded_at;
  std::int64_t last_hold;
  std::int64_t last_event;
};
/// Moves the book head there, and its next expiry to the first open hold's.
void update_restored_head(Tx& tx, NodeId node, const RestoredHead& head);

}  // namespace coop::journals
