#pragma once
#include <optional>
#include <string_view>

#include "ledger/values/ids.hpp"
#include "ledger/values/structured_reference.hpp"

namespace coop::dues {

/// The reference with which a member may always pay, whatever it is for: of M0042 the creditor reference
/// RF23 M004 2. Kinds of digits only carry a 0 and the digits at the number's end. Numbers that differ only
/// in small and capital letters, or before the digits, can meet: who stores references keeps them unique.
/// Throws Refused: reference_malformed, if the number has other signs than the kind, or too many.
StructuredReference reference_of_member(ReferenceKind kind, std::string_view member_number);

/// The reference of one charge of a member: the member's number, C and the charge's number ("M0042C17").
/// Kinds of digits only carry a 1 and the charge's number. Of numbers such as M0042 it is unlike every other
/// charge's and every member's own. Throws Refused: reference_malformed, if there is no room for them.
StructuredReference reference_of_charge(ReferenceKind kind, std::string_view member_number,
                                        ChargeNumber charge);

/// The same; nothing, where the number does not fit into the kind.
std::optional<StructuredReference> maybe_reference_of_member(ReferenceKind kind,
                                                             std::string_view member_number);
std::optional<StructuredReference> maybe_reference_of_charge(ReferenceKind kind,
                                                             std::string_view member_number,
                                                             ChargeNumber charge);

}  // namespace coop::dues
