#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/disbursements/credit_transfer_file.hpp"

namespace coop::disbursements {

/// Something that no bank would accept.
struct TransferFault {
  std::string words;                    ///< plain ones, with the transfer's id; empty: there is nothing
  std::optional<std::size_t> transfer;  ///< whose fault it is, counted from 0
  std::string field;                    ///< "/amount", "/iban" …; empty: none in particular
};

/// The first thing in an order that no bank would accept: no transfer, an id that is malformed or stands
/// twice, an amount out of range, a day before the file was made or on which banks do not settle, a payee
/// without a name, an account outside SEPA, a BIC that is missing outside the European Economic Area, an
/// address without town and country, a reference together with a text, a Swiss reference to an account
/// elsewhere.
TransferFault credit_transfer_fault(const CreditTransferOrder& order);

/// True of two capital letters.
bool is_country_code(std::string_view text);

}  // namespace coop::disbursements
