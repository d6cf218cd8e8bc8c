#include <limits>

#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/own_member.hpp"
#include "api/handlers/report_query.hpp"
#include "api/handlers/work_forms.hpp"
#include "api/problem.hpp"
#include "api/services.hpp"
#include "api/status.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/work/circle_store.hpp"
#include "ledger/work/hours_service.hpp"
#include "ledger/work/hours_store.hpp"
#include "reports/hours_tables.hpp"

namespace coop::api {

namespace {

using access::Action;
using work::HoursNumber;
using work::HoursOutcome;

constexpr int hours_at_once = 1'000;

HoursNumber asked_hours(const Call& call) {
  return HoursNumber{call.path_int("number", Refusal::hours_unknown)};
}

work::Submitter submitter_of(const Call& call) { return {call.author(), call.may(Action::keep_members)}; }

std::string hours_json(const work::Hours& hours) {
  JsonWriter out;
  write_hours(out, hours);
  return out.take();
}

std::string reason_of_hours(const Call& call) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"reason"}};
  return fields.require("reason").text(4'000);
}

bool is_atomic(const JsonObject& fields) {
  return fields.require("mode").parsed([](std::string_view text) {
    if (text == "atomic" || text == "per_item") return text == "atomic";
    throw Refused{Refusal::field_invalid, "'atomic' or 'per_item' is expected"};
  });
}

std::vector<JsonValue> few_items(const JsonObject& fields) {
  auto items = fields.require("hours").elements();
  if (items.empty()) fields.require("hours").refuse(Refusal::field_invalid, "there is at least one");
  if (items.size() > work::most_hours_at_once)
    fields.require("hours").refuse(Refusal::batch_too_large, "one request carries up to 1000");
  return items;
}

// What became of each; where all or none were wanted, the first that was refused refuses all.
Answer outcomes_answer(const Call& call, const std::vector<HoursOutcome>& outcomes, bool atomic, int status) {
  std::int64_t refused = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const auto* fault = std::get_if<Refused>(&outcomes[i]);
    if (fault == nullptr) continue;
    if (atomic) throw fault->below("/hours/" + std::to_string(i));
    ++refused;
  }
  JsonWriter out;
  out.open();
  if (call.dry_run) out.field("dry_run", true);
  out.field("recorded", static_cast<std::int64_t>(outcomes.size()) - refused).field("refused", refused);
  out.array("results");
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (const auto* fault = std::get_if<Refused>(&outcomes[i])) {
      out.open().field("status", status_of(fault->refusal()));
      out.name("problem").raw(problem_json(fault->below("/hours/" + std::to_string(i)), "")).close();
    } else {
      out.open().field("status", status).name("hours");
      write_hours(out, std::get<work::Hours>(outcomes[i]));
      out.close();
    }
  }
  out.end_array().close();
  return ok(out.take());
}

// A filter that names what there is none of is refused: it is a slip, and no empty list.
void add_names(const Call& call, Services& services, work::HoursFilter& filter) {
  services.database.in_snapshot([&](Tx& tx) {
    const NodeId node = call.node().id;
    if (call.query("member"))
      filter.member = call.query_parsed(
          "member", [&](std::string_view typed) { return members::read_party(tx, node, typed).number; });
    if (call.query("circle"))
      filter.circle = call.query_parsed(
          "circle", [&](std::string_view typed) { return work::read_circle(tx, node, typed).code; });
    if (call.query("work"))
      filter.kind = call.query_parsed("work", [&](std::string_view typed) {
        for (const work::WorkKind& kind : work::read_work_kinds(tx, node))
          if (kind.code == typed) return kind.code;
        throw Refused{Refusal::work_kind_unknown, "there is no such kind of work"};
      });
    if (call.query("cost_object"))
      filter.cost_object = call.query_parsed("cost_object", [&](std::string_view typed) {
        return work::read_cost_object(tx, node, std::string{typed});
      });
  });
}

work::HoursFilter hours_filter_of(const Call& call, Services& services) {
  const auto intent = call.query_word("intent", {"obligation", "gift", "paid"});
  const auto state = call.query_word("state", {"submitted", "approved", "rejected", "reversed"});
  work::HoursFilter filter{.intent = intent ? std::optional{work::intent_from(*intent)} : std::nullopt,
                           .state = state ? std::optional{work::hours_state_from(*state)} : std::nullopt,
                           .from = call.query_day("from"),
                           .to = call.query_day("to")};
  add_names(call, services, filter);
  return filter;
}

