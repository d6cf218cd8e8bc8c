#include <algorithm>

#include "api/handlers/bank_forms.hpp"
#include "api/handlers/bank_match_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/bank/bank_account_service.hpp"
#include "ledger/bank/match_service.hpp"
#include "ledger/bank/match_store.hpp"
#include "ledger/bank/undo_service.hpp"

namespace coop::api {

namespace {

using access::Action;

bank::BankLineNumber matched_line(const Call& call) {
  return bank::BankLineNumber{call.path_number("number", Refusal::bank_line_unknown)};
}

bank::MatchNumber asked_match(const Call& call) {
  return bank::MatchNumber{call.path_int("number", Refusal::match_unknown)};
}

Unit unit_of_line(Tx& tx, const Call& call, Services& services, const bank::BankLine& line) {
  const auto account = bank::read_bank_account(tx, call.node().id, line.account.value());
  return services.units.of(account.unit);
}

Unit unit_of_match(Tx& tx, const Call& call, Services& services, const bank::Match& match) {
  return services.units.of(bank::read_bank_account(tx, call.node().id, match.account.value()).unit);
}

std::string match_json(const bank::Match& match, const Unit& unit) {
  JsonWriter out;
  write_bank_match(out, match, unit);
  return out.take();
}

// The text of lines is not kept with an answer.
std::string line_json(Tx& tx, const Call& call, Services& services, const bank::BankLine& line) {
  JsonWriter out;
  write_bank_line(out, line, unit_of_line(tx, call, services, line), false);
  return out.take();
}

// Does what a body asks for: one of the proposals by its place, or parts said by hand.
bank::Match match_as_asked(Tx& tx, const Call& call, const bank::BankLine& line, const Unit& unit) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"proposal", "fee_account", "parts"}};
  const auto asked = fields.find("proposal");
  if (!asked)
    return bank::accept(tx, call.node().id, line.number,
                        {.parts = bank_parts_from(fields.require("parts"), unit)}, call.author());
  if (const auto parts = fields.find("parts"))
    parts->refuse(Refusal::field_invalid, "either a proposal is accepted, or its parts are said");
  const auto place = static_cast<std::size_t>(asked->number(1, 1'000));
  return bank::accept_proposal(tx, call.node().id, line.number, place,
                               {.fee_account = fields.text_or_empty("fee_account", 1'000)}, call.author());
}

}  // namespace

Answer list_bank_proposals(const Call& call, Services& services) {
  const std::string fees = path_of(call, "fee_account").value_or("");
  return services.database.in_snapshot([&](Tx& tx) {
    const bank::BankLine line = bank::read_line(tx, call.node().id, matched_line(call));
    const auto proposals = bank::propose(tx, call.node().id, {&line, 1}, {.fee_account = fees});
    JsonWriter out;
    out.open().field("line", line.number).field("state", bank::text_of(line.state)).array("items");
    write_bank_proposals(out, proposals.front(), unit_of_line(tx, call, services, line),
                         call.may(Action::read_profiles));
    out.end_array().close();
    return ok(out.take());
  });
}

Answer match_bank_line(Tx& tx, const Call& call, Services& services) {
  const bank::BankLine line = bank::read_line(tx, call.node().id, matched_line(call));
  const Unit unit = unit_of_line(tx, call, services, line);
  const bank::Match match = match_as_asked(tx, call, line, unit);
  return created(match_json(match, unit),
                 "/v1/nodes/" + call.node().name + "/bank/matches/" + std::to_string(match.number.number()));
}

Answer set_bank_line_aside(Tx& tx, const Call& call, Services& services) {
  const auto line =
      bank::ignore_line(tx, call.node().id, matched_line(call), asked_reason(call), call.author());
  return ok(line_json(tx, call, services, line));
}

Answer reopen_bank_line(Tx& tx, const Call& call, Services& services) {
  const auto line =
      bank::reopen_line(tx, call.node().id, matched_line(call), asked_reason(call), call.author());
  return ok(line_json(tx, call, services, line));
}

Answer list_bank_matches(const Call& call, Services& services) {
  const Page page = call.page();
  bank::MatchFilter filter{.before = id_before<bank::MatchNumber>(call, page), .limit = page.limit + 1};
  if (const auto line = call.query_number("line", 1, std::numeric_limits<std::int64_t>::max()))
    filter.line = bank::BankLineNumber{*line};
  return services.database.in_snapshot([&](Tx& tx) {
    const BankUnits units = bank_units(tx, call.node().id, services.units);
    return page_answer(
        call, page, bank::list_matches(tx, call.node().id, filter),
        [&](JsonWriter& out, const bank::Match& match) {
          write_bank_match(out, match, units.at(match.account.value()));
        },
        [](Cursor& place, const bank::Match& last) { place.add(std::int64_t{last.number.number()}); });
  });
}

Answer show_bank_match(const Call& call, Services& services) {
  return services.database.in_snapshot([&](Tx& tx) {
    const bank::Match match = bank::read_match(tx, call.node().id, asked_match(call));
    return ok(match_json(match, unit_of_match(tx, call, services, match)));
  });
}

Answer undo_bank_match(Tx& tx, const Call& call, Services& services) {
  const bank::Match match =
      bank::undo_match(tx, call.node().id, asked_match(call), asked_reason(call), call.author());
  return ok(match_json(match, unit_of_match(tx, call, services, match)));
}

Answer undo_bank_import(Tx& tx, const Call& call, Services&) {
  const bank::BankImportNumber number{call.path_int("number", Refusal::bank_import_unknown)};
  return ok(bank_undo_json(bank::undo_import(tx, call.node().id, number, asked_reason(call), call.author())));
}

}  // namespace coop::api
