#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/values/bic.hpp"
#include "ledger/values/iban.hpp"
#include "ledger/values/structured_reference.hpp"

namespace coop::dues {

/// The account that a node's dues are paid to.
struct PayeeAccount {
  std::string holder;  ///< as the bank knows it: 1 to 70 characters
  Iban iban;
  std::optional<Bic> bic;
};

/// Where a node's dues are paid, and what its notices say besides.
struct Payee {
  std::optional<PayeeAccount> account = {};
  ReferenceKind kind = ReferenceKind::creditor;  ///< of the references that members copy
  std::string letterhead = {};                   ///< lines below the node's title
  std::string closing = {};                      ///< paragraphs at the end, a line each
};

/// Throws Refused naming the field: field_invalid (account_holder, letterhead, closing).
void require_payee(const Payee& payee);
/// The national kind that is shown beside the creditor reference; nothing if there is none.
std::optional<ReferenceKind> national_kind_of(const Payee& payee);
/// The lines of a text that are not empty.
std::vector<std::string> lines_of(std::string_view text);

}  // namespace coop::dues
