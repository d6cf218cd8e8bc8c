#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/collecting/direct_debit_file.hpp"
#include "ledger/collecting/mandate.hpp"
#include "ledger/values/ids.hpp"

namespace coop::collecting {

/// A mandate of a node; counted from 1 within the node.
using MandateId = Id<struct MandateKindTag, std::int32_t>;
/// A collection of a node; counted from 1 within the node.
using CollectionNumber = Id<struct CollectionKindTag, std::int32_t>;

/// "core", "b2b".
std::string_view text_of(MandateScheme scheme);
/// Throws Refused: field_invalid.
MandateScheme mandate_scheme_from(std::string_view text);
/// "recurring", "one_off".
std::string_view text_of(MandateUse use);
/// Throws Refused: field_invalid.
MandateUse mandate_use_from(std::string_view text);
/// "first", "recurring", "final", "one_off".
std::string_view text_of(CollectionSequence sequence);
/// Throws Refused: field_invalid.
CollectionSequence collection_sequence_from(std::string_view text);
/// "collected", "rejected", "returned", "account_changed", "released", "cancelled".
std::string_view text_of(MandateChangeKind kind);
/// Throws Refused: field_invalid.
MandateChangeKind mandate_change_kind_from(std::string_view text);
/// "not_signed", "cancelled", "used_up", "expired", "on_hold", "usable".
std::string_view text_of(MandateStatus status);

/// Whose account it is that is collected from: personal data.
struct MandateAccount {
  int number;  ///< 1 as signed, then one more with each change
  Iban iban;
  std::optional<Bic> bic;
  std::string name;  ///< of the account's holder, in any alphabet
  std::optional<DebtorAddress> address;
};

/// A change of a mandate as it is on record.
struct MandateChangeRecord {
  int number;
  MandateChangeKind kind;
  Day on;
  std::optional<CollectionSequence> sequence;
  std::string code;
  std::optional<int> account;
  std::optional<CollectionNumber> collection;
  std::optional<int> line;
  std::string reason;
  Instant recorded_at;
  std::optional<std::string> recorded_by;
};

/// A mandate as it is on record.
struct MandateRecord {
  MandateId id;
  PartyId party;
  std::string member;  ///< the number of whoever gave it
  std::string reference;
  MandateScheme scheme;
  MandateUse use;
  Day signed_on;
  Instant recorded_at;
  std::optional<std::string> recorded_by;
  std::vector<MandateAccount> accounts;  ///< by number; empty once the member was erased
  std::vector<MandateChangeRecord> changes;
};

/// The mandate as the rules know it; nothing if its accounts were erased.
std::optional<Mandate> mandate_of(const MandateRecord& record);
/// The account that is collected from on a day; null if it was erased.
const MandateAccount* account_on(const MandateRecord& record, Day day);
/// "usable" … or "erased".
std::string_view status_on(const MandateRecord& record, Day day);

/// Refuses an account that cannot be: field_invalid (a name of 1 to 200 bytes, an address that no bank
/// takes), naming the field below `place`.
void require_account(const MandateAccount& account, const std::string& place);

/// The reference that follows the highest of the form D0001.
std::string mandate_reference_after(std::int64_t highest);

}  // namespace coop::collecting