Answer hours_answer(const Call& call, Services& services, const work::HoursFilter& filter) {
  const Page page = call.page();
  const auto place = [](Cursor& cursor, const work::Hours& last) {
    cursor.add(std::int64_t{last.number.number()});
  };
  if (format_of(call) == Format::json) {
    work::HoursFilter wanted = filter;
    wanted.before = id_before<HoursNumber>(call, page);
    wanted.limit = page.limit + 1;
    auto found =
        services.database.in_snapshot([&](Tx& tx) { return work::list_hours(tx, call.node().id, wanted); });
    return page_answer(call, page, std::move(found), write_hours, place);
  }
  return list_answer(call, services, page, hours_at_once, [call, filter, place](Tx& tx, const Page& of) {
    work::HoursFilter wanted = filter;
    wanted.before = id_before<HoursNumber>(call, of);
    wanted.limit = of.limit + 1;
    auto found = work::list_hours(tx, call.node().id, wanted);
    const auto next = cut_to_page(call, of, found, place);
    return reports::table_of_hours(reports::read_report_node(tx, call.node().id), found, next);
  });
}

work::HoursGrouping grouping_of(const Call& call) {
  work::HoursGrouping grouping;
  const auto mark = [&](const std::string& word) {
    if (word == "member") grouping.by_member = true;
    else if (word == "circle") grouping.by_circle = true;
    else if (word == "work") grouping.by_kind = true;
    else if (word == "intent") grouping.by_intent = true;
    else if (word == "month") grouping.by_month = true;
    else if (word == "cost_object") grouping.by_cost_object = true;
    else
      throw Refused{Refusal::field_invalid, "allowed are member, circle, work, intent, month, cost_object"};
  };
  if (call.query("by") == "") throw Refused{Refusal::field_invalid, "it names at least one", "?by"};
  if (call.query("by")) call.each_of("by", mark);
  else grouping.by_member = true;
  return grouping;
}

}  // namespace

Answer list_hours(const Call& call, Services& services) {
  return hours_answer(call, services, hours_filter_of(call, services));
}

Answer list_own_hours(const Call& call, Services& services) {
  work::HoursFilter filter = hours_filter_of(call, services);
  filter.member = services.database.in_snapshot([&](Tx& tx) { return require_own_party(tx, call).number; });
  return hours_answer(call, services, filter);
}

Answer list_hours_of_own_circle(const Call& call, Services& services) {
  work::HoursFilter filter = hours_filter_of(call, services);
  services.database.in_snapshot([&](Tx& tx) {
    const members::Party member = require_own_party(tx, call);
    const auto circle = work::read_circle(tx, call.node().id, call.path_value("circle"));
    if (!work::belongs_on(circle, member.id, today_of(call)))
      throw Refused{Refusal::circle_not_joined, member.number + " is not in " + circle.code + " today"};
    filter.circle = circle.code;
  });
  return hours_answer(call, services, filter);
}

Answer sum_hours(const Call& call, Services& services) {
  const work::HoursGrouping grouping = grouping_of(call);
  work::HoursFilter filter;
  add_names(call, services, filter);
  filter.from = call.query_day("from");
  filter.to = last_day_of(call);
  const auto known_at = call.query_instant("known_at");
  return services.database.in_snapshot([&](Tx& tx) {
    const auto sums = work::sum_hours(tx, call.node().id, grouping, filter, known_at);
    return table_answer(
        reports::table_of_hours_sums(reports::read_report_node(tx, call.node().id), sums, grouping),
        format_of(call));
  });
}

Answer submit_hours(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"mode", "hours"}};
  const bool atomic = is_atomic(fields);
  std::vector<work::HoursDraft> drafts;
  for (const JsonValue& item : few_items(fields)) drafts.push_back(hours_draft_from(item));
  return outcomes_answer(call, work::submit_hours(tx, call.node(), drafts, submitter_of(call)), atomic, 201);
}

Answer show_hours(const Call& call, Services& services) {
  return services.database.in_snapshot(
      [&](Tx& tx) { return ok(hours_json(work::read_one_hours(tx, call.node().id, asked_hours(call)))); });
}

Answer approve_hours(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"mode", "hours"}};
  const bool atomic = is_atomic(fields);
  std::vector<HoursNumber> numbers;
  for (const JsonValue& item : few_items(fields))
    numbers.emplace_back(static_cast<std::int32_t>(item.number(1, std::numeric_limits<std::int32_t>::max())));
  return outcomes_answer(call, work::approve_hours(tx, call.node(), numbers, call.author()), atomic, 200);
}

Answer reject_hours(Tx& tx, const Call& call, Services&) {
  const HoursNumber number = asked_hours(call);
  return ok(hours_json(work::reject_hours(tx, call.node(), number, reason_of_hours(call), call.author())));
}

Answer reverse_hours(Tx& tx, const Call& call, Services&) {
  const HoursNumber number = asked_hours(call);
  return ok(
      hours_json(work::reverse_hours(tx, call.node(), number, reason_of_hours(call), submitter_of(call))));
}

}  // namespace coop::api
