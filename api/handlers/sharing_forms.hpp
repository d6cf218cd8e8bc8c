#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "api/directories.hpp"
#include "api/json_document.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "ledger/sharing/division.hpp"
#include "ledger/sharing/place_value_store.hpp"
#include "ledger/sharing/rule_version.hpp"

namespace coop::api {

/// A version of a rule as JSON, with its steps in plain words.
void write_rule_version(JsonWriter& out, const sharing::RuleVersion& version);
/// A value of a place as JSON.
void write_place_value(JsonWriter& out, const sharing::RecordedPlaceValue& value);
/// What became of a sum that was divided, as JSON: every figure with the lines that explain it. A version 0
/// is a rule that nobody adopted yet.
void write_division(JsonWriter& out, const sharing::RuleVersion& version, const sharing::Pot& pot,
                    const sharing::Division& division);

/// Figures as JSON.
void write_figures(JsonWriter& out, const sharing::Figures& figures);
/// Numbers as decimal text or fractions, each with its name; none, where the field is missing. Throws Refused
/// naming the field.
sharing::Figures figures_from(const JsonObject& fields, std::string_view name);

/// A version that is asked for. Throws Refused naming the field.
sharing::VersionDraft version_draft_from(const JsonDocument& body);
/// A value that is asked for. Throws Refused naming the field.
sharing::PlaceValue place_value_from(const JsonValue& body);

/// What a rule is tried on.
struct AskedTry {
  sharing::Pot pot;
  std::optional<int> version;  ///< nothing: the one that holds on the pot's day
  std::vector<sharing::Participant> participants;
  std::optional<sharing::RuleVersion> rule = {};  ///< one that nobody adopted yet: version 0, without a code
};
/// Reads it; `today` is the day that is taken where none is given. Throws Refused naming the field.
AskedTry asked_try_from(const JsonValue& body, UnitDirectory& units, Day today);
/// The same with a rule of its own.
AskedTry asked_try_of_rule_from(const JsonDocument& body, UnitDirectory& units, Day today);

}  // namespace coop::api
