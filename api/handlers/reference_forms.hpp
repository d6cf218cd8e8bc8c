#pragma once
#include <optional>
#include <string_view>

#include "api/json_writer.hpp"
#include "ledger/values/ids.hpp"
#include "ledger/values/structured_reference.hpp"

namespace coop::api {

/// The national kind of reference that a node shows; nothing: none.
using NationalKind = std::optional<ReferenceKind>;

/// Writes the fields "reference" (ISO 11649) and "national_reference" of a member: without blanks; null where
/// the number fits into no reference.
void write_references(JsonWriter& out, std::string_view member, const NationalKind& national);
/// The same of a charge for the member.
void write_references(JsonWriter& out, std::string_view member, ChargeNumber charge,
                      const NationalKind& national);

}  // namespace coop::api
