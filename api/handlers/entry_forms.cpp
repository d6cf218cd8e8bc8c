#include "api/handlers/entry_forms.hpp"

namespace coop::api {

void write_postings(JsonWriter& out, const std::vector<books::Posting>& postings) {
  out.array("postings");
  for (const books::Posting& posting : postings) {
    out.open().field("line", posting.line).field("account", posting.account);
    out.amount_field("amount", posting.amount_minor, posting.scale).field("unit", posting.unit);
    for (std::size_t i = 0; i < books::dimension_kinds.size(); ++i)
      if (posting.about[i]) out.field(books::text_of(books::dimension_kinds[i]), *posting.about[i]);
    if (!posting.note.empty()) out.field("note", posting.note);
    out.close();
  }
  out.end_array();
}

void write_entry(JsonWriter& out, std::string_view node, const books::Entry& entry) {
  out.open().field("node", node).field("number", entry.number).field("booked_on", entry.booked_on);
  out.field("document_on", entry.document_on).field("recorded_at", entry.recorded_at);
  out.field("recorded_by", entry.recorded_by).field("description", entry.description);
  out.text_or_null("reference", entry.reference).text_or_null("source", entry.source);
  out.field("reverses", entry.reverses).field("reversed_by", entry.reversed_by).field("hold", entry.hold);
  out.field("hash", hex_of(entry.hash));
  write_postings(out, entry.postings);
  out.close();
}

}  // namespace coop::api
