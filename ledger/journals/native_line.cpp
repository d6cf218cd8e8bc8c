#include "ledger/journals/native_line.hpp"

#include <array>

#include "ledger/journals/json_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

// In the order of NativeLine.
constexpr std::array<std::string_view, 14> kinds{"books", "unit",       "dimension", "account", "hold",
                                                 "entry", "checkpoint", "hold_end",  "lock",    "unlock",
                                                 "event", "answer",     "row",       "end"};
static_assert(std::variant_size_v<NativeLine> == kinds.size());

std::string maybe_amount(const std::optional<std::int64_t>& minor, int scale) {
  return minor ? text_from_minor(*minor, scale) : std::string{};
}

std::string postings_of(const std::vector<books::Posting>& postings) {
  std::string list{'['};
  for (const books::Posting& posting : postings) {
    if (list.size() > 1) list += ',';
    JsonObject object{list};
    object.text("account", posting.account)
        .text("unit", posting.unit)
        .text("amount", text_from_minor(posting.amount_minor, posting.scale));
    for (const books::DimensionKind kind : books::dimension_kinds) {
      object.maybe_text(books::text_of(kind), posting.about[static_cast<std::size_t>(kind)]);
    }
    object.text_if_any("note", posting.note);
    object.end();
  }
  return list += ']';
}

/// Writes the fields of each kind of line, after its first.
struct FieldsOf {
  JsonObject& object;
  const Scales& scales;

  void operator()(const NativeHead& head) const {
    object.text("format", "coopledger")
        .number("version", head.version)
        .text("node", head.node)
        .text("title", head.title)
        .text("base_unit", head.base_unit)
        .text("country", head.country)
        .text("time_zone", head.time_zone)
        .number("fiscal_month", head.fiscal_month)
        .number("fiscal_day", head.fiscal_day)
        .text("recorded_at", text_of(head.recorded_at))
        .text("exported_at", text_of(head.exported_at))
        .number("entries", head.entries)
        .number("holds", head.holds)
        .text("last_hash", hex_of(head.last_hash));
  }
  void operator()(const NativeUnit& unit) const {
    object.text("code", unit.code)
        .text("name", unit.name)
        .number("scale", unit.scale)
        .text("origin", unit.origin);
  }
  void operator()(const NativeDimension& row) const {
    object.number("id", row.id)
        .text("dimension", books::text_of(row.dimension))
        .text("code", row.code)
        .text("name", row.name)
        .text("recorded_at", text_of(row.recorded_at));
  }
  void operator()(const NativeAccount& account) const {
    const auto scale = scales.find(account.unit);
    ensure(scale != scales.end(), "an account's unit is written before it");
    std::string required{'['};
    for (const books::DimensionKind kind : account.required) {
      if (required.size() > 1) required += ',';
      append_json_text(required, books::text_of(kind));
    }
    object.number("id", account.id)
        .text("path", account.path)
        .text("unit", account.unit)
        .text("type", books::text_of(account.type))
        .text_if_any("title", account.title)
        .raw("required", required + ']')
        .text_if_any("lower_limit", maybe_amount(account.limits.lower, scale->second))
        .text_if_any("upper_limit", maybe_amount(account.limits.upper, scale->second))
        .text("opened_on", account.opened_on.text())
        .text_if_any("closed_on", account.closed_on ? account.closed_on->text() : std::string{})
        .text("recorded_at", text_of(account.recorded_at));
  }
  void operator()(const NativeHold& hold) const {
    object.number("number", hold.number)
        .text("made_at", text_of(hold.made_at))
        .maybe_text("made_by", hold.made_by)
        .text_if_any("expires_at", hold.expires_at ? text_of(*hold.expires_at) : std::string{})
        .text("description", hold.description)
        .text_if_any("reference", hold.reference)
        .text("request_key", hold.request_key)
        .text("content_hash", hold.content_hash)
        .raw("postings", postings_of(hold.postings));
  }
  void operator()(const NativeEntry& native) const {
    const books::Entry& entry = native.entry;
    object.number("number", entry.number.number())
        .text("booked_on", entry.booked_on.text())
        .text("recorded_at", text_of(entry.recorded_at))
        .maybe_text("recorded_by", entry.recorded_by)
        .text_if_any("document_on", entry.document_on ? entry.document_on->text() : std::string{})
        .text("description", entry.description)
        .text_if_any("reference", entry.reference)
        .text_if_any("source", entry.source);
    if (entry.reverses) object.number("reverses", entry.reverses->number());
    if (entry.hold) object.number("hold", entry.hold->number());
    object.text("request_key", native.request_key)
        .text("content_hash", native.content_hash)
        .text("hash", hex_of(entry.hash))
        .raw("postings", postings_of(entry.postings));
  }
  void operator()(const NativeCheckpoint& checkpoint) const {
    object.number("entry", checkpoint.entry)
        .text("hash", hex_of(checkpoint.hash))
        .text("made_at", text_of(checkpoint.made_at))
        .text("key_id", checkpoint.key_id)
        .text("public_key", checkpoint.public_key)
        .text("signature", checkpoint.signature);
  }
  void operator()(const NativeHoldEnd& end) const {
    object.number("hold", end.hold)
        .text("end", end.end)
        .text("ended_at", text_of(end.ended_at))
        .maybe_text("ended_by", end.ended_by)
        .number_if_any("entry", end.entry);
  }
  void operator()(const NativeLock& lock) const {
    object.number("number", lock.number)
        .text("lock", books::text_of(lock.lock))
        .text("through_on", lock.through_on.text())
        .text("reason", lock.reason)
        .maybe_text("locked_by", lock.locked_by)
        .text("locked_at", text_of(lock.locked_at));
  }
  void operator()(const NativeUnlock& unlock) const {
    object.number("lock", unlock.lock)
        .text("reason", unlock.reason)
        .maybe_text("lifted_by", unlock.lifted_by)
        .text("lifted_at", text_of(unlock.lifted_at));
  }
  void operator()(const NativeEvent& event) const {
    object.number("number", event.number)
        .text("recorded_at", text_of(event.recorded_at))
        .text("event", event.event)
        .number_if_any("first_entry", event.first_entry)
        .number_if_any("last_entry", event.last_entry)
        .maybe_text("body", event.body);
  }
  void operator()(const NativeAnswer& answer) const {
    object.text("request_key", answer.request_key)
        .text("content_hash", answer.content_hash)
        .number("status", answer.status)
        .text("body", answer.body)
        .text("recorded_at", text_of(answer.recorded_at));
  }
  void operator()(const NativeRow& row) const { object.fields_of(row.json); }
  void operator()(const NativeEnd& end) const {
    std::string counts;
    JsonObject lines{counts};
    for (const auto& [kind, count] : end.lines) lines.number(kind, count);
    lines.end();
    object.raw("lines", counts)
        .text("last_hash", hex_of(end.last_hash))
        .text("file_hash", hex_of(end.file_hash));
  }
};

}  // namespace

std::string_view kind_of(const NativeLine& line) {
  if (const auto* row = std::get_if<NativeRow>(&line)) return row->of->kind;
  return kinds.at(line.index());
}

void append_native_line(std::string& out, const NativeLine& line, const Scales& scales) {
  JsonObject object{out};
  object.text("kind", kind_of(line));
  std::visit(FieldsOf{object, scales}, line);
  object.end();
  out += '\n';
}

}  // namespace coop::journals
