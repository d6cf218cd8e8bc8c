#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/values/period.hpp"

namespace coop::dues {

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

}  // namespace coop::dues
