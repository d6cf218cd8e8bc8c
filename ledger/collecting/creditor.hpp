#pragma once
#include <optional>
#include <string>

#include "ledger/collecting/creditor_identifier.hpp"
#include "ledger/values/bic.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/iban.hpp"

namespace coop::collecting {

/// Under which identifier a node collects, and into which account.
struct Creditor {
  CreditorIdentifier identifier;
  std::string name;  ///< as the bank and the members know the co-operative; in any alphabet
  Iban iban;
  std::optional<Bic> bic;
  std::string account;  ///< the path of the account in the books where the money arrives
  friend bool operator==(const Creditor&, const Creditor&) = default;
};

/// Creditor settings on record: those with the highest number count.
struct CreditorRecord {
  int number;
  Creditor creditor;
  Instant recorded_at;
  std::optional<std::string> recorded_by;  ///< a user's name
};

}  // namespace coop::collecting
