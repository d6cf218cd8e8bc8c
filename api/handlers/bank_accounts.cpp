#include "api/handlers/bank_forms.hpp"
#include "api/handlers/dues_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/report_query.hpp"
#include "api/json_reader.hpp"
#include "api/services.hpp"
#include "ledger/bank/bank_account_service.hpp"
#include "reports/bank_proof.hpp"

namespace coop::api {

namespace {

bank::BankAccountNumber asked_account(const Call& call) {
  return bank::BankAccountNumber{call.path_int("number", Refusal::bank_account_unknown)};
}

std::string bank_account_json(const bank::BankAccount& account, UnitDirectory& units) {
  JsonWriter out;
  write_bank_account(out, account, units.of(account.unit));
  return out.take();
}

Answer set_closed(Tx& tx, const Call& call, Services& services, bool is_closed) {
  call.require_no_fields();
  return ok(bank_account_json(
      bank::set_bank_account_closed(tx, call.node().id, asked_account(call), is_closed, call.author()),
      services.units));
}

}  // namespace

Answer list_bank_accounts(const Call& call, Services& services) {
  const auto accounts =
      services.database.in_snapshot([&](Tx& tx) { return bank::read_bank_accounts(tx, call.node().id); });
  JsonWriter out;
  out.open().array("items");
  for (const bank::BankAccount& account : accounts)
    write_bank_account(out, account, services.units.of(account.unit));
  out.end_array().close();
  return ok(out.take());
}

Answer add_bank_account(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"account", "unit", "kind", "identifier", "title"}};
  bank::BankAccountDraft draft{.path = std::string{fields.require("account").text()},
                               .unit = unit_from(fields, services.units).id,
                               .title = std::string{fields.require("title").text()}};
  if (const auto kind = fields.find("kind")) draft.kind = kind->parsed(bank::bank_account_kind_from);
  if (const auto identifier = fields.find("identifier"))
    draft.identifier = identifier->parsed(bank::identifier_of);
  const auto account = bank::open_bank_account(tx, call.node().id, draft, call.author());
  return created(bank_account_json(account, services.units),
                 call.request.path + "/" + std::to_string(account.number.number()));
}

Answer show_bank_account(const Call& call, Services& services) {
  const auto account = services.database.in_snapshot(
      [&](Tx& tx) { return bank::read_bank_account(tx, call.node().id, asked_account(call)); });
  return ok(bank_account_json(account, services.units));
}

Answer change_bank_account(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"suspense"}};
  const auto number = asked_account(call);
  if (!fields.gives("suspense"))
    return ok(bank_account_json(bank::read_bank_account(tx, call.node().id, number), services.units));
  std::string path;
  if (const auto suspense = fields.find("suspense")) {
    path = suspense->text();
    if (path.empty()) suspense->refuse(Refusal::account_unknown, "no account has an empty path");
  }
  return ok(
      bank_account_json(bank::set_suspense(tx, call.node().id, number, path, call.author()), services.units));
}

Answer close_bank_account(Tx& tx, const Call& call, Services& services) {
  return set_closed(tx, call, services, true);
}

Answer reopen_bank_account(Tx& tx, const Call& call, Services& services) {
  return set_closed(tx, call, services, false);
}

Answer report_reconciliation(const Call& call, Services& services) {
  const Day as_of = call.query_day("as_of").value_or(today_of(call));
  const auto known_at = call.query_instant("known_at");
  const auto table = services.database.in_snapshot([&](Tx& tx) {
    const auto account = bank::read_bank_account(tx, call.node().id, asked_account(call));
    return reports::table_of_reconciliation(
        reports::read_report_node(tx, call.node().id),
        reports::read_reconciliation(tx, call.node().id, account, services.units.of(account.unit), as_of,
                                     call.may(access::Action::read_profiles), known_at));
  });
  return table_answer(table, format_of(call));
}

Answer report_bank_proof(const Call& call, Services& services) {
  const Day as_of = call.query_day("as_of").value_or(today_of(call));
  const auto known_at = call.query_instant("known_at");
  const auto table = services.database.in_snapshot([&](Tx& tx) {
    const auto proofs = reports::read_bank_proofs(
        tx, call.node().id, as_of, [&](UnitId id) { return services.units.of(id); }, known_at);
    return reports::table_of_bank_proofs(reports::read_report_node(tx, call.node().id), {as_of, known_at},
                                         proofs);
  });
  return table_answer(table, format_of(call));
}

}  // namespace coop::api
