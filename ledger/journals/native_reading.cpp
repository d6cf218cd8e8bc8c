#include <algorithm>
#include <boost/json.hpp>

#include "ledger/journals/json_fields.hpp"
#include "ledger/journals/native_line.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

int scale_of(const Scales& scales, const std::string& unit) {
  const auto found = scales.find(unit);
  if (found != scales.end()) return found->second;
  throw Refused{Refusal::import_contradicts, "the unit " + unit + " is used before it is described"};
}

std::string uuid_in(JsonFields& fields, std::string_view name) {
  std::string text = fields.text(name);
  const bool is_uuid =
      text.size() == 36 &&
      std::all_of(text.begin(), text.end(),
                  [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-'; }) &&
      std::count(text.begin(), text.end(), '-') == 4;
  if (!is_uuid) refuse_unreadable("the field `" + std::string{name} + "` is not a uuid");
  return text;
}

int small_number(JsonFields& fields, std::string_view name) {
  const std::int64_t number = fields.number(name);
  if (number < 0 || number > 2'000'000'000)
    refuse_unreadable("the field `" + std::string{name} + "` is out of range");
  return static_cast<int>(number);
}

std::vector<books::Posting> postings_in(JsonFields& fields, const Scales& scales) {
  std::vector<books::Posting> postings;
  for (const boost::json::value& value : fields.array("postings")) {
    JsonFields posting = JsonFields::of(value);
    books::Posting line{};
    line.line = static_cast<int>(postings.size()) + 1;
    line.account = posting.text("account");
    line.unit = posting.text("unit");
    line.scale = scale_of(scales, line.unit);
    line.amount_minor = minor_from_text(posting.text("amount"), line.scale);
    for (const books::DimensionKind kind : books::dimension_kinds) {
      line.about[static_cast<std::size_t>(kind)] = posting.maybe_text(books::text_of(kind));
    }
    line.note = posting.text_or_empty("note");
    posting.require_no_more();
    postings.push_back(std::move(line));
  }
  return postings;
}

NativeLine read_head(JsonFields& fields, const Scales&) {
  if (fields.text("format") != "coopledger") refuse_unreadable("this is not a complete export of CoopLedger");
  NativeHead head{.version = small_number(fields, "version"),
                  .node = fields.text("node"),
                  .title = fields.text("title"),
                  .base_unit = fields.text("base_unit"),
                  .country = fields.text("country"),
                  .time_zone = fields.text("time_zone"),
                  .fiscal_month = small_number(fields, "fiscal_month"),
                  .fiscal_day = small_number(fields, "fiscal_day"),
                  .recorded_at = fields.instant("recorded_at"),
                  .exported_at = fields.instant("exported_at"),
                  .entries = fields.number("entries"),
                  .holds = fields.number("holds"),
                  .last_hash = hash_from_hex(fields.text("last_hash"))};
  return head;
}

NativeLine read_unit(JsonFields& fields, const Scales&) {
  return NativeUnit{fields.text("code"), fields.text("name"), small_number(fields, "scale"),
                    fields.text("origin")};
}

NativeLine read_dimension(JsonFields& fields, const Scales&) {
  return NativeDimension{small_number(fields, "id"), books::dimension_kind_from(fields.text("dimension")),
                         fields.text("code"), fields.text("name"), fields.instant("recorded_at")};
}

NativeLine read_account(JsonFields& fields, const Scales& scales) {
  NativeAccount account{.id = small_number(fields, "id"),
                        .path = fields.text("path"),
                        .unit = fields.text("unit"),
                        .type = books::account_type_from(fields.text("type")),
                        .title = fields.text_or_empty("title"),
                        .required = {},
                        .limits = {},
                        .opened_on = fields.day("opened_on"),
                        .closed_on = fields.maybe_day("closed_on"),
                        .recorded_at = fields.instant("recorded_at")};
  for (const boost::json::value& kind : fields.array("required")) {
    if (!kind.is_string()) refuse_unreadable("the field `required` is a list of texts");
    account.required.push_back(books::dimension_kind_from(std::string_view{kind.get_string()}));
  }
  const int scale = scale_of(scales, account.unit);
  if (const auto lower = fields.maybe_text("lower_limit"))
    account.limits.lower = minor_from_text(*lower, scale);
  if (const auto upper = fields.maybe_text("upper_limit"))
    account.limits.upper = minor_from_text(*upper, scale);
  return account;
}

NativeLine read_hold(JsonFields& fields, const Scales& scales) {
  return NativeHold{.number = fields.number("number"),
                    .made_at = fields.instant("made_at"),
                    .made_by = fields.maybe_text("made_by"),
                    .expires_at = fields.maybe_instant("expires_at"),
                    .description = fields.text("description"),
                    .reference = fields.text_or_empty("reference"),
                    .request_key = uuid_in(fields, "request_key"),
                    .content_hash = uuid_in(fields, "content_hash"),
                    .postings = postings_in(fields, scales)};
}

NativeLine read_entry(JsonFields& fields, const Scales& scales) {
  books::Entry entry{.number = EntryNumber{fields.number("number")},
                     .booked_on = fields.day("booked_on"),
                     .recorded_at = fields.instant("recorded_at"),
                     .recorded_by = fields.maybe_text("recorded_by"),
                     .document_on = fields.maybe_day("document_on"),
                     .description = fields.text("description"),
                     .reference = fields.text_or_empty("reference"),
                     .source = fields.text_or_empty("source"),
                     .reverses = {},
                     .reversed_by = {},
                     .hold = {},
                     .hash = hash_from_hex(fields.text("hash")),
                     .postings = postings_in(fields, scales)};
  if (const auto reverses = fields.maybe_number("reverses")) entry.reverses = EntryNumber{*reverses};
  if (const auto hold = fields.maybe_number("hold")) entry.hold = HoldNumber{*hold};
  return NativeEntry{std::move(entry), uuid_in(fields, "request_key"), uuid_in(fields, "content_hash")};
}

NativeLine read_checkpoint(JsonFields& fields, const Scales&) {
  std::string public_key = fields.text("public_key");
  if (public_key.size() != 64) refuse_unreadable("the field `public_key` is not 32 bytes in hexadecimal");
  std::string signature = fields.text("signature");
  if (signature.size() != 128) refuse_unreadable("the field `signature` is not 64 bytes in hexadecimal");
  return NativeCheckpoint{fields.number("entry"),    hash_from_hex(fields.text("hash")),
                          fields.instant("made_at"), fields.text("key_id"),
                          std::move(public_key),     std::move(signature)};
}

NativeLine read_hold_end(JsonFields& fields, const Scales&) {
  return NativeHoldEnd{fields.number("hold"), fields.text("end"), fields.instant("ended_at"),
                       fields.maybe_text("ended_by"), fields.maybe_number("entry")};
}

NativeLine read_lock(JsonFields& fields, const Scales&) {
  return NativeLock{small_number(fields, "number"), books::lock_kind_from(fields.text("lock")),
                    fields.day("through_on"),       fields.text("reason"),
                    fields.maybe_text("locked_by"), fields.instant("locked_at")};
}

NativeLine read_unlock(JsonFields& fields, const Scales&) {
  return NativeUnlock{small_number(fields, "lock"), fields.text("reason"), fields.maybe_text("lifted_by"),
                      fields.instant("lifted_at")};
}

NativeLine read_event(JsonFields& fields, const Scales&) {
  return NativeEvent{fields.number("number"),
                     fields.instant("recorded_at"),
                     fields.text("event"),
                     fields.maybe_number("first_entry"),
                     fields.maybe_number("last_entry"),
                     fields.maybe_text("body")};
}

NativeLine read_answer(JsonFields& fields, const Scales&) {
  return NativeAnswer{uuid_in(fields, "request_key"), uuid_in(fields, "content_hash"),
                      small_number(fields, "status"), fields.text("body"), fields.instant("recorded_at")};
}

NativeLine read_end(JsonFields& fields, const Scales&) {
  NativeEnd end{
      {}, hash_from_hex(fields.text("last_hash")), hash_from_hex(fields.text("file_hash"))};
  const auto& lines = fields.value("lines");
  if (!lines.is_object()) refuse_unreadable("the field `lines` is not an object");
  for (const auto& [kind, count] : lines.get_object()) {
    if (!count.is_int64()) refuse_unreadable("a number of lines is a whole number");
    end.lines.emplace(std::string{kind}, count.get_int64());
  }
  return end;
}

using ReadLine = NativeLine (*)(JsonFields&, const Scales&);

ReadLine reader_of(std::string_view kind) {
  static const std::map<std::string_view, ReadLine> readers{{"books", read_head},
                                                            {"unit", read_unit},
                                                            {"dimension", read_dimension},
                                                            {"account", read_account},
                                                            {"hold", read_hold},
                                                            {"entry", read_entry},
                                                            {"checkpoint", read_checkpoint},
                                                            {"hold_end", read_hold_end},
                                                            {"lock", read_lock},
                                                            {"unlock", read_unlock},
                                                            {"event", read_event},
                                                            {"answer", read_answer},
                                                            {"end", read_end}};
  const auto found = readers.find(kind);
  if (found == readers.end())
    refuse_unreadable("lines of the kind \"" + std::string{kind} + "\" are not known");
  return found->second;
}

}  // namespace

NativeLine native_line_from(std::string_view json, const Scales& scales) {
  boost::json::error_code error;
  boost::json::monotonic_resource memory;
  const auto value = boost::json::parse({json.data(), json.size()}, error, &memory);
  if (error) refuse_unreadable("not JSON: " + error.message());
  JsonFields fields = JsonFields::of(value);
  const std::string kind = fields.text("kind");
  const RowKind* row_kind = find_row_kind(kind);
  NativeLine line = row_kind ? native_row_from(*row_kind, fields) : reader_of(kind)(fields, scales);
  fields.require_no_more();
  return line;
}

}  // namespace coop::journals
