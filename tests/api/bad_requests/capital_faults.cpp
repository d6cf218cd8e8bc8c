// What is wrong with a value of each name, of shares and surplus.
#include <initializer_list>
#include <string>

#include "tests/api/bad_requests/specimen.hpp"

namespace coop::test {

std::vector<FieldFault> capital_faults() {
  std::vector<FieldFault> all;
  const auto add = [&](std::initializer_list<std::string_view> names,
                       std::initializer_list<std::string> values, std::string_view codes,
                       std::string_view route = {}, std::string_view field = {}) {
    for (const std::string_view name : names)
      for (const std::string& value : values) all.push_back({name, value, codes, route, field});
  };
  add({"to_on"}, {R"("2026-02-30")", R"("20260203")", R"("tomorrow")", R"("")"}, "day_malformed");
  add({"nominal", "lowest", "highest", "surplus"}, {"12", "12.5"}, "amount_not_text");
  add({"nominal", "lowest", "highest", "surplus"}, {R"("12.505")"}, "amount_too_precise");
  add({"nominal", "lowest", "highest", "surplus"}, {R"("1,5")", R"("")"}, "amount_malformed");
  add({"nominal", "lowest", "highest", "surplus"}, {R"("99999999999999999999")"}, "amount_overflow");
  add({"nominal", "lowest", "highest", "surplus"}, {R"("-1.00")"}, "field_invalid");
  for (const std::string_view route : {"/share-movements", "/surplus-runs"})
    add({"amount"}, {R"("0")", R"("-0.00")"}, "field_invalid", route);
  add({"interest_rate", "interest_most", "cash_part", "reserve_part"},
      {R"("half")", R"("101%")", R"("-1%")", R"("1/3")", R"("")"}, "field_invalid");
  add({"reserve_weight", "members_weight", "other_weight", "loss_reserve_weight", "loss_members_weight"},
      {"-1", "1000001", "1.5"}, "field_invalid");
  add({"notice_days"}, {"-1", "3661", "1.5"}, "field_invalid");
  for (const std::string_view route : {"/share-", "/surplus-"})
    add({"withdrawable", "patronage", "source", "movement"}, {R"("sometimes")", R"("")"}, "field_invalid",
        route);
  add({"movement"}, {R"("receive")", R"("withdraw")", R"("take_back")", R"("undo")"}, "field_invalid");
  add({"share_class"}, {R"("nothing")", R"("")"}, "share_class_unknown", {}, "-");
  for (const std::string_view route : {"/share-movements", "/surplus-runs"})
    add({"member"}, {R"("nobody")", R"("")"}, "party_unknown", route);
  add({"to"}, {R"("nobody")", R"("")"}, "party_unknown", "/share-movements");
  for (const std::string_view route : {"/share-classes", "/surplus-rules"})
    add({"capital", "reserve", "payable"}, {R"("assets:nowhere")", R"("")"}, "account_unknown", route);
  add({"result", "other"}, {R"("assets:nowhere")"}, "account_unknown", "/surplus-rules");
  add({"code"}, {R"("")", R"("User")", R"("-x")", R"("a b")", "\"" + std::string(41, 'x') + "\""},
      "field_invalid", "/share-classes");
  add({"title"}, {R"("")"}, "field_invalid", "/share-classes");
  add({"title"}, {R"("")"}, "field_invalid", "/surplus-rules");
  add({"fund"}, {R"("nowhere")", R"("")"}, "dimension_unknown", "/share-classes");
  add({"measure"}, {R"("")", R"("many")", R"("1,5")"}, "amount_malformed", "/surplus-runs");
  add({"measure"}, {R"("-1")"}, "field_invalid", "/surplus-runs");
  add({"measure"}, {R"("1.0000001")"}, "amount_too_precise", "/surplus-runs");
  return all;
}

std::vector<ParameterFault> with_capital_faults(std::vector<ParameterFault> all) {
  for (const char* nothing : {"nothing", ""}) {
    all.push_back({"share_class", nothing, "share_class_unknown", {}, {}});
    all.push_back({"holder", nothing, "party_unknown", {}, {}});
    for (const char* name : {"waiting", "movement"}) all.push_back({name, nothing, "field_invalid", {}, {}});
    all.push_back({"source", nothing, "field_invalid", "/surplus-runs", {}});
  }
  return all;
}

}  // namespace coop::test
