#pragma once
#include "ledger/journals/native_row.hpp"

/// The fields of the rows of the bank, a list for each kind. Amounts are minor units of the account.
namespace coop::journals::bank_fields {

using enum FieldType;

inline constexpr RowField account[] = {
    {"number", number},          {"keeper", text}, {"account", text},        {"unit", text},
    {"identifier", text, false}, {"title", text},  {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField account_trait[] = {{"bank_account", number}, {"number", number},
                                             {"trait", text},          {"value", text},
                                             {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField file_part[] = {{"import", number}, {"part", number}, {"bytes", text}};
inline constexpr RowField import[] = {{"number", number},
                                      {"file_name", text},
                                      {"file_hash", text},
                                      {"size", number},
                                      {"bank_account", number, false},
                                      {"recorded_at", instant},
                                      {"recorded_by", user, false}};
inline constexpr RowField import_step[] = {
    {"import", number},          {"number", number},     {"step", text},
    {"code", text, false},       {"words", text, false}, {"recorded_at", instant},
    {"recorded_by", user, false}};
inline constexpr RowField statement[] = {{"import", number},
                                         {"position", number},
                                         {"bank_account", number, false},
                                         {"file_kind", text},
                                         {"purpose", text},
                                         {"account", text},
                                         {"currency", text},
                                         {"bank_id", text},
                                         {"sequence", text},
                                         {"opening_minor", number, false},
                                         {"opening_on", day, false},
                                         {"closing_minor", number, false},
                                         {"closing_on", day, false},
                                         {"first_day", day, false},
                                         {"last_day", day, false},
                                         {"lines", number},
                                         {"sum_minor", number},
                                         {"proof", text},
                                         {"difference_minor", number}};
inline constexpr RowField note[] = {
    {"import", number}, {"number", number}, {"code", text}, {"place", text}, {"words", text}};
inline constexpr RowField line[] = {{"number", number},
                                    {"import", number},
                                    {"statement", number},
                                    {"position", number},
                                    {"bank_account", number, false},
                                    {"status", text},
                                    {"booked_on", day},
                                    {"valued_on", day, false},
                                    {"amount_minor", number},
                                    {"charges_minor", number},
                                    {"is_reversal", truth},
                                    {"key", text},
                                    {"occurrence", number},
                                    {"bank_id", text},
                                    {"code", text},
                                    {"words", text},
                                    {"place", text},
                                    {"raw", text},
                                    {"batch_message", text},
                                    {"batch_group", text},
                                    {"batch_count", number, false}};
inline constexpr RowField detail[] = {{"line", number},
                                      {"part", number},
                                      {"amount_minor", number, false},
                                      {"name", text},
                                      {"ultimate_name", text},
                                      {"account", text},
                                      {"bank", text},
                                      {"structured", text},
                                      {"end_to_end", text},
                                      {"mandate", text},
                                      {"creditor", text},
                                      {"instruction", text},
                                      {"message", text},
                                      {"payment_group", text},
                                      {"bank_reference", text},
                                      {"unique_reference", text},
                                      {"words", text},
                                      {"return_code", text},
                                      {"charges_minor", number}};
inline constexpr RowField live_line[] = {{"line", number}};
inline constexpr RowField line_step[] = {{"line", number},         {"number", number},
                                         {"step", text},           {"reason", text},
                                         {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField match[] = {
    {"number", number}, {"line", number}, {"method", text},         {"is_attended", truth},
    {"reasons", text},  {"live", truth},  {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField match_part[] = {{"match", number},
                                          {"part", number},
                                          {"entry", number},
                                          {"posting_line", number},
                                          {"amount_minor", number},
                                          {"made", text},
                                          {"payment", number, false},
                                          {"collection", number, false},
                                          {"collection_line", number, false},
                                          {"disbursement", number, false},
                                          {"order", number, false},
                                          {"return_code", text, false}};
inline constexpr RowField match_end[] = {
    {"match", number}, {"reason", text}, {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField payer[] = {
    {"account_hash", text}, {"member", text}, {"match", number}, {"recorded_at", instant}};
inline constexpr RowField rule_version[] = {{"rule", number},
                                            {"version", number},
                                            {"name", text},
                                            {"note", text},
                                            {"unit", text},
                                            {"bank_account", number, false},
                                            {"is_credit", truth, false},
                                            {"least_minor", number, false},
                                            {"most_minor", number, false},
                                            {"counterparty", text, false},
                                            {"words", text, false},
                                            {"reference", text, false},
                                            {"code", text, false},
                                            {"first_day", number, false},
                                            {"last_day", number, false},
                                            {"counterparty_hash", text, false},
                                            {"parts", text},
                                            {"member", text, false},
                                            {"to_account", number, false},
                                            {"recorded_at", instant},
                                            {"recorded_by", user, false}};
inline constexpr RowField rule_order[] = {
    {"number", number}, {"rules", text}, {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField rule_replay[] = {{"rule", number},         {"number", number},
                                           {"version", number},      {"bank_account", number, false},
                                           {"from_on", day, false},  {"to_on", day, false},
                                           {"last_line", number},    {"looked_at", number},
                                           {"agreed", number},       {"differed", number},
                                           {"still_open", number},   {"taken_before", number},
                                           {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField rule_step[] = {
    {"rule", number},         {"number", number},          {"step", text},
    {"version", number},      {"replay", number, false},   {"reason", text, false},
    {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField match_rule[] = {{"match", number}, {"rule", number}, {"version", number}};
inline constexpr RowField match_word[] = {{"match", number},     {"word_hash", text},
                                          {"is_credit", truth},  {"account", text, false},
                                          {"unit", text, false}, {"member", text, false}};

inline constexpr RowField signoff[] = {{"number", number},
                                       {"bank_account", number},
                                       {"as_of", day},
                                       {"books_minor", number},
                                       {"uncleared_count", number},
                                       {"uncleared_minor", number},
                                       {"unbooked_count", number},
                                       {"unbooked_minor", number},
                                       {"beginning_minor", number},
                                       {"bank_minor", number},
                                       {"difference_minor", number},
                                       {"explanation", text, false},
                                       {"last_entry", number},
                                       {"last_event", number},
                                       {"import", number, false},
                                       {"position", number, false},
                                       {"statement", text},
                                       {"statement_hash", text},
                                       {"live", truth},
                                       {"recorded_at", instant},
                                       {"recorded_by", user}};
inline constexpr RowField countersignature[] = {
    {"signoff", number}, {"recorded_at", instant}, {"recorded_by", user}};
inline constexpr RowField signoff_end[] = {
    {"signoff", number}, {"reason", text}, {"recorded_at", instant}, {"recorded_by", user, false}};

inline constexpr RowField count[] = {
    {"number", number}, {"bank_account", number}, {"counted_on", day},  {"total_minor", number},
    {"live", truth},    {"recorded_at", instant}, {"recorded_by", user}};
inline constexpr RowField count_piece[] = {{"count", number}, {"value_minor", number}, {"pieces", number}};
inline constexpr RowField count_witness[] = {
    {"count", number}, {"recorded_at", instant}, {"recorded_by", user}};
inline constexpr RowField count_entry[] = {
    {"count", number}, {"entry", number}, {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField count_end[] = {
    {"count", number}, {"reason", text}, {"recorded_at", instant}, {"recorded_by", user, false}};

}  // namespace coop::journals::bank_fields
