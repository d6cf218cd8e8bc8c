#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/collecting/mandate_record.hpp"
#include "ledger/database/tx.hpp"

namespace coop::collecting {

/// Which mandates are read; all where empty.
struct MandateFilter {
  std::optional<PartyId> party = std::nullopt;
  std::optional<std::string> reference = std::nullopt;  ///< small or capital letters
  std::optional<std::vector<MandateId>> ids = std::nullopt;
  std::optional<MandateId> after = std::nullopt;
  std::optional<int> limit = std::nullopt;
};
/// Mandates with their accounts and changes, by id.
std::vector<MandateRecord> read_mandates(Tx& tx, NodeId node, const MandateFilter& filter);

/// The highest number of a reference of the form D0001, 0 if there is none.
std::int64_t highest_mandate_reference(Tx& tx, NodeId node);
/// Adds a mandate with the next id and its first account. The head must be locked.
MandateId insert_mandate(Tx& tx, NodeId node, const MandateRecord& mandate, const books::Author& author);
/// Adds another account.
void insert_mandate_account(Tx& tx, NodeId node, MandateId mandate, PartyId party,
                            const MandateAccount& account, const books::Author& author);

/// A change of a mandate to be added; as MandateChangeRecord.
struct NewMandateChange {
  MandateId mandate;
  MandateChangeKind kind;
  Day on;
  std::optional<CollectionSequence> sequence = {};
  std::string code = {};
  std::optional<int> account = {};
  std::optional<CollectionNumber> collection = {};
  std::optional<int> line = {};
  std::string reason = {};
};
/// Adds changes of different mandates, each with its mandate's next number.
void insert_mandate_changes(Tx& tx, NodeId node, const std::vector<NewMandateChange>& changes,
                            const books::Author& author);

}  // namespace coop::collecting
