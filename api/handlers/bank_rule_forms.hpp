#pragma once
#include <string>
#include <vector>

#include "api/directories.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "ledger/bank/replay_service.hpp"
#include "ledger/bank/rule_service.hpp"

namespace coop::api {

/// A rule as JSON. What it looks for may name people, as its note may: it stands there for those who may see
/// personal data.
void write_bank_rule(JsonWriter& out, const bank::BankRule& rule, const Unit& unit, bool sees_names);
/// A rule's replay that was recorded, as JSON.
void write_rule_replay(JsonWriter& out, const bank::RuleReplay& replay);
/// A rule that is asked for. Throws Refused naming the field.
bank::RuleDraft rule_draft_from(const JsonValue& body, UnitDirectory& units);
/// A share as decimal text: 333333 is "33.3333".
std::string percent_text(std::int64_t millionths);

}  // namespace coop::api
