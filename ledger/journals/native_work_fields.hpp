#pragma once
#include "ledger/journals/native_row.hpp"

/// The fields of the rows of work, a list for each kind.
namespace coop::journals::work_fields {

using enum FieldType;

inline constexpr RowField circle[] = {{"id", number},           {"code", text},
                                      {"title", text},          {"from_on", day},
                                      {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField circle_step[] = {
    {"circle", text}, {"number", number},      {"step", text},           {"member", text, false},
    {"on_day", day},  {"reason", text, false}, {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField work_kind[] = {{"number", number},       {"code", text},
                                         {"title", text},          {"has_price", truth},
                                         {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField hours[] = {{"number", number},
                                     {"member", text},
                                     {"circle", text},
                                     {"worked_on", day},
                                     {"minutes", number},
                                     {"work", text},
                                     {"intent", text},
                                     {"cost_object", text, false},
                                     {"task", text, false},
                                     {"note", text, false},
                                     {"corrects", number, false},
                                     {"recorded_at", instant},
                                     {"recorded_by", user, false}};
inline constexpr RowField hours_step[] = {
    {"hours", number}, {"number", number},      {"step", text},           {"member", text, false},
    {"on_day", day},   {"reason", text, false}, {"recorded_at", instant}, {"recorded_by", user, false}};

}  // namespace coop::journals::work_fields
