#pragma once
#include "api/call.hpp"
#include "api/directories.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "ledger/funds/fund_service.hpp"
#include "ledger/funds/spending_mandate_service.hpp"
#include "ledger/funds/spending_rule.hpp"

namespace coop::api {

/// What is decided about a fund. Throws Refused naming the field.
funds::FundTermDraft fund_terms_from(const JsonValue& value, UnitDirectory& units);
/// A fund: its terms, those that count today, and its figures where it has terms.
void write_fund(JsonWriter& out, const funds::Fund& fund, const std::optional<funds::FundFigures>& figures,
                Day today, UnitDirectory& units);

/// A mandate that is asked for. Throws Refused naming the field.
funds::SpendingMandateDraft spending_mandate_from(const JsonValue& value, UnitDirectory& units);
/// Spending on the mandate. Throws Refused naming the field.
funds::DrawDraft draw_from(const JsonValue& value, const funds::SpendingMandate& mandate,
                           UnitDirectory& units);
/// A mandate with its steps, and what is left.
void write_spending_mandate(JsonWriter& out, const funds::SpendingMandate& mandate, Day today,
                            UnitDirectory& units);

/// A rule of spending that is asked for. Throws Refused naming the field.
funds::SpendingRuleDraft spending_rule_from(const JsonValue& value, UnitDirectory& units);
/// A rule of spending.
void write_spending_rule(JsonWriter& out, const funds::SpendingRule& rule, UnitDirectory& units);

}  // namespace coop::api
