#pragma once
#include "ledger/journals/native_row.hpp"

/// The fields of the rows of funds and spending mandates, a list for each kind. Amounts are minor units of
/// the fund's unit.
namespace coop::journals::fund_fields {

using enum FieldType;

inline constexpr RowField term[] = {{"fund", text},
                                    {"number", number},
                                    {"from_on", day},
                                    {"purpose", text},
                                    {"unit", text},
                                    {"indivisible", truth},
                                    {"funder", text, false},
                                    {"conditions", text, false},
                                    {"decision", text},
                                    {"buffers", number},
                                    {"accounts", number},
                                    {"recorded_at", instant},
                                    {"recorded_by", user, false}};
inline constexpr RowField buffer[] = {{"fund", text},
                                      {"term", number},
                                      {"line", number},
                                      {"measure", text},
                                      {"amount_minor", number, false},
                                      {"flow", text, false},
                                      {"whose", text, false},
                                      {"account", text, false},
                                      {"over_months", number, false},
                                      {"keep_months", number, false},
                                      {"share_millionths", number, false}};
inline constexpr RowField account[] = {{"fund", text}, {"term", number}, {"account", text}};
inline constexpr RowField mandate[] = {{"number", number},
                                       {"body", text},
                                       {"level", text},
                                       {"purpose", text},
                                       {"fund", text},
                                       {"cost_object", text, false},
                                       {"unit", text},
                                       {"amount_minor", number},
                                       {"minutes_a_month", number, false},
                                       {"rate_minor", number, false},
                                       {"months", number, false},
                                       {"from_on", day},
                                       {"until_on", day},
                                       {"decision", text},
                                       {"recorded_at", instant},
                                       {"recorded_by", user, false},
                                       {"rules", number, false},
                                       {"approvals", number, false},
                                       {"ruled_on", day, false}};
inline constexpr RowField step[] = {{"mandate", number},
                                    {"number", number},
                                    {"step", text},
                                    {"on", day},
                                    {"amount_minor", number, false},
                                    {"minutes", number, false},
                                    {"entry", number, false},
                                    {"member", text, false},
                                    {"draw", number, false},
                                    {"words", text, false},
                                    {"recorded_at", instant},
                                    {"recorded_by", user, false}};

inline constexpr RowField rule[] = {{"number", number},
                                    {"rule", text},
                                    {"from_on", day},
                                    {"unit", text},
                                    {"fund", text, false},
                                    {"one_from_minor", number, false},
                                    {"two_from_minor", number, false},
                                    {"needed_from_minor", number, false},
                                    {"body", text, false},
                                    {"level", text, false},
                                    {"up_to_minor", number, false},
                                    {"decision", text},
                                    {"recorded_at", instant},
                                    {"recorded_by", user, false}};
inline constexpr RowField order_mandate[] = {
    {"disbursement", number}, {"order", number}, {"mandate", number}, {"minutes", number, false}};

inline constexpr RowField budget[] = {
    {"number", number}, {"title", text},   {"circle", text, false},  {"unit", text},
    {"from_on", day},   {"until_on", day}, {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField budget_revision[] = {
    {"budget", number}, {"number", number}, {"from_on", day},         {"beyond", text},
    {"decision", text}, {"lines", number},  {"recorded_at", instant}, {"recorded_by", user, false}};
inline constexpr RowField budget_line[] = {
    {"budget", number},    {"revision", number},         {"line", number},        {"title", text},
    {"fund", text, false}, {"cost_object", text, false}, {"amount_minor", number}};

inline constexpr RowField allocation_round[] = {{"number", number},
                                                {"title", text},
                                                {"body", text},
                                                {"level", text},
                                                {"fund", text},
                                                {"unit", text},
                                                {"pot_minor", number},
                                                {"participants", number},
                                                {"from_on", day},
                                                {"until_on", day},
                                                {"decision", text},
                                                {"recorded_at", instant},
                                                {"recorded_by", user, false}};
inline constexpr RowField allocation_share[] = {
    {"round", number}, {"line", number}, {"member", text}, {"amount_minor", number}};
inline constexpr RowField allocation_step[] = {{"round", number},
                                               {"number", number},
                                               {"step", text},
                                               {"proposal", number, false},
                                               {"title", text, false},
                                               {"cost_object", text, false},
                                               {"member", text, false},
                                               {"amount_minor", number, false},
                                               {"mandate", number, false},
                                               {"recorded_at", instant},
                                               {"recorded_by", user, false},
                                               {"reason", text, false}};

}  // namespace coop::journals::fund_fields
