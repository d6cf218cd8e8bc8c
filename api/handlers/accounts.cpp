#include "api/handlers/account_forms.hpp"
#include "api/handlers/account_reader.hpp"
#include "api/handlers/handlers.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/books/account_list_store.hpp"
#include "ledger/books/account_service.hpp"
#include "ledger/values/money.hpp"

namespace coop::api {

namespace {

UnitByCode units_of(Services& services) {
  return [&services](std::string_view code) { return services.units.require(code); };
}

std::string account_json(Tx& tx, NodeId node, AccountId id) {
  JsonWriter out;
  write_account(out, books::read_account_line(tx, node, id));
  return out.take();
}

std::string account_address_of(const Call& call, const books::AccountDraft& draft) {
  std::string address = "/v1/nodes/" + call.node().name + "/accounts/";
  constexpr char digits[] = "0123456789ABCDEF";
  for (const char c : draft.path) {
    const auto code = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' || c == '-' ||
        c == '_') {
      address += c;
    } else {
      address += '%';
      address += digits[code >> 4];
      address += digits[code & 15];
    }
  }
  return address + "?unit=" + draft.unit;
}

}  // namespace

Answer add_account(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const auto draft =
      account_draft_from(JsonValue{body}, units_of(services), day_in_zone(call.now, call.node().time_zone));
  const books::Account account = books::open_account(tx, call.node().id, draft, call.author());
  return created(account_json(tx, call.node().id, account.id), account_address_of(call, draft));
}

Answer add_accounts(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"accounts"}};
  const Day today = day_in_zone(call.now, call.node().time_zone);
  const UnitByCode unit_of = units_of(services);
  std::vector<books::AccountDraft> drafts;
  for (const JsonValue& item : fields.require("accounts").elements())
    drafts.push_back(account_draft_from(item, unit_of, today));
  if (drafts.size() > books::most_drafts)
    fields.require("accounts")
        .refuse(Refusal::batch_too_large, "at most " + std::to_string(books::most_drafts) + " accounts");
  const int opened = drafts.empty() ? 0 : books::open_accounts(tx, call.node().id, drafts, call.author());
  JsonWriter out;
  out.open()
      .field("opened", opened)
      .field("existed", static_cast<std::int64_t>(drafts.size()) - opened)
      .close();
  return ok(out.take());
}

Answer change_account(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"title", "required", "limits", "opened_on"}};
  const books::Account account = asked_account(tx, call);
  const Unit unit = services.units.of(account.unit);
  books::AccountChange change;
  if (const auto title = fields.find("title")) change.title = title->text(200);
  if (const auto required = fields.find("required")) change.required = required_from(*required);
  if (const auto limits = fields.find("limits")) change.limits = limits_from(*limits, unit.scale);
  if (const auto opened_on = fields.find("opened_on")) change.opened_on = opened_on->day();
  books::change_account(tx, call.node().id, account.path, unit.code, change, call.author());
  return ok(account_json(tx, call.node().id, account.id));
}

Answer close_account(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"last_day"}};
  const Day last_day = fields.require("last_day").day();
  const books::Account account = asked_account(tx, call);
  books::close_account(tx, call.node().id, account.path, services.units.of(account.unit).code, last_day,
                       call.author());
  return ok(account_json(tx, call.node().id, account.id));
}

Answer reopen_account(Tx& tx, const Call& call, Services& services) {
  call.require_no_fields();
  const books::Account account = asked_account(tx, call);
  books::reopen_account(tx, call.node().id, account.path, services.units.of(account.unit).code,
                        call.author());
  return ok(account_json(tx, call.node().id, account.id));
}

}  // namespace coop::api
