#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "ledger/journals/import_plan.hpp"

namespace coop::journals {

/// The path of the account that a journal calls `name`: the name itself, or, where we read no such path, with
/// the marks in question percent-encoded. Names that our own export encoded are decoded.
std::string path_of_imported(std::string_view name);

/// The unit's code for a commodity: what the options say; EUR for "€", and so on where a sign is that of one
/// currency; a currency's code or another valid code as it is; letters in capitals. Nothing if no code
/// follows from it.
std::optional<std::string> code_of_commodity(std::string_view commodity, const ImportOptions& options);

/// The text with the letters a to z as A to Z.
std::string in_capitals(std::string_view text);

/// The type of an account: what the options say of it or the nearest account above it; what the file declares
/// (A, L, E, R, X, C, V or the words); what hledger would infer from its first part. Nothing if it cannot be
/// told.
std::optional<books::AccountType> type_of_imported(std::string_view name,
                                                   const std::optional<std::string>& declared,
                                                   const ImportOptions& options);

}  // namespace coop::journals
