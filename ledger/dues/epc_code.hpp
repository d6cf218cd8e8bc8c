#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "ledger/values/bic.hpp"
#include "ledger/values/iban.hpp"
#include "ledger/values/structured_reference.hpp"

namespace coop::dues {

/// A SEPA credit transfer as a payer's telephone should propose it (EPC069-12, "GiroCode").
struct EpcPayment {
  std::string name;                              ///< whose account it is: 1 to 70 characters
  Iban iban;                                     ///< within the countries of SEPA
  std::optional<Bic> bic;                        ///< needed outside the European Economic Area only
  std::string unit_code;                         ///< of the amount: "EUR", nothing else can be asked for
  std::optional<std::int64_t> amount_minor;      ///< cents, 1 to 99,999,999,999; nothing: the payer decides
  std::string purpose;                           ///< up to 4 capital letters or digits (ISO 20022), or empty
  std::optional<StructuredReference> reference;  ///< not together with `text`
  std::string text;                              ///< for the payee's statement: up to 140 characters
  std::string note;                              ///< for the payer: up to 70 characters
};

/// Why the payment cannot be written as a code, in plain words; empty if it can.
std::string epc_fault(const EpcPayment& payment);

/// What the code says, version 002, UTF-8: lines parted by line feeds, none after the last that is used. A
/// creditor reference stands in its own line, a national one as it is printed, in the line for text.
/// Throws Refused: payment_code_impossible.
std::string epc_payload(const EpcPayment& payment);

}  // namespace coop::dues
