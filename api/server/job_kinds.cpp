#include "api/server/job_kinds.hpp"

#include <boost/json.hpp>

#include "api/handlers/bank_match_forms.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "api/upload.hpp"
#include "api/verified_text.hpp"
#include "ledger/bank/import_service.hpp"
#include "ledger/dues/charge_service.hpp"
#include "ledger/journals/import_plan.hpp"
#include "ledger/journals/import_service.hpp"
#include "ledger/proof/verify_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

constexpr std::size_t most_told = 200;  // doubts told by name; the rest is counted

journals::Watch watch_of(jobs::JobAtWork& work) {
  journals::Watch watch;
  watch.progress = [&work](const journals::Progress& at) { work.tell(at.stage, at.done, at.total); };
  watch.cancelled = [&work] { return work.should_stop(); };
  return watch;
}

void write_doubts(JsonWriter& out, std::string_view name, const std::vector<journals::ImportDoubt>& doubts) {
  out.array(name);
  for (std::size_t i = 0; i < std::min(doubts.size(), most_told); ++i)
    out.open().field("place", doubts[i].place).field("text", doubts[i].text).close();
  out.end_array();
}

std::string report_json(const journals::ImportReport& report, bool is_preview) {
  JsonWriter out;
  out.open()
      .field("preview", is_preview)
      .field("complete", report.complete)
      .field("file_hash", report.file_hash);
  out.field("entries", report.entries).field("skipped", report.skipped).field("split_off", report.split_off);
  out.field("on_record_before", report.on_record_before).field("recorded", report.recorded).array("units");
  for (const auto& unit : report.units)
    out.open()
        .field("commodity", unit.commodity)
        .field("code", unit.code)
        .field("scale", unit.scale)
        .field("is_new", unit.is_new)
        .close();
  out.end_array().array("accounts");
  for (const auto& account : report.accounts) {
    out.open().field("name", account.name).field("path", account.path).field("unit", account.unit);
    out.field("type", books::text_of(account.type)).field("first_day", account.first_day);
    out.field("last_day", account.last_day).field("is_new", account.is_new);
    out.amount_field("sum", account.sum_minor, account.scale).close();
  }
  out.end_array().field("note_count", static_cast<std::int64_t>(report.notes.size()));
  write_doubts(out, "notes", report.notes);
  out.field("obstacle_count", static_cast<std::int64_t>(report.obstacles.size()));
  write_doubts(out, "obstacles", report.obstacles);
  out.close();
  return out.take();
}

std::string import_journal(jobs::JobAtWork& work, Database& database, const Clock& clock,
                           UnitDirectory& units) {
  const JsonDocument document{work.job().parameters_json};
  const JsonObject told{JsonValue{document},
                        {"node", "file", "preview", "virtual", "rounding_account", "ignore_assertions",
                         "commodities", "account_types"}};
  journals::ImportOptions options;
  options.may_run_hledger = false;  // a journal may include other files of this machine
  options.may_make_units = false;   // they are the operator's: POST /v1/units
  options.virtual_postings = journals::virtual_postings_from(told.require("virtual").text());
  if (const std::string account{told.require("rounding_account").text()}; !account.empty())
    options.rounding_account = account;
  options.ignore_assertions = told.require("ignore_assertions").truth();
  for (const auto& pair : told.require("commodities").texts(200)) journals::add_commodity(options, pair);
  for (const auto& pair : told.require("account_types").texts(400)) journals::add_account_type(options, pair);
  const std::string node{told.require("node").text()};
  const std::filesystem::path file{std::string{told.require("file").text()}};
  if (!std::filesystem::exists(file))
    throw Refused{Refusal::import_unreadable, "the uploaded file is no longer kept: send it again"};
  const bool is_preview = told.require("preview").truth();
  const journals::Watch watch = watch_of(work);
  const books::Author author{work.job().created_by, clock()};
  const journals::ImportReport report =
      is_preview ? journals::preview_import(database, node, file, options, watch)
                 : journals::import_journal(database, node, file, options, author, watch);
  units.refresh();
  if (report.complete || (is_preview && !work.should_stop())) Uploads::forget(file);
  return report_json(report, is_preview);
}

std::string verify_books(jobs::JobAtWork& work, DatabaseSettings database) {
  const JsonDocument document{work.job().parameters_json};
  const JsonObject told{JsonValue{document}, {"node"}};
  std::stop_source stop;
  proof::VerifyOptions options;
  options.node = std::string{told.require("node").text()};
  options.stop = stop.get_token();
  options.on_progress = [&](const proof::VerifyProgress& at) {
    work.tell("verifying", at.entries_done, at.entries_total);
    if (work.should_stop()) stop.request_stop();
  };
  database.statement_timeout_ms = 0;
  return json_of(proof::verify(database, options));
}

