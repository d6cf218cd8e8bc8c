#pragma once
#include "ledger/journals/native_row.hpp"

/// The fields of the rows of shares and of surplus that is divided, a list for each kind. Amounts are minor
/// units of the accounts' unit; parts are millionths.
namespace coop::journals::capital_fields {

using enum FieldType;

inline constexpr RowField share_class[] = {{"code", text},           {"number", number},
                                           {"from_on", day},         {"title", text},
                                           {"unit", text},           {"nominal_minor", number},
                                           {"lowest_minor", number}, {"highest_minor", number, false},
                                           {"withdrawable", text},   {"notice_days", number},
                                           {"transferable", truth},  {"reserve_millionths", number},
                                           {"capital", text},        {"reserve", text},
                                           {"receivable", text},     {"payable", text},
                                           {"fund", text, false},    {"decision", text},
                                           {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField movement[] = {
    {"number", number},          {"movement", text}, {"class", text},
    {"version", number},         {"member", text},   {"amount_minor", number},
    {"reserve_minor", number},   {"moved_on", day},  {"follows", number, false},
    {"entry", number, false},    {"reason", text},   {"recorded_at", instant},
    {"recorded_by", user, false}};
inline constexpr RowField rule[] = {{"number", number},
                                    {"from_on", day},
                                    {"title", text},
                                    {"decision", text},
                                    {"unit", text},
                                    {"reserve_weight", number},
                                    {"members_weight", number},
                                    {"other_weight", number},
                                    {"loss_reserve_weight", number},
                                    {"loss_members_weight", number},
                                    {"patronage", text},
                                    {"interest_millionths", number},
                                    {"interest_most", number},
                                    {"cash_millionths", number},
                                    {"indivisible", truth},
                                    {"result", text},
                                    {"reserve", text},
                                    {"capital", text},
                                    {"payable", text},
                                    {"other", text, false},
                                    {"recorded_at", instant},
                                    {"recorded_by", user, false},
                                    {"sharing_rule", text, false},
                                    {"loss_rule", text, false}};
inline constexpr RowField run[] = {{"number", number},
                                   {"rule", number},
                                   {"source", text},
                                   {"from_on", day},
                                   {"to_on", day},
                                   {"booked_on", day},
                                   {"decision", text},
                                   {"amount_minor", number},
                                   {"reserve_minor", number},
                                   {"members_minor", number},
                                   {"other_minor", number},
                                   {"interest_minor", number},
                                   {"cash_minor", number},
                                   {"members", number},
                                   {"recorded_at", instant},
                                   {"recorded_by", user, false},
                                   {"sharing_rule", text, false},
                                   {"sharing_version", number, false},
                                   {"steps", text, false}};
inline constexpr RowField share[] = {{"run", number},
                                     {"number", number},
                                     {"member", text},
                                     {"measure", number},
                                     {"capital_minor", number},
                                     {"interest_minor", number},
                                     {"patronage_minor", number},
                                     {"cash_minor", number},
                                     {"minutes", number, false}};
inline constexpr RowField step[] = {{"run", number},
                                    {"number", number},
                                    {"step", text},
                                    {"entry", number, false},
                                    {"reason", text, false},
                                    {"recorded_at", instant},
                                    {"recorded_by", user, false},
                                    {"entries", number, false}};

}  // namespace coop::journals::capital_fields
