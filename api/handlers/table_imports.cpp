#include "api/handlers/cost_handlers.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/report_query.hpp"
#include "api/handlers/table_form.hpp"
#include "api/json_writer.hpp"
#include "api/kept_answer.hpp"
#include "api/services.hpp"
#include "ledger/intake/member_intake_service.hpp"
#include "ledger/intake/payment_intake_service.hpp"
#include "ledger/intake/usage_intake_service.hpp"

namespace coop::api {

namespace {

constexpr std::uint64_t most_bytes = 8u << 20;
constexpr std::size_t most_told = 500;  // doubts told one by one; the rest is counted

// The table, which comes as text/csv. Throws Refused: media_type_unsupported, too_large.
std::string table_of(const Call& call) {
  if (call.content_type() != "text/csv")
    throw Refused{Refusal::media_type_unsupported, "send a table as text/csv"};
  const auto& file = call.request.body_file;
  const std::uint64_t size = file ? file->size() : call.request.body.size();
  if (size > most_bytes)
    throw Refused{Refusal::too_large, "the table has " + std::to_string(size) + " bytes, at most " +
                                          std::to_string(most_bytes) + " are read here: send it in parts"};
  return file ? file->read(0, static_cast<std::size_t>(size)) : call.request.body;
}

intake::Doubtful doubtful_in(const Call& call) {
  return call.query_truth("skip_doubtful", false) ? intake::Doubtful::skip : intake::Doubtful::stop;
}

void write_doubts(JsonWriter& out, std::string_view name, const std::vector<intake::IntakeDoubt>& doubts) {
  out.array(name);
  for (std::size_t i = 0; i < std::min(doubts.size(), most_told); ++i)
    out.open()
        .field("line", doubts[i].line)
        .text_or_null("column", doubts[i].column)
        .field("text", doubts[i].text)
        .field("taken", doubts[i].taken)
        .close();
  out.end_array();
}

/// Whether doubts and notes are told one by one. They quote the table and may name people, whom an answer
/// that is kept for good would name for ever.
enum class Told { all, counts };

std::string intake_json(const ImportedTable& imported, bool is_dry, Told told) {
  const intake::IntakeReport& report = imported.report;
  JsonWriter out;
  out.open();
  if (is_dry) out.field("dry_run", true);
  out.field("complete", report.is_complete).field("rows", report.rows);
  out.field("recorded", report.recorded).field("known", report.known);
  out.field("doubtful", static_cast<std::int64_t>(report.doubts.size()));
  const bool tells_all = told == Told::all;
  write_doubts(out, "doubts", tells_all ? report.doubts : std::vector<intake::IntakeDoubt>{});
  write_doubts(out, "notes", tells_all ? report.notes : std::vector<intake::IntakeDoubt>{});
  if (imported.more) imported.more(out);
  out.close();
  return out.take();
}

// What is asked for: the address, its parameters and the table.
books::Fingerprint content_of_table(const Call& call, const std::string& table) {
  std::string text = call.request.method + " " + call.request.path;
  for (const auto& [name, value] : call.request.query) text += "\n" + name + "=" + value;
  text += '\0';
  return books::fingerprint_of(text + table);
}

}  // namespace

Answer imported_answer(const Call& call, Services& services, const ImportTable& import) {
  const std::string table = table_of(call);
  const auto work = [&](Tx& tx) {
    const ImportedTable imported = import(tx, table);
    Answer answer = ok(intake_json(imported, call.dry_run, Told::all));
    answer.body_when_repeated = intake_json(imported, call.dry_run, Told::counts);
    return answer;
  };
  if (call.dry_run) return services.database.in_dry_tx(work);
  return answered_once(services.database, call, content_of_table(call, table), work);
}

Answer import_members(const Call& call, Services& services) {
  const intake::Doubtful doubtful = doubtful_in(call);
  return imported_answer(call, services, [&](Tx& tx, const std::string& table) {
    return ImportedTable{intake::import_members(tx, call.node(), table, doubtful, call.author())};
  });
}

Answer import_payments(const Call& call, Services& services) {
  const intake::Doubtful doubtful = doubtful_in(call);
  const std::string account = path_of(call, "account").value_or("");
  return imported_answer(call, services, [&](Tx& tx, const std::string& table) {
    return ImportedTable{intake::import_payments(tx, call.node(), table, account, doubtful, call.author())};
  });
}

Answer import_cost_usage(const Call& call, Services& services) {
  const intake::Doubtful doubtful = doubtful_in(call);
  return imported_answer(call, services, [&](Tx& tx, const std::string& table) {
    return ImportedTable{
        intake::import_usage(tx, call.node().id, call.path_value("code"), table, doubtful, call.author())};
  });
}

}  // namespace coop::api
