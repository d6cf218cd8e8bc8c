#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/books/draft.hpp"
#include "ledger/database/tx.hpp"

namespace coop::journals {

/// What an import needs to know of an account that exists.
struct ExistingAccount {
  books::AccountType type;
  Day opened_on;
  std::optional<Day> closed_on;
};
/// The node's accounts by path and unit code.
std::map<std::pair<std::string, std::string>, ExistingAccount> read_existing_accounts(Tx& tx, NodeId node);

/// The last day that is closed, if any.
std::optional<Day> read_closed_through(Tx& tx, NodeId node);

/// How many of these requests are on record.
std::int64_t count_on_record(Tx& tx, NodeId node, const std::vector<books::Fingerprint>& keys);

}  // namespace coop::journals
