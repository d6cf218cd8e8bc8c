#include "api/handlers/entry_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "reports/entry_reading.hpp"
#include "reports/journal.hpp"

namespace coop::api {

namespace {

constexpr int entries_at_once = 500;

/// Every entry of the list, one a line, page by page.
void write_lines(const Call& call, Services& services, const reports::EntryFilter& filter,
                 reports::EntryOrder order, const WritePiece& write) {
  std::optional<std::string> cursor;
  do {
    const auto page = services.database.in_snapshot([&](Tx& tx) {
      return reports::read_entries(tx, call.node().id, filter, order, entries_at_once, cursor);
    });
    JsonWriter out;
    for (const auto& entry : page.entries) {
      write_entry(out, call.node().name, entry);
      out.begin_line();
    }
    cursor = page.next;
    if (!write(out.text())) return;
  } while (cursor);
}

/// The same as a table of postings.
void write_csv(const Call& call, Services& services, const reports::EntryFilter& filter,
               reports::EntryOrder order, const WritePiece& write) {
  std::optional<std::string> cursor;
  bool is_first = true;
  do {
    const auto page = services.database.in_snapshot([&](Tx& tx) {
      return reports::read_journal(tx, call.node().id, filter, order, entries_at_once, cursor);
    });
    cursor = page.page.next;
    if (!write(reports::csv_text(reports::table_of(page), is_first))) return;
    is_first = false;
  } while (cursor);
}

}  // namespace

Answer list_entries(const Call& call, Services& services) {
  const auto filter = entry_filter_of(call, services);
  const auto order = entry_order_of(call);
  const Format format = format_of(call);
  const Page page = call.page();
  const auto read = services.database.in_snapshot([&](Tx& tx) {
    return reports::read_entries(tx, call.node().id, filter, order, page.limit, page.cursor);
  });
  if (format == Format::ndjson)
    return streamed("application/x-ndjson", [&call, &services, filter, order](const WritePiece& write) {
      write_lines(call, services, filter, order, write);
    });
  if (format == Format::csv)
    return streamed("text/csv; charset=utf-8; header=present",
                    [&call, &services, filter, order](const WritePiece& write) {
                      write_csv(call, services, filter, order, write);
                    });
  if (format == Format::text)
    throw Refused{Refusal::field_invalid, "entries are json, ndjson or csv", "?format"};
  JsonWriter out;
  out.open().array("items");
  for (const auto& entry : read.entries) write_entry(out, call.node().name, entry);
  out.end_array().field("next", read.next).close();
  return ok(out.take());
}

Answer show_entry(const Call& call, Services& services) {
  const EntryNumber number{call.path_number("number", Refusal::entry_unknown)};
  const auto entry =
      services.database.in_snapshot([&](Tx& tx) { return reports::read_entry(tx, call.node().id, number); });
  JsonWriter out;
  write_entry(out, call.node().name, entry);
  return ok(out.take());
}

}  // namespace coop::api
