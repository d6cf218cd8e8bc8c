#pragma once
#include "ledger/journals/native_row.hpp"

/// The fields of the rows of obligations and of tables of hours that came in, a list for each kind. Amounts
/// are minor units of the obligation's unit.
namespace coop::journals::obligation_fields {

using enum FieldType;

inline constexpr RowField obligation[] = {{"number", number},
                                          {"title", text},
                                          {"circle", text, false},
                                          {"from_on", day},
                                          {"until_on", day},
                                          {"minutes", number, false},
                                          {"amount_minor", number, false},
                                          {"unit", text, false},
                                          {"rate_minor", number, false},
                                          {"by_hours", truth},
                                          {"by_money", truth},
                                          {"by_kind", truth},
                                          {"decision", text},
                                          {"recorded_at", instant},
                                          {"recorded_by", user, false}};
inline constexpr RowField member[] = {
    {"obligation", number}, {"member", text}, {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField withdrawal[] = {
    {"obligation", number}, {"reason", text}, {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField settlement[] = {
    {"obligation", number},     {"number", number},       {"how", text},
    {"member", text},           {"on_day", day},          {"amount_minor", number, false},
    {"minutes", number, false}, {"entry", number, false}, {"reverses", number, false},
    {"words", text, false},     {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField hours_import[] = {
    {"number", number},          {"file_hash", text}, {"rows", number},
    {"recorded", number},        {"known", number},   {"recorded_at", instant},
    {"recorded_by", user, false}};
inline constexpr RowField hours_import_row[] = {
    {"import", number}, {"line", number}, {"row_key", text}, {"hours", number}};

}  // namespace coop::journals::obligation_fields
