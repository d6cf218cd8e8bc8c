#pragma once
#include <optional>
#include <string>

#include "ledger/books/author.hpp"
#include "ledger/collecting/creditor.hpp"
#include "ledger/collecting/mandate_record.hpp"
#include "ledger/database/tx.hpp"

namespace coop::collecting {

/// Sets under which identifier and into which account the node collects, from now on; what was proposed
/// before keeps what it had. Setting the same again changes nothing. Throws Refused: field_invalid (name),
/// account_unknown (no such account in EUR).
CreditorRecord set_creditor(Tx& tx, NodeId node, const Creditor& creditor, const books::Author& author);
/// What is in force. Throws Refused: field_missing, if nothing was set.
CreditorRecord read_creditor(Tx& tx, NodeId node);

/// A mandate that somebody signed.
struct MandateDraft {
  std::string member;                    ///< a member number
  std::optional<std::string> reference;  ///< nothing: the next free one of the form D0001
  MandateScheme scheme = MandateScheme::core;
  MandateUse use = MandateUse::recurring;
  Day signed_on;
  std::optional<Day> used_on;  ///< the last collection under it, made elsewhere
  Iban iban;
  std::optional<Bic> bic;
  std::optional<std::string> name;  ///< of the account's holder; nothing: the member's own
  std::optional<DebtorAddress> address;
};
/// Puts it on record. Throws Refused: party_unknown, party_erased, name_malformed (reference),
/// mandate_exists, field_missing (a name, where the member has none), field_invalid (name, address),
/// day_malformed (used before it was signed).
MandateRecord sign_mandate(Tx& tx, NodeId node, const MandateDraft& draft, const books::Author& author);

/// Something that happened to a mandate outside a collection.
struct MandateChangeDraft {
  MandateId mandate;
  MandateChangeKind kind;  ///< account_changed, returned (a hold by hand), released or cancelled
  Day on;
  std::string code = {};                       ///< of a hold: the bank's reason
  std::optional<MandateAccount> account = {};  ///< of a changed account; its number is not read
  std::string reason = {};
};
/// Puts it on record. Throws Refused: mandate_unknown, party_erased, mandate_not_usable (it was cancelled),
/// day_malformed (before the signature), field_invalid (kind, code, reason, name, address), field_missing
/// (what the kind needs).
MandateRecord change_mandate(Tx& tx, NodeId node, const MandateChangeDraft& draft,
                             const books::Author& author);

/// The mandate. Throws Refused: mandate_unknown.
MandateRecord read_mandate(Tx& tx, NodeId node, MandateId id);

/// Refuses a bank's reason that is none: field_invalid.
void require_return_code(const std::string& code);

}  // namespace coop::collecting
