#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/directories.hpp"
#include "api/json_document.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "ledger/pay/pay_run.hpp"
#include "ledger/sharing/division.hpp"
#include "ledger/sharing/place_value_store.hpp"
#include "ledger/sharing/rule_version.hpp"

namespace coop::api {

/// A version of a rule as JSON, with its steps in plain words.
void write_rule_version(JsonWriter& out, const sharing::RuleVersion& version);
/// A value of a place as JSON.
void write_place_value(JsonWriter& out, const sharing::RecordedPlaceValue& value);
/// What became of a sum that was divided, as JSON: every figure with the lines that explain it. A version 0
/// is a rule that nobody adopted yet. Where it was tried on the past, also what was given then.
void write_division(JsonWriter& out, const sharing::RuleVersion& version, const sharing::Pot& pot,
                    const sharing::Division& division, const std::vector<pay::GivenPay>* given = nullptr);

/// Figures as JSON.
void write_figures(JsonWriter& out, const sharing::Figures& figures);
/// A number that is given by its name: {"name":"factor","value":"1.25"}.
struct NamedNumber {
  JsonValue element;   ///< where both stand
  JsonValue value_at;  ///< where the number stands
  std::string name;
  Ratio value;  ///< given as decimal text or a fraction
};
/// Hands on each of at most 60 such numbers, in their order; none, where the field is missing. Throws Refused
/// naming the field.
void take_numbers(const JsonObject& fields, std::string_view list,
                  const std::function<void(const NamedNumber&)>& take);
/// Such numbers, each name once. Throws Refused naming the field.
sharing::Figures figures_from(const JsonObject& fields, std::string_view name);

/// A version that is asked for. Throws Refused naming the field.
sharing::VersionDraft version_draft_from(const JsonDocument& body);
/// A value that is asked for. Throws Refused naming the field.
sharing::PlaceValue place_value_from(const JsonValue& body);

/// What a rule is tried on that was: a pay run, or the hours of a period.
struct AskedPast {
  std::optional<std::int32_t> pay_run = {};
  std::optional<Day> from_on = {};  ///< with `to_on`, unless it is a run
  std::optional<Day> to_on = {};
  std::string circle = {};  ///< only hours for the circle of this code; not with a run
};
/// What a rule is tried on.
struct AskedTry {
  sharing::Pot pot;
  std::optional<int> version;  ///< nothing: the one that holds on the pot's day
  std::vector<sharing::Participant> participants;
  std::optional<AskedPast> past = {};  ///< what is not given is taken from there
  bool gives_amount = true;            ///< false only with a past
  bool gives_day = true;
  std::optional<sharing::RuleVersion> rule = {};  ///< one that nobody adopted yet: version 0, without a code
};
/// Reads it; `today` is the day that is taken where none is given. Throws Refused naming the field.
AskedTry asked_try_from(const JsonValue& body, UnitDirectory& units, Day today);
/// The same with a rule of its own.
AskedTry asked_try_of_rule_from(const JsonDocument& body, UnitDirectory& units, Day today);

}  // namespace coop::api
