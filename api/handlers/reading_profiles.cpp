#include <boost/json.hpp>

#include "api/handlers/bank_forms.hpp"
#include "api/handlers/job_forms.hpp"
#include "api/handlers/reconciling_handlers.hpp"
#include "api/json_reader.hpp"
#include "api/services.hpp"
#include "ledger/bank/bank_account_service.hpp"
#include "ledger/bank/import_service.hpp"

namespace coop::api {

namespace {

bank::BankAccountNumber profile_account(const Call& call) {
  return bank::BankAccountNumber{call.path_int("number", Refusal::bank_account_unknown)};
}

void write_saved(JsonWriter& out, const bank::SavedProfile& saved) {
  out.open().field("bank_account", saved.account).field("fingerprint", saved.profile.fingerprint);
  out.name("profile").raw(boost::json::serialize(bank::json_of(saved.profile)));
  out.field("recorded_at", saved.recorded_at).close();
}

}  // namespace

Answer list_reading_profiles(const Call& call, Services& services) {
  const auto saved = services.database.in_snapshot([&](Tx& tx) {
    const auto account = bank::read_bank_account(tx, call.node().id, profile_account(call));
    return bank::read_reading_profiles(tx, call.node().id, account.number);
  });
  JsonWriter out;
  out.open().array("items");
  for (const bank::SavedProfile& one : saved) write_saved(out, one);
  out.end_array().close();
  return ok(out.take());
}

Answer save_reading_profile(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const auto profile =
      bank::reading_profile_from(body.root(), bank::fingerprint_from(call.path_value("fingerprint")));
  JsonWriter out;
  write_saved(out,
              bank::save_reading_profile(tx, call.node().id, profile_account(call), profile, call.author()));
  return ok(out.take());
}

Answer read_bank_file_again(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"fingerprint", "profile"}};
  const bank::BankImportNumber number{call.path_int("number", Refusal::bank_import_unknown)};
  const auto import = bank::read_import(tx, call.node().id, number);
  bank::require_unreadable(import);
  JsonWriter told;
  told.open().field("node", call.node().name).field("import", number);
  if (const auto profile = fields.find("profile")) {
    const std::string fingerprint = fields.require("fingerprint").parsed(bank::fingerprint_from);
    profile->judged([&] { bank::reading_profile_from(body.root().at("profile"), fingerprint); });
    told.field("fingerprint", fingerprint);
    told.field("profile", boost::json::serialize(body.root().at("profile")));
  }
  told.close();
  if (!call.dry_run)
    return job_started(tx, call, services, {"read_bank_file_again", told.take(), std::nullopt});
  JsonWriter out;
  write_bank_import(out, import);
  return ok(out.take());
}

}  // namespace coop::api
