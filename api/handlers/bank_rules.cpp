#include "api/handlers/bank_rule_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "reports/rule_replay.hpp"

namespace coop::api {

namespace {

using access::Action;
using bank::BankRuleNumber;

BankRuleNumber asked_rule(const Call& call) {
  return BankRuleNumber{call.path_int("number", Refusal::bank_rule_unknown)};
}

// What a rule looks for is not kept with an answer.
std::string kept_json(const bank::BankRule& rule, Services& services) {
  JsonWriter out;
  write_bank_rule(out, rule, services.units.of(rule.is.unit), false);
  return out.take();
}

bank::RuleDraft asked_draft(const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  return rule_draft_from(JsonValue{body}, services.units);
}

bank::ReplayScope scope_of(const Call& call) {
  bank::ReplayScope scope{.from = call.query_day("from"), .to = call.query_day("to")};
  constexpr auto most = std::numeric_limits<std::int32_t>::max();
  if (const auto account = call.query_number("bank_account", 1, most))
    scope.bank_account = bank::BankAccountNumber{static_cast<std::int32_t>(*account)};
  return scope;
}

Answer replay_answer(Tx& tx, const Call& call, Services& services, const bank::BankRule& rule,
                     const bank::Replayed& replayed) {
  return table_answer(reports::table_of_replay(reports::read_report_node(tx, call.node().id), rule,
                                               services.units.of(rule.is.unit), replayed),
                      format_of(call));
}

}  // namespace

Answer list_bank_rules(const Call& call, Services& services) {
  const bool ended = call.query_truth("ended", false);
  const auto rules = services.database.in_snapshot([&](Tx& tx) {
    return bank::read_rules(tx, call.node().id, {.ended = ended ? std::nullopt : std::optional{false}});
  });
  JsonWriter out;
  out.open().array("items");
  for (const bank::BankRule& rule : rules)
    write_bank_rule(out, rule, services.units.of(rule.is.unit), call.may(Action::read_profiles));
  out.end_array().close();
  return ok(out.take());
}

Answer show_bank_rule(const Call& call, Services& services) {
  return services.database.in_snapshot([&](Tx& tx) {
    const BankRuleNumber number = asked_rule(call);
    const bool sees_names = call.may(Action::read_profiles);
    const bank::BankRule now = bank::read_rule(tx, call.node().id, number);
    JsonWriter out;
    out.open().name("rule");
    write_bank_rule(out, now, services.units.of(now.is.unit), sees_names);
    out.array("earlier_versions");
    for (const bank::BankRule& version :
         bank::read_rules(tx, call.node().id, {.number = number, .all_versions = true}))
      if (version.version != now.version)
        write_bank_rule(out, version, services.units.of(version.is.unit), sees_names);
    out.end_array().array("replays");
    for (const bank::RuleReplay& replay : bank::read_rule_replays(tx, call.node().id, number))
      write_rule_replay(out, replay);
    out.end_array().close();
    return ok(out.take());
  });
}

Answer write_bank_rule_down(Tx& tx, const Call& call, Services& services) {
  const auto rule = bank::write_rule(tx, call.node().id, asked_draft(call, services), call.author());
  return created(kept_json(rule, services), call.request.path + "/" + std::to_string(rule.number.number()));
}

Answer change_bank_rule(Tx& tx, const Call& call, Services& services) {
  return ok(kept_json(
      bank::change_rule(tx, call.node().id, asked_rule(call), asked_draft(call, services), call.author()),
      services));
}

Answer end_bank_rule(Tx& tx, const Call& call, Services& services) {
  const std::string reason = asked_reason(call);
  return ok(kept_json(bank::end_rule(tx, call.node().id, asked_rule(call), reason, call.author()), services));
}

Answer order_bank_rules(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"rules"}};
  std::vector<BankRuleNumber> numbers;
  for (const JsonValue& one : fields.require("rules").elements())
    numbers.emplace_back(static_cast<std::int32_t>(one.number(1, std::numeric_limits<std::int32_t>::max())));
  const auto rules = bank::order_rules(tx, call.node().id, numbers, call.author());
  JsonWriter out;
  out.open().array("items");
  for (const bank::BankRule& rule : rules) write_bank_rule(out, rule, services.units.of(rule.is.unit), false);
  out.end_array().close();
  return ok(out.take());
}

Answer let_bank_rule_post(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"replay", "reason"}};
  const auto replay =
      static_cast<int>(fields.require("replay").number(1, std::numeric_limits<std::int32_t>::max()));
  const std::string reason = fields.find("reason") ? reason_from(fields) : std::string{};
  return ok(kept_json(
      bank::let_rule_post(tx, call.node().id, asked_rule(call), replay, reason, call.author()), services));
}

Answer let_bank_rule_suggest(Tx& tx, const Call& call, Services& services) {
  const std::string reason = asked_reason(call);
  return ok(kept_json(bank::let_rule_suggest(tx, call.node().id, asked_rule(call), reason, call.author()),
                      services));
}

Answer report_rule_replay(const Call& call, Services& services) {
  return services.database.in_snapshot([&](Tx& tx) {
    const auto rule = bank::read_rule(tx, call.node().id, asked_rule(call));
    return replay_answer(tx, call, services, rule,
                         bank::replay_rule(tx, call.node().id, rule, scope_of(call)));
  });
}

Answer replay_drafted_rule(const Call& call, Services& services) {
  const bank::RuleDraft draft = asked_draft(call, services);
  return services.database.in_snapshot([&](Tx& tx) {
    const auto rule = bank::drafted_rule(tx, call.node().id, draft);
    return replay_answer(tx, call, services, rule,
                         bank::replay_rule(tx, call.node().id, rule, scope_of(call)));
  });
}

Answer record_rule_replay(Tx& tx, const Call& call, Services&) {
  call.require_no_fields();
  const auto replayed =
      bank::record_replay(tx, call.node().id, asked_rule(call), scope_of(call), call.author());
  JsonWriter out;
  write_rule_replay(out, replayed.counts);
  return created(out.take(), "/v1/nodes/" + call.node().name + "/bank/rules/" + call.path_value("number"));
}

}  // namespace coop::api
