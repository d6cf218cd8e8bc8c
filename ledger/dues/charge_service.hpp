#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/node_service.hpp"
#include "ledger/database/database.hpp"
#include "ledger/dues/charge_run_store.hpp"
#include "ledger/dues/charge_store.hpp"
#include "ledger/dues/facts_store.hpp"

namespace coop::dues {

/// Which dues a run looks at: it raises those of `period`, and mends charges whose period begins on or after
/// `corrections_from`.
struct RunWindow {
  Period period;
  Day corrections_from;
  Period all() const { return {corrections_from, period.last()}; }
};
/// The window of a period: corrections reach back so many months before it.
inline constexpr int usual_corrections_months = 12;
/// So many memberships are looked at in one go: what is read of them is held in memory.
inline constexpr int memberships_at_once = 2'000;
/// `corrections_from` is twelve months before the period where it is not given. Throws Refused: day_malformed
/// (after the period's first day).
RunWindow window_of(const Period& period, std::optional<Day> corrections_from);

/// What a run would do, or did, added up. Amounts are minor units by unit.
struct RunTotals {
  std::int64_t memberships = 0;
  std::int64_t unchanged = 0;  ///< dues that are charged already
  std::int64_t charged = 0;
  std::int64_t reversed = 0;
  std::int64_t deferrals = 0;  ///< movements of income to the days that it is for; none in a preview
  std::map<UnitId, std::int64_t> owed_minor = {};  ///< of the charges, less that of the reversed ones
  std::map<UnitId, std::int64_t> waived_minor = {};
  void add(const ChargePlan& plan);
  void add(const RunTotals& more);
};

/// What a run would do for one membership.
struct MembershipPlan {
  MembershipId membership;
  std::string member;
  ChargePlan plan;
};

/// The first `most` memberships after `after` that a run would change, with what it would do. Throws Refused:
/// tier_without_price, rate_missing.
std::vector<MembershipPlan> preview_changes(Tx& tx, NodeId node, const RunWindow& window, MembershipId after,
                                            int most);
/// What a run would do in all. Throws Refused: tier_without_price, rate_missing.
RunTotals preview_totals(Tx& tx, NodeId node, const RunWindow& window);

/// Puts a run on record; nothing is charged yet. Throws Refused: node_unknown.
int begin_run(Tx& tx, NodeId node, const RunWindow& window, const books::Author& author);
/// What one stretch of a run did.
struct StretchDone {
  std::optional<MembershipId> last;  ///< the last membership it looked at; nothing: none was left
  RunTotals totals;
};
/// Does the run for up to `limit` memberships after `after`: takes wrong charges back and raises the missing
/// ones, entries and all. Done again it finds nothing to do. Throws Refused: charge_run_unknown,
/// tier_without_price, rate_missing, and what the posting engine refuses (account_unknown, …).
StretchDone run_stretch(Tx& tx, NodeId node, int run, MembershipId after, int limit,
                        const books::Author& author);

/// What all stretches of a run did.
struct WholeRun {
  RunTotals totals;
  bool is_complete = false;  ///< else it was stopped; the same run again goes on
};
/// Does a run from its beginning, each stretch in a database transaction of its own, as long as `goes_on`
/// says so, which is told how many memberships were looked at. Throws Refused as run_stretch does.
WholeRun run_all(Database& database, NodeId node, int run, const std::function<books::Author()>& author,
                 const std::function<bool(std::int64_t memberships)>& goes_on);

/// A charge that somebody raises by hand.
struct ChargeDraft {
  std::string member;                ///< the number of whom it is for
  std::optional<std::string> payer;  ///< who owes it; nothing: the member
  DueKind kind;                      ///< obligation or other
  UnitId unit;
  std::int64_t minor;
  Day on;
  std::optional<Day> due_on;  ///< nothing: `on`
  std::string why;
  std::optional<std::string> income;  ///< the account that it is income of; nothing: the node's dues
};
/// Raises it. Throws Refused: party_unknown, field_invalid, and what the posting engine refuses.
Charge raise_charge(Tx& tx, NodeId node, const ChargeDraft& draft, const books::Author& author);
/// Takes a charge back, for a reason. Throws Refused: charge_unknown, charge_reversed_already, field_invalid
/// (reason), period_locked only if the day after is locked too.
Charge reverse_charge(Tx& tx, NodeId node, ChargeNumber number, const std::string& reason,
                      const books::Author& author);
/// The charge. Throws Refused: charge_unknown.
Charge read_charge(Tx& tx, NodeId node, ChargeNumber number);

}  // namespace coop::dues
