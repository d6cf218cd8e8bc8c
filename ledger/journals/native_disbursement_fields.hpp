#pragma once
#include "ledger/journals/native_row.hpp"

/// The fields of the rows of payments that leave, a list for each kind. Amounts are cents of EUR.
namespace coop::journals::disbursement_fields {

using enum FieldType;

inline constexpr RowField disbursement[] = {{"number", number},       {"bank_account", number},
                                            {"requested_on", day},    {"title", text},
                                            {"account_holder", text}, {"bic", text, false},
                                            {"message", text},        {"orders", number},
                                            {"recorded_at", instant}, {"recorded_by", user, false},
                                            {"rules", number, false}, {"approvals", number, false},
                                            {"ruled_on", day, false}, {"counts_together", truth, false}};
inline constexpr RowField order[] = {
    {"disbursement", number},  {"number", number},    {"amount_minor", number},
    {"purpose", text},         {"account", text},     {"member", text, false},
    {"source", text, false},   {"fund", text, false}, {"cost_object", text, false},
    {"tax_code", text, false}, {"end_to_end", text}};
inline constexpr RowField payee[] = {{"disbursement", number},
                                     {"order", number},
                                     {"name", text},
                                     {"iban", text},
                                     {"bic", text, false},
                                     {"street", text, false},
                                     {"building", text, false},
                                     {"post_code", text, false},
                                     {"town", text, false},
                                     {"country", text, false},
                                     {"text", text, false},
                                     {"reference", text, false}};
inline constexpr RowField step[] = {{"disbursement", number}, {"number", number},
                                    {"step", text},           {"order", number, false},
                                    {"reason", text, false},  {"file_hash", text, false},
                                    {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField file[] = {{"disbursement", number}, {"bytes", text}};

}  // namespace coop::journals::disbursement_fields
