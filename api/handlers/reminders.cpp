#include "api/handlers/dues_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/services.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/reminders/level_service.hpp"
#include "ledger/reminders/pause_service.hpp"

namespace coop::api {

namespace {

constexpr std::size_t any_reminder_text = 24'000;  // the reminders judge the lengths

std::string setting_json(const reminders::ReminderSetting& setting, const Unit& base) {
  JsonWriter out;
  out.open().field("sends", setting.sends);
  out.amount_field("minimum", setting.minimum_minor, base.scale).field("unit", base.code);
  out.text_or_null("reply_to", setting.reply_to).field("language", setting.language).close();
  return out.take();
}

void write_level(JsonWriter& out, const reminders::ReminderLevel& level, UnitDirectory& units) {
  out.open().field("level", level.level).field("number", level.number).field("from_on", level.from_on);
  out.field("closed", level.closed).field("after_days", level.after_days).name("fee");
  if (level.fee) {
    const Unit unit = units.of(level.fee->unit);
    out.open().amount_field("amount", level.fee->minor, unit.scale).field("unit", unit.code);
    out.field("charged", level.fee->is_charged).close();
  } else {
    out.value(std::nullopt);
  }
  out.text_or_null("decision", level.decision).array("texts");
  for (const reminders::ReminderText& text : level.texts)
    out.open()
        .field("language", text.language)
        .field("subject", text.subject)
        .field("body", text.body)
        .close();
  out.end_array().close();
}

std::optional<reminders::ReminderFee> fee_from(const JsonObject& fields, UnitDirectory& units) {
  const auto fee = fields.find("fee");
  if (!fee) return std::nullopt;
  const JsonObject parts{*fee, {"amount", "unit", "charged"}};
  const AskedAmount amount = amount_from(parts, units);
  return reminders::ReminderFee{amount.unit.id, amount.minor, parts.truth_or("charged", false)};
}

void write_pause(JsonWriter& out, const reminders::ReminderPause& pause) {
  out.open().field("number", pause.number).field("from_on", pause.from_on);
  out.field("until_on", pause.until_on).field("reason", pause.reason);
  out.field("recorded_at", pause.recorded_at).field("ended_on", pause.last_on);
  out.text_or_null("ended_because", pause.ended_because).close();
}

std::string pause_json(const reminders::ReminderPause& pause) {
  JsonWriter out;
  write_pause(out, pause);
  return out.take();
}

void write_noticed(JsonWriter& out, const reminders::NoticedPayment& noticed, UnitDirectory& units) {
  const Unit unit = units.of(noticed.unit);
  out.open().field("number", noticed.number).field("member", noticed.payer_number);
  out.amount_field("amount", noticed.minor, unit.scale).field("unit", unit.code);
  out.field("noticed_on", noticed.noticed_on).text_or_null("reference", noticed.reference);
  out.field("recorded_at", noticed.recorded_at).field("settled", noticed.is_settled);
  out.field("payment", noticed.payment).text_or_null("reason", noticed.settled_because).close();
}

std::string noticed_json(const reminders::NoticedPayment& noticed, UnitDirectory& units) {
  JsonWriter out;
  write_noticed(out, noticed, units);
  return out.take();
}

}  // namespace

Answer show_reminder_setting(const Call& call, Services& services) {
  const auto setting = services.database.in_snapshot(
      [&](Tx& tx) { return reminders::read_reminder_setting(tx, call.node().id); });
  return ok(setting_json(setting, services.units.of(call.node().base_unit)));
}

Answer set_reminder_setting(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"sends", "minimum", "reply_to", "language"}};
  const Unit base = services.units.of(call.node().base_unit);
  reminders::ReminderSetting setting;
  setting.sends = fields.truth_or("sends", false);
  if (const auto minimum = fields.find("minimum")) setting.minimum_minor = minor_from(*minimum, base);
  if (const auto reply_to = fields.find("reply_to")) {
    setting.reply_to = reply_to->text(any_reminder_text);
    if (setting.reply_to.empty()) reply_to->refuse(Refusal::field_invalid, "an e-mail address is expected");
  }
  if (const auto language = fields.find("language")) setting.language = language->text(any_reminder_text);
  JsonValue{body}.judged(
      [&] { reminders::set_reminder_setting(tx, call.node().id, setting, call.author()); });
  return ok(setting_json(setting, base));
}

Answer list_reminder_levels(const Call& call, Services& services) {
  const auto levels =
      services.database.in_snapshot([&](Tx& tx) { return reminders::read_levels(tx, call.node().id); });
  JsonWriter out;
  out.open().array("items");
  for (const reminders::ReminderLevel& level : levels) write_level(out, level, services.units);
  out.end_array().field("next", std::nullopt).close();
  return ok(out.take());
}

