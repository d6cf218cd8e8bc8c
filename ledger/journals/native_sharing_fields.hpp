#pragma once
#include "ledger/journals/native_row.hpp"

/// The fields of the rows of rules by which sums are divided, and of values of places.
namespace coop::journals::sharing_fields {

using enum FieldType;

inline constexpr RowField version[] = {
    {"number", number},    {"code", text},        {"version", number},      {"title", text},
    {"valid_from", day},   {"rule", text, false}, {"hash", text, false},    {"decision", text},
    {"link", text, false}, {"adopted_on", day},   {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField place_value[] = {{"number", number},
                                           {"name", text},
                                           {"place", text},
                                           {"valid_from", day},
                                           {"numerator", number},
                                           {"denominator", number},
                                           {"unit", text, false},
                                           {"source", text},
                                           {"published_on", day},
                                           {"recorded_at", instant},
                                           {"recorded_by", user, false}};

}  // namespace coop::journals::sharing_fields
