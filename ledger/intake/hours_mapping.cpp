#include "ledger/intake/hours_mapping.hpp"

#include <algorithm>
#include <array>

#include "ledger/values/refusal.hpp"

namespace coop::intake {

namespace {

constexpr std::array<std::string_view, 5> fields_with_codes{"member", "circle", "work", "intent",
                                                            "cost_object"};

[[noreturn]] void refuse_rule(const std::string& rule, const std::string& why) {
  throw Refused{Refusal::field_invalid, "'" + rule.substr(0, 60) + "': " + why};
}

std::string* column_of(statements::HourColumns& columns, std::string_view field) {
  const std::pair<std::string_view, std::string*> all[] = {{"worked_on", &columns.worked_on},
                                                           {"minutes", &columns.minutes},
                                                           {"member", &columns.member},
                                                           {"circle", &columns.circle},
                                                           {"work", &columns.work},
                                                           {"intent", &columns.intent},
                                                           {"task", &columns.task},
                                                           {"note", &columns.note},
                                                           {"id", &columns.id},
                                                           {"cost_object", &columns.cost_object}};
  for (const auto& [name, column] : all)
    if (name == field) return column;
  return nullptr;
}

void add_code(HoursMapping& mapping, const std::string& rule, std::size_t colon) {
  // A cell may hold an equals sign; a code holds none.
  const std::size_t equals = rule.rfind('=');
  const std::string field = rule.substr(0, colon);
  const std::string cell = rule.substr(colon + 1, equals - colon - 1);
  const std::string code = rule.substr(equals + 1);
  if (std::ranges::find(fields_with_codes, field) == fields_with_codes.end())
    refuse_rule(rule, "cells of member, circle, work, intent and cost_object stand for codes");
  if (code.empty()) refuse_rule(rule, "it names no code");
  const bool is_new = cell.empty() ? mapping.otherwise.emplace(field, code).second
                                   : mapping.codes.emplace(std::pair{field, cell}, code).second;
  if (!is_new) refuse_rule(rule, "it is said twice");
}

void add_day_order(HoursMapping& mapping, const std::string& rule, const std::string& order) {
  if (order == "day_month") mapping.day_order = statements::DayOrder::day_month;
  else if (order == "month_day") mapping.day_order = statements::DayOrder::month_day;
  else refuse_rule(rule, "day_month or month_day is expected");
}

}  // namespace

std::string HoursMapping::meant(const std::string& field, const std::string& cell) const {
  if (cell.empty()) {
    const auto found = otherwise.find(field);
    return found == otherwise.end() ? std::string{} : found->second;
  }
  const auto found = codes.find({field, cell});
  return found == codes.end() ? cell : found->second;
}

HoursMapping hours_mapping_from(const std::vector<std::string>& rules) {
  HoursMapping mapping;
  for (const std::string& rule : rules) {
    const std::size_t equals = rule.find('=');
    if (equals == std::string::npos) refuse_rule(rule, "field=column or field:cell=code is expected");
    const std::size_t colon = rule.find(':');
    if (colon < equals) {
      add_code(mapping, rule, colon);
      continue;
    }
    const std::string field = rule.substr(0, equals);
    const std::string name = rule.substr(equals + 1);
    if (field == "days") {
      add_day_order(mapping, rule, name);
      continue;
    }
    std::string* column = column_of(mapping.columns, field);
    if (column == nullptr) refuse_rule(rule, "there is no such field");
    if (name.empty() || !column->empty()) refuse_rule(rule, "it names no column, or a second one");
    *column = name;
  }
  return mapping;
}

}  // namespace coop::intake
