#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/sharing/rule_version.hpp"

namespace coop::sharing {

/// Which versions are read; nothing: all.
struct VersionFilter {
  std::optional<std::string> code = {};
  std::optional<int> version = {};
  std::optional<Day> on = {};             ///< of each code the one that holds on this day
  std::optional<std::string> after = {};  ///< of codes after this one, by bytes
  std::optional<int> most = {};           ///< at most so many
};

/// Versions by code, then from the first on. Their rules are judged as they are read: InvariantBroken or
/// Refused, if what is kept is no rule.
std::vector<RuleVersion> read_versions(Tx& tx, NodeId node, const VersionFilter& filter);

/// Writes the next version of its code. The book head is locked.
VersionNumber insert_version(Tx& tx, NodeId node, const VersionDraft& draft, int version,
                             const books::Author& author);

}  // namespace coop::sharing
