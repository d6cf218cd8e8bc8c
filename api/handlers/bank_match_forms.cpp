#include "api/handlers/bank_match_forms.hpp"

#include "api/handlers/dues_forms.hpp"
#include "api/handlers/text_limits.hpp"

namespace coop::api {

namespace {

// In the order of books::DimensionCodes.
constexpr std::array<std::string_view, 4> match_dimensions{"fund", "member", "cost_object", "tax_code"};

void write_reasons(JsonWriter& out, const std::vector<bank::Reason>& reasons) {
  out.array("reasons");
  for (const bank::Reason& reason : reasons)
    out.open().field("code", reason.code).field("words", reason.words).close();
  out.end_array();
}

void write_rule(JsonWriter& out, const std::optional<bank::UsedRule>& rule) {
  if (!rule) return;
  out.object("rule").field("number", rule->rule).field("version", rule->version).close();
}

void write_about_match(JsonWriter& out, const books::DimensionCodes& about) {
  for (std::size_t i = 0; i < match_dimensions.size(); ++i) out.field(match_dimensions[i], about[i]);
}

void write_proposed_part(JsonWriter& out, const bank::ProposedPart& part, const Unit& unit) {
  out.open().field("made", bank::text_of(part.made)).amount_field("amount", part.amount_minor, unit.scale);
  switch (part.made) {
    case bank::Made::found:
      out.field("entry", part.entry).field("posting_line", part.posting_line);
      break;
    case bank::Made::payment:
      out.field("payer", part.payer).text_or_null("for_member", part.for_member).field("charge", part.charge);
      break;
    case bank::Made::return_:
      out.field("collection", part.collection).field("collection_line", part.collection_line);
      out.text_or_null("return_code", part.return_code);
      break;
    case bank::Made::settlement:
      out.field("collection", part.collection);
      break;
    case bank::Made::order:
    case bank::Made::order_return:
      out.field("disbursement", part.disbursement).field("order", part.order);
      if (part.made == bank::Made::order_return) out.text_or_null("return_code", part.return_code);
      break;
    case bank::Made::entry:
      out.text_or_null("account", part.account).text_or_null("description", part.description);
      out.field("other_line", part.other_line);
      write_about_match(out, part.about);
      break;
  }
  out.close();
}

bank::ProposedPart proposed_part_from(const JsonValue& value, const Unit& unit) {
  const JsonObject fields{value,
                          {"made", "amount", "entry", "posting_line", "payer", "for_member", "charge",
                           "collection", "collection_line", "disbursement", "order", "return_code", "account",
                           "description", "other_line", "fund", "member", "cost_object", "tax_code"}};
  bank::ProposedPart part{minor_from(fields.require("amount"), unit),
                          fields.require("made").parsed(bank::made_from)};
  const auto number = [&](std::string_view name) -> std::optional<std::int64_t> {
    const auto field = fields.find(name);
    return field ? std::optional{field->number(1, most_number)} : std::nullopt;
  };
  const auto small = [&](std::string_view name) -> std::optional<int> {
    const auto given = number(name);
    return given ? std::optional{static_cast<int>(*given)} : std::nullopt;
  };
  if (const auto entry = number("entry")) part.entry = EntryNumber{*entry};
  part.posting_line = small("posting_line").value_or(0);
  part.payer = fields.text_or_empty("payer", any_text);
  part.for_member = fields.text_or_empty("for_member", any_text);
  if (const auto charge = number("charge")) part.charge = ChargeNumber{*charge};
  part.collection = small("collection");
  part.collection_line = small("collection_line");
  part.disbursement = small("disbursement");
  part.order = small("order");
  part.return_code = fields.text_or_empty("return_code", any_text);
  if (const auto account = fields.find("account")) {
    part.account = account->text(any_text);
    if (part.account.empty()) account->refuse(Refusal::account_unknown, "no account has an empty path");
  }
  part.description = fields.text_or_empty("description", any_text);
  if (const auto other = number("other_line")) part.other_line = bank::BankLineNumber{*other};
  for (std::size_t i = 0; i < match_dimensions.size(); ++i)
    if (const auto code = fields.find(match_dimensions[i])) part.about[i] = code->text(any_text);
  return part;
}

}  // namespace

void write_bank_match(JsonWriter& out, const bank::Match& match, const Unit& unit) {
  out.open().field("number", match.number).field("line", match.line);
  out.field("method", bank::text_of(match.method)).field("attended", match.is_attended);
  out.field("live", match.is_live).text_or_null("undone_because", match.end_reason);
  out.field("recorded_at", match.recorded_at);
  write_reasons(out, match.reasons);
  write_rule(out, match.rule);
  out.array("parts");
  for (const bank::MatchPart& part : match.parts) {
    out.open().field("entry", part.entry).field("posting_line", part.posting_line);
    out.amount_field("amount", part.amount_minor, unit.scale).field("made", bank::text_of(part.made));
    out.field("payment", part.payment).field("collection", part.collection);
    out.field("collection_line", part.collection_line).field("disbursement", part.disbursement);
    out.field("order", part.order).text_or_null("return_code", part.return_code);
    out.field("reversed_by", part.reversed_by).close();
  }
  out.end_array().close();
}

void write_bank_proposals(JsonWriter& out, const std::vector<bank::Proposal>& proposals, const Unit& unit,
                          bool sees_names) {
  for (const bank::Proposal& proposal : proposals) {
    out.open().field("method", bank::text_of(proposal.method)).field("certain", proposal.is_certain);
    out.field("score", proposal.score);
    out.array("reasons");
    for (const bank::Reason& reason : proposal.reasons) {
      out.open().field("code", reason.code).field("words", reason.words);
      if (sees_names && !reason.said.empty()) out.field("said", reason.said);
      out.close();
    }
    out.end_array();
    write_rule(out, proposal.rule);
    out.array("parts");
    for (const bank::ProposedPart& part : proposal.parts) write_proposed_part(out, part, unit);
    out.end_array().close();
  }
}

std::vector<bank::ProposedPart> bank_parts_from(const JsonValue& parts, const Unit& unit) {
  std::vector<bank::ProposedPart> all;
  for (const JsonValue& part : parts.elements()) all.push_back(proposed_part_from(part, unit));
  return all;
}

std::string bank_undo_json(const bank::UndoReport& report) {
  JsonWriter out;
  out.open().field("removed", report.removed).field("held_elsewhere", report.held_elsewhere).array("kept");
  for (const bank::KeptLine& line : report.kept)
    out.open().field("line", line.line).field("code", line.code).field("words", line.words).close();
  out.end_array().close();
  return out.take();
}

std::string bank_run_json(bank::BankImportNumber import, const bank::MatchRun& run) {
  JsonWriter out;
  out.open().field("import", import).field("complete", run.is_complete).field("looked_at", run.looked_at);
  out.field("matched", run.matched).object("by_method");
  for (const auto& [method, count] : run.by_method) out.field(bank::text_of(method), count);
  out.close().field("words", words_of(run)).field("left", run.left).field("refused", run.refused);
  out.array("refusals");
  for (const bank::RefusedLine& line : run.refusals)
    out.open().field("line", line.line).field("code", line.code).field("words", line.words).close();
  out.end_array().close();
  return out.take();
}

}  // namespace coop::api
