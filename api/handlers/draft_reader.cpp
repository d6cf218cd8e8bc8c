#include "api/handlers/draft_reader.hpp"

#include "ledger/values/money.hpp"

namespace coop::api {

namespace {

constexpr std::size_t any_length =
    4'000;  // the books judge the lengths; this only bounds what is kept meanwhile

}  // namespace

DraftReader::DraftReader(UnitDirectory& units, bool may_wait)
    : directory_{units}, may_wait_{may_wait}, units_{units.at_hand()} {}

books::Draft DraftReader::draft_from(JsonValue entry, const books::Fingerprint& key,
                                     std::optional<UserId> asked_by) {
  const JsonObject fields{entry, {"booked_on", "description", "reference", "source", "late", "postings"}};
  books::Draft draft{key,
                     asked_by,
                     fields.require("booked_on").day(),
                     books::LateEntry::refuse,
                     fields.text_or_empty("description", any_length),
                     fields.text_or_empty("reference", any_length),
                     fields.text_or_empty("source", any_length),
                     std::nullopt,
                     std::nullopt,
                     postings_from(fields.require("postings"))};
  if (const auto late = fields.find("late")) draft.late = late->parsed(late_from);
  return draft;
}

books::HoldDraft DraftReader::hold_from(JsonValue hold, const books::Fingerprint& key,
                                        std::optional<UserId> asked_by) {
  const JsonObject fields{hold, {"expires_at", "description", "reference", "postings"}};
  books::HoldDraft draft{key,
                         asked_by,
                         std::nullopt,
                         fields.text_or_empty("description", any_length),
                         fields.text_or_empty("reference", any_length),
                         postings_from(fields.require("postings"))};
  if (const auto expires_at = fields.find("expires_at")) draft.expires_at = expires_at->instant();
  return draft;
}

std::vector<books::DraftPosting> DraftReader::postings_from(JsonValue postings) {
  std::vector<books::DraftPosting> lines;
  const auto elements = postings.elements();
  lines.reserve(elements.size());
  for (const JsonValue& element : elements) lines.push_back(posting_from(element));
  return lines;
}

books::DraftPosting DraftReader::posting_from(JsonValue posting) {
  const JsonObject fields{posting,
                          {"account", "amount", "unit", "fund", "member", "cost_object", "tax_code", "note"}};
  const std::string_view account = fields.require("account").text();
  const JsonValue amount = fields.require("amount");
  const std::string_view amount_text = amount.amount();
  const Unit& unit = unit_from(fields.require("unit"));
  const std::int64_t minor =
      amount.parsed([&](std::string_view) { return minor_from_text(amount_text, unit.scale); });
  books::DraftPosting line{
      std::string{account}, Money::of_minor(minor, unit.id), {}, fields.text_or_empty("note", any_length)};
  for (std::size_t i = 0; i < books::dimension_kinds.size(); ++i)
    if (const auto code = fields.find(books::text_of(books::dimension_kinds[i])))
      line.about[i] = code->text(any_length);
  return line;
}

const Unit& DraftReader::unit_from(JsonValue code) {
  const std::string_view text = code.text();
  if (units_)
    if (const Unit* unit = units_->find(text)) return *unit;
  if (may_wait_) {
    units_ = directory_.refresh();
    may_wait_ = false;
    if (const Unit* unit = units_->find(text)) return *unit;
  }
  code.refuse(Refusal::unit_unknown, "there is no unit '" + std::string{text.substr(0, 60)} + "'");
}

books::LateEntry late_from(std::string_view text) {
  if (text == "refuse") return books::LateEntry::refuse;
  if (text == "first_open_day") return books::LateEntry::first_open_day;
  throw Refused{Refusal::field_invalid, "'refuse' or 'first_open_day' is expected"};
}

}  // namespace coop::api
