// What circles, kinds of work and hours must not say.
#include <initializer_list>

#include "tests/api/bad_requests/specimen.hpp"

namespace coop::test {

namespace {

std::string letters_of_length(std::size_t length) { return "\"" + std::string(length, 'x') + "\""; }

template <class Fault>
void add_work_fault(std::vector<Fault>& all, std::initializer_list<std::string_view> names,
                    std::initializer_list<std::string> values, std::string_view codes,
                    std::string_view route = {}, std::string_view field = {}) {
  for (const std::string_view name : names)
    for (const std::string& value : values) all.push_back({name, value, codes, route, field});
}

}  // namespace

std::vector<FieldFault> work_field_faults() {
  std::vector<FieldFault> all;
  for (const std::string_view route : {"/circles", "/hours "}) {
    add_work_fault(all, {"member"}, {R"("nobody")", R"("")"}, "party_unknown", route);
    add_work_fault(all, {"from_on", "until_on", "worked_on"}, {R"("2026-02-30")", R"("20260203")", R"("")"},
                   "day_malformed", route);
  }
  add_work_fault(all, {"from_on", "until_on"}, {R"("2019-12-31")"}, "circle_contradicts", "/circles/", "-");
  add_work_fault(all, {"circle"}, {R"("")", R"("Tech")", R"("1a")", R"("a_b")", letters_of_length(32)},
                 "name_malformed", "/circles ");
  add_work_fault(all, {"circle"}, {R"("tech")"}, "circle_exists", "/circles ");
  add_work_fault(all, {"code"}, {R"("")", R"("Care")", R"("1a")", letters_of_length(32)}, "name_malformed",
                 "/work-kinds");
  add_work_fault(all, {"code"}, {R"("care")"}, "work_kind_exists", "/work-kinds");
  for (const std::string_view route : {"/circles ", "/work-kinds"})
    add_work_fault(all, {"title"}, {R"("")", R"(" ")"}, "field_invalid", route);
  add_work_fault(all, {"circle"}, {R"("nowhere")", R"("")"}, "circle_unknown", "/hours ");
  add_work_fault(all, {"worked_on"}, {R"("2099-01-01")"}, "field_invalid", "/hours ");
  add_work_fault(all, {"worked_on"}, {R"("2019-12-31")"}, "circle_not_open", "/hours ");
  add_work_fault(all, {"minutes"}, {"0", "-1", "1441", "1.5"}, "field_invalid", "/hours ");
  add_work_fault(all, {"work"}, {R"("sleep")", R"("")"}, "work_kind_unknown", "/hours ");
  add_work_fault(all, {"intent"}, {R"("fun")", R"("")"}, "field_invalid", "/hours ");
  add_work_fault(all, {"cost_object"}, {R"("nowhere")", R"("")"}, "dimension_unknown", "/hours ");
  add_work_fault(all, {"task"}, {letters_of_length(501)}, "field_invalid", "/hours ");
  add_work_fault(all, {"corrects"}, {"0", "-1", "1.5", "4294967296"}, "field_invalid", "/hours ");
  add_work_fault(all, {"corrects"}, {"999"}, "hours_unknown", "/hours ");
  add_work_fault(all, {"hours"}, {"0", "-1", "1.5", "4294967296"}, "field_invalid", "/hours-approvals");
  add_work_fault(all, {"hours"}, {"999"}, "hours_unknown", "/hours-approvals");
  add_obligation_faults(all);
  return all;
}

std::vector<ParameterFault> work_parameter_faults() {
  std::vector<ParameterFault> all;
  add_work_fault(all, {"intent", "by"}, {"fun", "", "%C3%A9"}, "field_invalid", "/hours");
  add_work_fault(all, {"circle"}, {"nowhere", ""}, "circle_unknown", "/hours");
  for (const std::string_view route : {"/budgets", "/pay-runs"})
    add_work_fault(all, {"circle"}, {"nowhere", ""}, "circle_unknown", route);
  add_work_fault(all, {"work"}, {"sleep", ""}, "work_kind_unknown", "/hours");
  add_work_fault(all, {"cost_object"}, {"nowhere", ""}, "dimension_unknown", "/hours");
  add_work_fault(all, {"member"}, {"nobody", ""}, "party_unknown", "/hours");
  add_obligation_parameter_faults(all);
  for (const std::string_view route : {"/hours", "/tariffs"})
    add_work_fault(all, {"work"}, {"sleep", ""}, "work_kind_unknown", route);
  for (const std::string_view route : {"/hours", "/tariffs", "/pay-runs", "/deferred-claims"})
    add_work_fault(all, {"member"}, {"nobody", ""}, "party_unknown", route);
  add_work_fault(all, {"kind", "state"}, {"fun", ""}, "field_invalid", "/pay-runs");
  add_work_fault(all, {"deferred_as"}, {"thanks", "gift", ""}, "field_invalid", "/deferred-claims");
  add_work_fault(all, {"open"}, {"yes", "1", ""}, "field_invalid", "/deferred-claims");
  return all;
}

}  // namespace coop::test
