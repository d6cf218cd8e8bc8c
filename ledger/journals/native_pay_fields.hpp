#pragma once
#include "ledger/journals/native_row.hpp"

/// The fields of the rows of tariffs and pay runs, a list for each kind. Amounts are minor units of the run's
/// unit; hours of a share are their numbers, blanks between.
namespace coop::journals::pay_fields {

using enum FieldType;

inline constexpr RowField tariff[] = {{"number", number},       {"work", text},
                                      {"circle", text, false},  {"member", text, false},
                                      {"from_on", day},         {"amount_minor", number, false},
                                      {"unit", text, false},    {"decision", text},
                                      {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField pay_run[] = {{"number", number},
                                       {"run_kind", text},
                                       {"from_on", day},
                                       {"to_on", day},
                                       {"booked_on", day},
                                       {"unit", text},
                                       {"amount_minor", number},
                                       {"rule", text, false},
                                       {"version", number, false},
                                       {"rule_hash", text, false},
                                       {"figures", text},
                                       {"values_known", number},
                                       {"tariffs_known", number},
                                       {"deferred_as", text},
                                       {"wages", text},
                                       {"payable", text, false},
                                       {"deferred", text, false},
                                       {"decision", text, false},
                                       {"members", number},
                                       {"lots", number},
                                       {"paid_minor", number},
                                       {"deferred_minor", number},
                                       {"recorded_at", instant},
                                       {"recorded_by", user, false},
                                       {"costs", number},
                                       {"fund", text, false},
                                       {"part_local", truth},
                                       {"pots", number, false},
                                       {"grants", truth, false},
                                       {"circle", text, false},
                                       {"mandate", number, false},
                                       {"mandate_minor", number, false},
                                       {"mandate_minutes", number, false}};
inline constexpr RowField pay_share[] = {
    {"run", number},        {"number", number},         {"member", text},
    {"place", text, false}, {"measures", text},         {"minutes", number},
    {"hours", text},        {"claim_minor", number},    {"rate_minor", number, false},
    {"paid_minor", number}, {"deferred_minor", number}, {"priced", truth, false}};
inline constexpr RowField pay_lot[] = {{"run", number},        {"number", number},
                                       {"member", text},       {"claim_run", number},
                                       {"open_minor", number}, {"settled_minor", number}};
inline constexpr RowField pay_cost[] = {
    {"run", number}, {"number", number}, {"member", text}, {"cost_object", text, false}, {"weight", number}};
inline constexpr RowField pay_pot[] = {{"run", number},
                                       {"number", number},
                                       {"name", text},
                                       {"received_minor", number},
                                       {"paid_minor", number},
                                       {"amount_minor", number},
                                       {"from_account", text, false},
                                       {"to_account", text, false},
                                       {"fund", text, false},
                                       {"unit", text}};
inline constexpr RowField pay_local[] = {{"run", number},
                                         {"unit", text},
                                         {"rates_known", number},
                                         {"rate", number},
                                         {"share_numerator", number},
                                         {"share_denominator", number},
                                         {"most_minor", number, false},
                                         {"payable", text},
                                         {"conversion", text},
                                         {"run_unit", text}};
inline constexpr RowField pay_local_share[] = {{"run", number},
                                               {"number", number},
                                               {"member", text},
                                               {"share_numerator", number, false},
                                               {"share_denominator", number, false},
                                               {"minor", number},
                                               {"local_minor", number}};
inline constexpr RowField pay_step[] = {{"run", number},
                                        {"number", number},
                                        {"step", text},
                                        {"first_entry", number, false},
                                        {"last_entry", number, false},
                                        {"reason", text, false},
                                        {"recorded_at", instant},
                                        {"recorded_by", user, false}};

}  // namespace coop::journals::pay_fields
