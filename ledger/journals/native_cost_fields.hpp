#pragma once
#include "ledger/journals/native_row.hpp"

/// The fields of the rows of shared costs, a list for each kind. Amounts are minor units of the pool's unit,
/// what was used millionths.
namespace coop::journals::cost_fields {

using enum FieldType;

inline constexpr RowField pool[] = {{"number", number},          {"code", text},   {"unit", text},
                                    {"expense", text},           {"claims", text}, {"recorded_at", instant},
                                    {"recorded_by", user, false}};
inline constexpr RowField term[] = {{"pool", number},         {"term", number},
                                    {"from_on", day},         {"until_on", day, false},
                                    {"title", text},          {"rule", text},
                                    {"decision", text},       {"participants", number},
                                    {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField participant[] = {{"pool", number},
                                           {"term", number},
                                           {"place", number},
                                           {"party", text},
                                           {"code", text},
                                           {"weight_millionths", number, false},
                                           {"fixed_minor", number, false}};
inline constexpr RowField bill[] = {
    {"number", number},       {"pool", number},         {"bill", text},
    {"billed_on", day},       {"amount_minor", number}, {"party", text},
    {"code", text},           {"title", text},          {"document", text, false},
    {"entry", number, false}, {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField bill_end[] = {
    {"bill", number}, {"reason", text}, {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField usage[] = {{"number", number},
                                     {"pool", number},
                                     {"participant", text},
                                     {"measure", text},
                                     {"from_on", day},
                                     {"until_on", day},
                                     {"millionths", number},
                                     {"corrects", number, false},
                                     {"source", text, false},
                                     {"recorded_at", instant},
                                     {"recorded_by", user, false}};
inline constexpr RowField allocation[] = {
    {"number", number},          {"pool", number},         {"term", number},
    {"rule_version", number},    {"from_on", day},         {"to_on", day},
    {"booked_on", day},          {"amount_minor", number}, {"given_minor", number},
    {"values_known", number},    {"figures", text},        {"bills", number},
    {"usages", number},          {"shares", number},       {"recorded_at", instant},
    {"recorded_by", user, false}};
inline constexpr RowField taken_bill[] = {{"allocation", number}, {"bill", number}};
inline constexpr RowField taken_usage[] = {{"allocation", number}, {"usage", number}};
inline constexpr RowField share[] = {{"allocation", number}, {"place", number},      {"party", text},
                                     {"code", text},         {"takes_part", truth},  {"share_minor", number},
                                     {"paid_minor", number}, {"given_minor", number}};
inline constexpr RowField step[] = {
    {"allocation", number},      {"number", number},      {"step", text},
    {"entry", number, false},    {"reason", text, false}, {"recorded_at", instant},
    {"recorded_by", user, false}};

}  // namespace coop::journals::cost_fields
