#pragma once
#include <string>
#include <string_view>

namespace coop {

/// What is wrong with a reference that travels through banks (of a mandate, a collection, a file); empty if
/// nothing is. It has 1 to 35 SEPA characters, does not begin or end with a blank or a stroke, and has no two
/// strokes in a row (implementation guidelines of the SEPA schemes). To be read after a noun: "is empty".
std::string sepa_identifier_fault(std::string_view id);

}  // namespace coop
