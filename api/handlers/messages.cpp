#include "api/handlers/dues_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/reminders/letter.hpp"
#include "ledger/reminders/reminder_service.hpp"

namespace coop::api {

namespace {

constexpr std::size_t most_named = 1'000;  // named one by one in an answer; the rest is counted

std::int32_t asked_message(const Call& call) { return call.path_int("number", Refusal::message_unknown); }

void write_message(JsonWriter& out, const reminders::Message& message, UnitDirectory& units) {
  const Unit unit = units.of(message.unit);
  out.open().field("number", message.number).field("member", message.member);
  out.field("level", message.level).field("level_number", message.level_number);
  out.field("as_of", message.as_of).amount_field("owed", message.owed_minor, unit.scale);
  out.field("unit", unit.code).array("charges");
  for (const auto& [number, open] : message.charges)
    out.open().field("charge", number).amount_field("open", open, unit.scale).close();
  out.end_array().field("fee_charge", message.fee_charge).field("made_at", message.made_at);
  out.field("made_by", message.made_by).field("state", reminders::text_of(message.state));
  out.field("ended_at", message.ended_at).text_or_null("reason", message.reason);
  out.field("failures", message.failures).field("next_attempt_at", message.next_attempt_at);
  out.text_or_null("last_outcome", message.last_outcome).close();
}

std::string message_json(const reminders::Message& message, UnitDirectory& units) {
  JsonWriter out;
  write_message(out, message, units);
  return out.take();
}

void write_proposed_reminder(JsonWriter& out, const reminders::ProposedReminder& one, UnitDirectory& units) {
  const Unit unit = units.of(one.unit);
  out.open().field("member", one.member).amount_field("overdue", one.overdue_minor, unit.scale);
  out.field("unit", unit.code).field("overdue_since", one.overdue_since).array("charges");
  for (const ChargeNumber charge : one.charges) out.value(charge);
  out.end_array().field("message", one.message);
  if (one.level) out.field("level", *one.level);
  else out.field("because", reminders::text_of(*one.because_not));
  out.close();
}

/// {"as_of","reminders":n,"not_reminded":{"paused":n,…},"messages":[…],"left_out":[…]}
std::string proposals_json(const std::vector<reminders::ProposedReminder>& list, Day day,
                           UnitDirectory& units) {
  std::map<std::string_view, std::int64_t> counts;
  std::int64_t reminded = 0;
  for (const reminders::ProposedReminder& one : list)
    if (one.level) ++reminded;
    else ++counts[reminders::text_of(*one.because_not)];
  JsonWriter out;
  out.open().field("as_of", day).field("reminders", reminded).object("not_reminded");
  for (const auto& [because, count] : counts) out.field(because, count);
  out.close();
  for (const bool is_reminded : {true, false}) {
    out.array(is_reminded ? "messages" : "left_out");
    std::size_t named = 0;
    for (const reminders::ProposedReminder& one : list)
      if (one.level.has_value() == is_reminded && named++ < most_named)
        write_proposed_reminder(out, one, units);
    out.end_array();
  }
  out.close();
  return out.take();
}

}  // namespace

Answer write_reminders(Tx& tx, const Call& call, Services& services) {
  call.require_no_fields();
  const Day day = today_of(call);
  return ok(
      proposals_json(reminders::write_reminders(tx, call.node(), day, call.author()), day, services.units));
}

Answer list_messages(const Call& call, Services& services) {
  const Page page = call.page();
  const auto before = int_before(call, page);
  reminders::MessageFilter filter;
  if (call.query("state")) filter.state = call.query_parsed("state", reminders::message_state_from);
  const auto found = services.database.in_snapshot([&](Tx& tx) {
    filter.party = asked_party_in(tx, call, "member");
    return reminders::list_messages(tx, call.node().id, filter, before, page.limit + 1);
  });
  return page_answer(
      call, page, found,
      [&](JsonWriter& out, const reminders::Message& message) {
        write_message(out, message, services.units);
      },
      [](Cursor& place, const reminders::Message& last) { place.add(std::int64_t{last.number}); });
}

Answer show_message(const Call& call, Services& services) {
  return ok(message_json(services.database.in_snapshot([&](Tx& tx) {
    return reminders::read_message(tx, call.node().id, asked_message(call));
  }),
                         services.units));
}

Answer show_letter(const Call& call, Services& services) {
  const reminders::Letter letter = services.database.in_snapshot([&](Tx& tx) {
    const auto message = reminders::read_message(tx, call.node().id, asked_message(call));
    const Day day = today_of(call);
    const auto standing = reminders::standing_of(tx, call.node().id, message, day);
    return reminders::letter_of(tx, call.node(), message, standing, day);
  });
  std::string text = "To: " + letter.to_name;
  if (!letter.to_address.empty()) text += " <" + letter.to_address + ">";
  return content("text/plain; charset=utf-8", text + "\nSubject: " + letter.subject + "\n\n" + letter.body);
}

Answer drop_message(Tx& tx, const Call& call, Services& services) {
  const std::string reason = asked_reason(call);
  return ok(
      message_json(reminders::drop_message(tx, call.node().id, asked_message(call), reason, call.author()),
                   services.units));
}

}  // namespace coop::api
