#include <utility>

#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/roll_forms.hpp"
#include "api/services.hpp"
#include "ledger/members/class_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/rolls/roll_service.hpp"
#include "ledger/rolls/roll_store.hpp"
#include "reports/roll_table.hpp"

namespace coop::api {

namespace {

constexpr int roll_lines_at_once = 5'000;

rolls::RollNumber asked_roll(const Call& call) {
  return rolls::RollNumber{call.path_int("number", Refusal::roll_unknown)};
}

rolls::RollLineFilter roll_line_filter_of(Tx& tx, const Call& call) {
  rolls::RollLineFilter filter;
  const NodeId node = call.node().id;
  if (call.query("class"))
    filter.class_code = call.query_parsed(
        "class", [&](std::string_view code) { return members::read_class(tx, node, code).code; });
  if (const auto state = call.query_word("state", {"eligible", "excluded"}))
    filter.eligible = *state == "eligible";
  if (call.query("member"))
    filter.member = call.query_parsed(
        "member", [&](std::string_view number) { return members::read_party(tx, node, number).number; });
  return filter;
}

void keep_wanted(std::vector<rolls::RollLine>& lines, const rolls::RollLineFilter& wanted) {
  std::erase_if(lines, [&](const rolls::RollLine& line) {
    return (wanted.class_code && line.class_code != *wanted.class_code) ||
           (wanted.eligible && line.is_eligible() != *wanted.eligible) ||
           (wanted.member && line.number != *wanted.member);
  });
}

// A roll that is not frozen is worked out whole for each page.
Answer roll_page(const Call& call, const rolls::Roll& roll, std::vector<rolls::RollLine> lines) {
  const Page page = call.page();
  if (page.cursor) {
    OpenedCursor cursor{call.list_name(), *page.cursor};
    const std::string number = cursor.string();
    const MembershipId membership{static_cast<std::int32_t>(cursor.number())};
    std::erase_if(lines, [&](const rolls::RollLine& line) {
      return std::tie(line.number, line.membership) <= std::tie(number, membership);
    });
  }
  const auto next = cut_to_page(call, page, lines, [](Cursor& place, const rolls::RollLine& last) {
    place.add(last.number).add(std::int64_t{last.membership.number()});
  });
  JsonWriter out;
  out.open().field("as_of", roll.as_of).field("known_at", roll.known_at);
  write_roll_classes(out, roll.classes);
  out.array("items");
  for (const rolls::RollLine& line : lines) write_roll_line(out, line, roll.classes);
  out.end_array().field("next", next).close();
  return ok(out.take());
}

std::vector<rolls::RollLine> bare_lines(const std::vector<rolls::PlacedLine>& placed) {
  std::vector<rolls::RollLine> lines;
  for (const rolls::PlacedLine& one : placed) lines.push_back(one.line);
  return lines;
}

int place_after(const Call& call, const Page& page) { return int_before(call, page).value_or(0); }

std::string roll_json(const rolls::FrozenRoll& roll) {
  JsonWriter out;
  out.open();
  write_frozen_roll(out, roll);
  out.close();
  return out.take();
}

}  // namespace

Answer show_roll(const Call& call, Services& services) {
  const Moment moment = call.moment();
  const dues::DuesMoment asked{moment.as_of.value_or(today_of(call)), moment.known_at};
  const Format format = format_of(call);
  return services.database.in_snapshot([&](Tx& tx) {
    const NodeId node = call.node().id;
    const rolls::RollLineFilter wanted = roll_line_filter_of(tx, call);
    rolls::Roll roll = rolls::read_roll(tx, node, asked);
    auto lines = std::exchange(roll.lines, {});
    keep_wanted(lines, wanted);
    if (format == Format::json) return roll_page(call, roll, std::move(lines));
    return table_answer(reports::table_of_roll(reports::read_report_node(tx, node), roll, lines), format);
  });
}

Answer list_rolls(const Call& call, Services& services) {
  const Page page = call.page();
  const auto before = id_before<rolls::RollNumber>(call, page);
  return page_answer(
      call, page, services.database.in_snapshot([&](Tx& tx) {
        return rolls::list_rolls(tx, call.node().id, before, page.limit + 1);
      }),
      [](JsonWriter& out, const rolls::FrozenRoll& roll) {
        out.open();
        write_frozen_roll(out, roll);
        out.close();
      },
      [](Cursor& place, const rolls::FrozenRoll& last) { place.add(std::int64_t{last.number.number()}); });
}

Answer freeze_roll(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"title", "as_of", "known_at"}};
  rolls::RollDraft draft{fields.require("title").text(200), fields.require("as_of").day()};
  if (const auto known_at = fields.find("known_at")) draft.known_at = known_at->instant();
  const rolls::FrozenRoll roll = rolls::freeze_roll(tx, call.node().id, draft, call.author());
  return created(roll_json(roll), call.request.path + "/" + std::to_string(roll.number.number()));
}

Answer show_frozen_roll(const Call& call, Services& services) {
  return ok(roll_json(services.database.in_snapshot(
      [&](Tx& tx) { return rolls::read_frozen_roll(tx, call.node().id, asked_roll(call)); })));
}

Answer list_roll_lines(const Call& call, Services& services) {
  const NodeId node = call.node().id;
  const rolls::RollNumber number = asked_roll(call);
  const auto read = [=, &call](Tx& tx, const Page& page) {
    return rolls::read_roll_lines(tx, node, number, roll_line_filter_of(tx, call), place_after(call, page),
                                  page.limit + 1);
  };
  const auto add_place = [](Cursor& place, const rolls::PlacedLine& last) {
    place.add(std::int64_t{last.place});
  };
  const Page page = call.page();
  if (format_of(call) != Format::json)
    return list_answer(call, services, page, roll_lines_at_once, [=, &call](Tx& tx, const Page& asked) {
      const rolls::FrozenRoll roll = rolls::read_frozen_roll(tx, node, number);
      auto found = read(tx, asked);
      const auto next = cut_to_page(call, asked, found, add_place);
      return reports::table_of_roll(reports::read_report_node(tx, node), roll, bare_lines(found), next);
    });
  return services.database.in_snapshot([&](Tx& tx) {
    const rolls::FrozenRoll roll = rolls::read_frozen_roll(tx, node, number);
    return page_answer(
        call, page, read(tx, page),
        [&](JsonWriter& out, const rolls::PlacedLine& one) { write_roll_line(out, one.line, roll.classes); },
        add_place);
  });
}

Answer show_roll_text(const Call& call, Services& services) {
  return content("text/plain; charset=utf-8", services.database.in_snapshot([&](Tx& tx) {
    return rolls::read_canonical_text(tx, call.node().id, asked_roll(call));
  }));
}

}  // namespace coop::api
