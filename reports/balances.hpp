#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "ledger/books/dimension.hpp"
#include "reports/turnover.hpp"

namespace coop::reports {

/// Accounts to be read: those with these ids, or all of the node where there is no list.
using AccountIds = std::optional<std::vector<AccountId>>;
/// The ids as an int[] parameter, NULL for all.
SqlValue sql_of(const AccountIds& accounts);

/// By account, its balance at each of some days in minor units, debit positive. Accounts that nothing was
/// ever booked on may be left out.
using BalancesByAccount = std::unordered_map<AccountId, std::vector<std::int64_t>>;
/// By account, what was debited and credited within some time.
using TurnoverByAccount = std::unordered_map<AccountId, Turnover>;

/// What postings must be about to count; every kind that has an id. Without any id all postings count.
struct About {
  books::DimensionIds ids{};
  bool all() const;
};

/// How balances are read by two connections, if a second one is free.
struct InPieces {
  int accounts = 500;  ///< how many a connection reads at a time; of so few, all are read by one connection
  std::function<void(Tx&)> also = nullptr;  ///< what else to read meanwhile, as a piece (PieceReading) does
};

/// The balances of many accounts at `days` (ascending, no day twice), of entries up to `last`. Exact; as long
/// as every entry and every posting counts, the cost does not depend on how many postings there are.
BalancesByAccount read_balances(Tx& tx, NodeId node, const AccountIds& accounts, const About& about,
                                std::span<const Day> days, std::optional<EntryNumber> last,
                                const InPieces& in_pieces = {});

/// What was debited and credited to many accounts from `first` to `last_day`, of entries up to `last`.
TurnoverByAccount read_turnovers(Tx& tx, NodeId node, const AccountIds& accounts, const About& about,
                                 Day first, Day last_day, std::optional<EntryNumber> last);

}  // namespace coop::reports