std::string charge_dues(jobs::JobAtWork& work, Database& database, const Clock& clock) {
  const JsonDocument document{work.job().parameters_json};
  const JsonObject told{JsonValue{document}, {"node", "run"}};
  const auto run = static_cast<int>(told.require("run").number(1, std::numeric_limits<int>::max()));
  const NodeId node = work.job().node;
  const std::int64_t total = database.in_tx([&](Tx& tx) { return dues::count_dues_memberships(tx, node); });
  const auto author = [&] { return books::Author{work.job().created_by, clock()}; };
  const dues::WholeRun whole = dues::run_all(database, node, run, author, [&](std::int64_t done) {
    work.tell("charging", done, total);
    return !work.should_stop();
  });
  const std::int64_t done = whole.totals.memberships;
  work.tell("charging", done, total);
  const auto result = database.in_tx([&](Tx& tx) { return dues::read_run_result(tx, node, run); });
  JsonWriter out;
  out.open().field("run", run).field("complete", whole.is_complete).field("memberships", done);
  out.field("charged", result.charged).field("reversed", result.reversed).close();
  return out.take();
}

bank::FileWatch file_watch_of(jobs::JobAtWork& work) {
  return [&work](std::string_view stage, std::int64_t done, std::int64_t total) {
    work.tell(stage, done, total);
    return !work.should_stop();
  };
}

std::string read_bank_file(jobs::JobAtWork& work, Database& database, const Clock& clock, bool is_again) {
  const JsonDocument document{work.job().parameters_json};
  const JsonObject told{JsonValue{document}, {"node", "import", "fingerprint", "profile"}};
  const bank::BankImportNumber number{
      static_cast<std::int32_t>(told.require("import").number(1, std::numeric_limits<std::int32_t>::max()))};
  std::optional<bank::ReadingProfile> given;
  if (const auto profile = told.find("profile"))
    given =
        bank::reading_profile_from(boost::json::parse(profile->text()), told.require("fingerprint").text());
  const books::Author author{work.job().created_by, clock()};
  const auto watch = file_watch_of(work);
  const auto import = is_again
                          ? bank::read_file_again(database, work.job().node, number, given, author, watch)
                          : bank::read_file(database, work.job().node, number, author, watch);
  JsonWriter out;
  out.open().field("import", import.number).field("state", bank::text_of(import.state));
  out.text_or_null("code", import.code).text_or_null("words", import.words).close();
  return out.take();
}

// Takes a file in, unless that is done already, and matches what is certain of it.
std::string match_bank_lines(jobs::JobAtWork& work, Database& database, const Clock& clock) {
  const JsonDocument document{work.job().parameters_json};
  const JsonObject told{JsonValue{document}, {"node", "import", "take_in", "although_it_contradicts"}};
  const bank::BankImportNumber import{
      static_cast<std::int32_t>(told.require("import").number(1, std::numeric_limits<std::int32_t>::max()))};
  const NodeId node = work.job().node;
  const auto author = [&] { return books::Author{work.job().created_by, clock()}; };
  const auto state = database.in_snapshot([&](Tx& tx) { return bank::read_import(tx, node, import).state; });
  const bool is_waiting = told.truth_or("take_in", false) && state != bank::ImportState::taken_in;
  if (is_waiting &&
      !bank::take_in_watched(database, node, import, told.truth_or("although_it_contradicts", false),
                             author(), file_watch_of(work)))
    return bank_run_json(import, {});
  return bank_run_json(
      import, bank::match_unattended(database, node, import, {}, author, [&](const bank::MatchRun& run) {
        work.tell("matching", run.looked_at, run.total);
        return !work.should_stop();
      }));
}

}  // namespace

std::map<std::string, jobs::JobWork> job_kinds(Database& database, const Clock& clock, UnitDirectory& units) {
  return {
      {"verify", [&](jobs::JobAtWork& work) { return verify_books(work, database.settings()); }},
      {"charge_dues", [&](jobs::JobAtWork& work) { return charge_dues(work, database, clock); }},
      {"read_bank_file", [&](jobs::JobAtWork& work) { return read_bank_file(work, database, clock, false); }},
      {"read_bank_file_again",
       [&](jobs::JobAtWork& work) { return read_bank_file(work, database, clock, true); }},
      {"match_bank_lines", [&](jobs::JobAtWork& work) { return match_bank_lines(work, database, clock); }},
      {"import_journal",
       [&](jobs::JobAtWork& work) { return import_journal(work, database, clock, units); }}};
}

}  // namespace coop::api
