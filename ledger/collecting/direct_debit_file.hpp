#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/collecting/creditor_identifier.hpp"
#include "ledger/collecting/mandate.hpp"
#include "ledger/values/bic.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/iban.hpp"
#include "ledger/values/sepa_file.hpp"
#include "ledger/values/structured_reference.hpp"

namespace coop::collecting {

/// Where somebody lives, as far as a bank outside the European Economic Area asks for it.
struct DebtorAddress {
  std::string town;
  std::string country;             ///< ISO 3166, two capital letters
  std::vector<std::string> lines;  ///< street and number: two at most, 70 characters each
};

/// An account of the co-operative into which is collected.
struct CollectingAccount {
  Iban iban;
  std::optional<Bic> bic;
};

/// One amount to be collected under one mandate.
struct DirectDebit {
  std::string end_to_end_id;  ///< comes back with the bank's statement: 1 to 35 SEPA characters, once a file
  std::int64_t amount_cents;  ///< of EUR, 1 to 99,999,999,999
  Day due_on;
  CollectionSequence sequence;
  MandateScheme scheme;
  CollectingAccount account;
  std::string mandate_id;
  Day signed_on;
  bool account_changed = false;  ///< since the last collection: the bank is told (SMNDA)
  std::string debtor_name;       ///< in any alphabet
  Iban debtor_iban;
  std::optional<Bic> debtor_bic = {};
  std::optional<DebtorAddress> debtor_address = {};   ///< needed outside the European Economic Area
  std::string text = {};                              ///< what the member reads: cut at 140 characters
  std::optional<StructuredReference> reference = {};  ///< instead of a text
};

/// Everything that goes into one file.
struct DirectDebitOrder {
  std::string message_id;  ///< 1 to 35 SEPA characters, never used before
  Instant made_at;
  std::string creditor_name;  ///< in any alphabet
  CreditorIdentifier creditor;
  std::vector<DirectDebit> collections;  ///< at least one
};

/// The file, and what somebody wants to know before approving it.
struct DirectDebitFile {
  std::string xml;  ///< pain.008.001.08, UTF-8
  std::int64_t collections;
  std::int64_t total_cents;
  std::vector<RewrittenText> rewritten;  ///< in the order of the collections
};

/// Writes a customer direct debit initiation, pain.008.001.08 (ISO 20022, as the SEPA rulebooks use it): one
/// payment block a day, sequence, scheme and account, in this order; collections in the order given.
/// Throws Refused: direct_debit_impossible, with the first thing that no bank would accept: no collection, an
/// id that is malformed or stands twice, an amount out of range, a day before the file was made, on which
/// banks do not settle, or before the signature, an account outside SEPA, a BIC or address that is missing
/// outside the European Economic Area, a reference together with a text, a reference that is no creditor
/// reference.
DirectDebitFile direct_debit_file(const DirectDebitOrder& order);

}  // namespace coop::collecting
