#pragma once
#include "ledger/journals/native_row.hpp"

/// The fields of the rows of reminders and messages, a list for each kind.
namespace coop::journals::reminder_fields {

using enum FieldType;

inline constexpr RowField setting[] = {
    {"sends", truth}, {"minimum", text}, {"reply_to", text, false}, {"language", text}};
inline constexpr RowField level[] = {
    {"level", number},        {"number", number},          {"from_on", day},
    {"closed", truth},        {"after_days", number},      {"fee", text, false},
    {"unit", text, false},    {"charges_fee", truth},      {"decision", text},
    {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField level_text[] = {
    {"level", number}, {"number", number}, {"language", text}, {"subject", text}, {"body", text}};
inline constexpr RowField pause[] = {{"member", text},
                                     {"number", number},
                                     {"from_on", day},
                                     {"until_on", day, false},
                                     {"reason", text},
                                     {"recorded_at", instant},
                                     {"recorded_by", user, false}};
inline constexpr RowField pause_end[] = {{"member", text},         {"pause", number},
                                         {"last_on", day},         {"reason", text},
                                         {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField noticed_payment[] = {{"number", number},       {"payer", text},
                                               {"unit", text},           {"amount", text},
                                               {"noticed_on", day},      {"reference", text, false},
                                               {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField noticed_payment_end[] = {{"noticed", number},
                                                   {"payment", number, false},
                                                   {"reason", text, false},
                                                   {"recorded_at", instant},
                                                   {"recorded_by", user, false}};
inline constexpr RowField message[] = {
    {"number", number},       {"member", text},        {"unit", text}, {"level", number},
    {"level_number", number}, {"as_of", day},          {"owed", text}, {"fee_charge", number, false},
    {"made_at", instant},     {"made_by", user, false}};
inline constexpr RowField message_charge[] = {{"message", number}, {"charge", number}, {"open", text}};
inline constexpr RowField message_end[] = {{"message", number},
                                           {"outcome", text},
                                           {"reason", text, false},
                                           {"ended_at", instant},
                                           {"ended_by", user, false}};
inline constexpr RowField payment_row[] = {
    {"payment", number}, {"row_hash", text}, {"recorded_at", instant}, {"recorded_by", user, false}};

}  // namespace coop::journals::reminder_fields
