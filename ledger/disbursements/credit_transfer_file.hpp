#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/values/sepa_file.hpp"
#include "ledger/values/structured_reference.hpp"

namespace coop::disbursements {

/// Where somebody lives, in parts: since November 2026 banks take no lines without structure. What is empty
/// is left out; town and country are not.
struct TransferAddress {
  std::string street;
  std::string building;
  std::string post_code;
  std::string town;
  std::string country;  ///< ISO 3166, two capital letters
  friend bool operator==(const TransferAddress&, const TransferAddress&) = default;
};

/// Our account that is paid from.
struct PayingAccount {
  Iban iban;
  std::optional<Bic> bic;
};

/// One amount to be paid.
struct CreditTransfer {
  std::string end_to_end_id;  ///< comes back with the bank's statement: 1 to 35 SEPA characters, once a file
  std::int64_t amount_cents;  ///< of EUR, 1 to 99,999,999,999
  Day on;
  PayingAccount account;
  std::string creditor_name;  ///< in any alphabet
  Iban creditor_iban;
  std::optional<Bic> creditor_bic = {};
  std::optional<TransferAddress> creditor_address = {};
  std::string text = {};                              ///< what the payee reads: cut at 140 characters
  std::optional<StructuredReference> reference = {};  ///< instead of a text
};

/// Everything that goes into one file.
struct CreditTransferOrder {
  std::string message_id;  ///< 1 to 35 SEPA characters, never used before
  Instant made_at;
  std::string debtor_name;  ///< the co-operative, in any alphabet
  std::vector<CreditTransfer> transfers;
};

/// The file, and what somebody wants to know before approving it.
struct CreditTransferFile {
  std::string xml;  ///< pain.001.001.09, UTF-8
  std::int64_t transfers;
  std::int64_t total_cents;
  std::vector<RewrittenText> rewritten;  ///< in the order of the transfers
};

/// Writes a customer credit transfer initiation, pain.001.001.09 (ISO 20022, as the SEPA rulebooks use it):
/// one payment block a day and account, in this order; transfers in the order given; shared charges, no
/// agent where no BIC was given. Throws Refused: disbursement_impossible, with the first thing that no bank
/// would accept (credit_transfer_fault()).
CreditTransferFile credit_transfer_file(const CreditTransferOrder& order);

}  // namespace coop::disbursements