Answer add_reminder_level(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(256u << 10)};
  const JsonObject fields{JsonValue{body},
                          {"level", "from_on", "closed", "after_days", "fee", "texts", "decision"}};
  reminders::ReminderLevel level{
      .level = static_cast<int>(fields.require("level").number(1, 9)),
      .number = 0,
      .from_on = fields.require("from_on").day(),
      .closed = fields.truth_or("closed", false),
      .after_days = static_cast<int>(fields.require("after_days").number(1, 3'660)),
      .fee = fee_from(fields, services.units),
      .decision = decision_from(fields)};
  if (const auto texts = fields.find("texts"))
    for (const JsonValue& text : texts->elements()) {
      const JsonObject parts{text, {"language", "subject", "body"}};
      level.texts.push_back({parts.require("language").text(any_reminder_text),
                             parts.require("subject").text(any_reminder_text),
                             parts.require("body").text(any_reminder_text)});
    }
  JsonWriter out;
  JsonValue{body}.judged([&] {
    write_level(out, reminders::add_level(tx, call.node().id, level, call.author()), services.units);
  });
  return created(out.take(), call.request.path);
}

Answer list_pauses(const Call& call, Services& services) {
  return services.database.in_snapshot([&](Tx& tx) {
    const members::Party party = members::read_party(tx, call.node().id, call.path_value("member"));
    JsonWriter out;
    out.open().array("items");
    for (const reminders::ReminderPause& pause : reminders::read_pauses(tx, call.node().id, party.id))
      write_pause(out, pause);
    out.end_array().field("next", std::nullopt).close();
    return ok(out.take());
  });
}

Answer begin_pause(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"from_on", "until_on", "reason"}};
  reminders::ReminderPause pause{.number = 0,
                                 .from_on = fields.require("from_on").day(),
                                 .until_on = {},
                                 .reason = reason_from(fields),
                                 .recorded_at = call.now};
  if (const auto until = fields.find("until_on")) pause.until_on = until->day();
  const auto begun =
      reminders::begin_pause(tx, call.node().id, call.path_value("member"), pause, call.author());
  return created(pause_json(begun), call.request.path);
}

Answer end_pause(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"last_on", "reason"}};
  const Day last_on = fields.require("last_on").day();
  const std::string reason = reason_from(fields);
  const int number = call.path_int("number", Refusal::pause_unknown);
  return ok(pause_json(reminders::end_pause(tx, call.node().id, call.path_value("member"), number, last_on,
                                            reason, call.author())));
}

Answer list_noticed_payments(const Call& call, Services& services) {
  const Page page = call.page();
  const auto before = int_before(call, page);
  reminders::NoticedFilter filter;
  if (const auto state = call.query_word("state", {"waiting", "settled"}))
    filter.settled = *state == "settled";
  const auto found = services.database.in_snapshot(
      [&](Tx& tx) { return reminders::list_noticed(tx, call.node().id, filter, before, page.limit + 1); });
  return page_answer(
      call, page, found,
      [&](JsonWriter& out, const reminders::NoticedPayment& noticed) {
        write_noticed(out, noticed, services.units);
      },
      [](Cursor& place, const reminders::NoticedPayment& last) { place.add(std::int64_t{last.number}); });
}

Answer notice_payment(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"member", "reference", "amount", "unit", "noticed_on"}};
  const AskedAmount amount = amount_from(fields, services.units);
  reminders::NoticedDraft draft{{}, {}, amount.unit.id, amount.minor, fields.require("noticed_on").day()};
  if (const auto member = fields.find("member")) draft.member = member_from(tx, call, *member);
  if (const auto reference = fields.find("reference"))
    draft.reference = reference->parsed(StructuredReference::parse);
  return created(
      noticed_json(reminders::notice_payment(tx, call.node().id, draft, call.author()), services.units),
      call.request.path);
}

Answer settle_noticed_payment(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"payment", "reason"}};
  const int number = call.path_int("number", Refusal::payment_unknown);
  std::optional<PaymentNumber> payment;
  if (const auto asked = fields.find("payment"))
    payment = PaymentNumber{asked->number(1, std::numeric_limits<std::int64_t>::max())};
  const std::string reason = payment && !fields.find("reason") ? "" : reason_from(fields);
  const auto settled = reminders::settle_noticed(tx, call.node().id, number, payment, reason, call.author());
  return ok(noticed_json(settled, services.units));
}

}  // namespace coop::api
