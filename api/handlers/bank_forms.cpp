#include "api/handlers/bank_forms.hpp"

#include <boost/json.hpp>

#include "ledger/bank/bank_account_store.hpp"
#include "ledger/statements/file_words.hpp"

namespace coop::api {

namespace {

void write_import_fields(JsonWriter& out, const bank::BankImport& import) {
  out.field("number", import.number).field("state", bank::text_of(import.state));
  out.field("name", import.file_name).field("sha256", import.file_hash).field("bytes", import.file_size);
  out.field("account", import.account).text_or_null("code", import.code).text_or_null("words", import.words);
  out.field("recorded_at", import.recorded_at);
}

void write_line_counts(JsonWriter& out, const bank::LineCounts& counts) {
  out.object("counts").field("lines", counts.lines).field("fresh", counts.fresh).field("known", counts.known);
  out.field("live", counts.live).close();
}

void write_statement_preview(JsonWriter& out, const bank::StatementPreview& preview, const Unit& unit) {
  const bank::BankStatement& one = preview.statement;
  out.open().field("position", one.position).field("account", one.account);
  out.field("form", statements::text_of(one.file_kind)).field("purpose", statements::text_of(one.purpose));
  out.text_or_null("identifier", one.identifier).text_or_null("bank_id", one.bank_id);
  out.text_or_null("sequence", one.sequence).field("unit", unit.code);
  out.maybe_amount("opening", one.opening_minor, unit.scale)
      .maybe_amount("closing", one.closing_minor, unit.scale);
  out.field("first_day", one.first_day).field("last_day", one.last_day).field("closing_on", one.closing_on);
  out.field("lines", one.line_count).amount_field("sum", one.sum_minor, unit.scale);
  out.field("proof", statements::text_of(one.proof));
  out.amount_field("difference", one.difference_minor, unit.scale);
  out.field("joint", statements::text_of(preview.continuity.joint));
  write_line_counts(out, preview.counts);
  out.field("words", preview.words).close();
}

void write_texts(JsonWriter& out, std::string_view name, const std::vector<std::string>& texts, bool shown) {
  out.array(name);
  for (const std::string& text : texts)
    if (shown) out.value(text);
  out.end_array();
}

// What stands in the way of reading a file, and the profile that the answers go into.
void write_survey(JsonWriter& out, const statements::FileSurvey& survey, bool sees_cells) {
  const bool is_qif = survey.form == statements::FileKind::qif;
  const bank::ReadingProfile profile{is_qif ? std::string{bank::qif_fingerprint} : survey.csv.fingerprint,
                                     survey.form, survey.csv, survey.qif};
  out.open().text_or_null("file", survey.name).field("fingerprint", profile.fingerprint);
  out.name("profile").raw(boost::json::serialize(bank::json_of(profile)));
  out.array("questions");
  for (const statements::CsvQuestion& question : survey.questions) {
    out.open().field("code", question.code).field("words", question.text);
    out.text_or_null("column", question.column);
    write_texts(out, "choices", question.answers, true);
    write_texts(out, "samples", question.samples, sees_cells);
    out.close();
  }
  out.end_array().array("columns");
  for (const statements::SurveyedColumn& column : survey.columns) {
    out.open().field("column", column.column).text_or_null("title", column.title);
    write_texts(out, "samples", column.samples, sees_cells);
    out.close();
  }
  out.end_array().close();
}

void write_detail(JsonWriter& out, const bank::BankDetail& detail, const Unit& unit, bool sees_names) {
  const auto shown = [&](std::string_view name, const std::string& text) {
    out.text_or_null(name, sees_names ? text : std::string{});
  };
  out.open().maybe_amount("amount", detail.amount_minor, unit.scale);
  shown("name", detail.counterparty.name);
  shown("ultimate_name", detail.counterparty.ultimate_name);
  shown("account", detail.counterparty.account);
  out.text_or_null("bank", detail.counterparty.bank).text_or_null("reference", detail.references.structured);
  out.text_or_null("end_to_end", detail.references.end_to_end)
      .text_or_null("mandate", detail.references.mandate);
  out.text_or_null("message", detail.references.message);
  out.text_or_null("payment_group", detail.references.payment_group);
  shown("words", detail.words);
  out.text_or_null("return_code", detail.return_code);
  out.amount_field("charges", detail.charges_minor, unit.scale).close();
}

}  // namespace

BankUnits bank_units(Tx& tx, NodeId node, UnitDirectory& units) {
  BankUnits found;
  for (const bank::BankAccount& account : bank::read_bank_accounts(tx, node))
    found.emplace(account.number, units.of(account.unit));
  return found;
}

void write_bank_account(JsonWriter& out, const bank::BankAccount& account, const Unit& unit) {
  out.open().field("number", account.number).field("account", account.path).field("unit", unit.code);
  out.field("kind", bank::text_of(account.kind)).text_or_null("identifier", account.identifier);
  out.field("title", account.title).field("flips_reversals", account.flips_reversals);
  out.text_or_null("suspense", account.suspense);
  out.field("closed", account.is_closed).field("recorded_at", account.recorded_at).close();
}

void write_bank_import(JsonWriter& out, const bank::BankImport& import) {
  out.open();
  write_import_fields(out, import);
  out.close();
}

std::string bank_preview_json(const bank::ImportPreview& preview, const BankUnits& units, bool sees_cells) {
  JsonWriter out;
  out.open();
  write_import_fields(out, preview.import);
  out.array("statements");
  for (const bank::StatementPreview& one : preview.statements)
    write_statement_preview(out, one, units.at(one.statement.account.value()));
  out.end_array().array("notes");
  for (const statements::Note& note : preview.notes)
    out.open().field("code", note.code).field("place", note.place).field("words", note.text).close();
  out.end_array().name("survey");
  if (preview.survey) write_survey(out, *preview.survey, sees_cells);
  else out.value(std::nullopt);
  out.close();
  return out.take();
}

void write_bank_line(JsonWriter& out, const bank::BankLine& line, const Unit& unit, bool sees_names) {
  out.open()
      .field("number", line.number)
      .field("account", line.account)
      .field("state", bank::text_of(line.state));
  out.field("status", statements::text_of(line.status)).field("booked_on", line.booked_on);
  out.field("valued_on", line.valued_on).amount_field("amount", line.amount_minor, unit.scale);
  out.field("unit", unit.code).amount_field("charges", line.charges_minor, unit.scale);
  out.field("reversal", line.is_reversal)
      .text_or_null("bank_id", line.bank_id)
      .text_or_null("code", line.code);
  out.text_or_null("words", sees_names ? line.words : std::string{});
  out.field("import", line.import).field("statement", line.statement).field("place", line.place);
  out.text_or_null("raw", sees_names ? line.raw : std::string{});
  out.array("payments");
  for (const bank::BankDetail& detail : line.details) write_detail(out, detail, unit, sees_names);
  out.end_array();
  out.field("waits_for_details", line.state == bank::LineState::open && bank::waits_for_details(line))
      .close();
}

}  // namespace coop::api
