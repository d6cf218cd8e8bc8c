#include "api/handlers/entry_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/services.hpp"
#include "reports/entry_reading.hpp"

namespace coop::api {

namespace {

constexpr int entries_at_once = 500;
constexpr std::array entry_formats{Format::json, Format::ndjson, Format::csv};

/// Entries, one a line.
std::string lines_of(const Call& call, const std::vector<books::Entry>& entries) {
  JsonWriter out;
  for (const auto& entry : entries) {
    write_entry(out, call.node().name, entry);
    out.begin_line();
  }
  return out.take();
}

/// Every entry of the list, one a line, page by page.
void write_entry_lines(const Call& call, Services& services, const reports::EntryFilter& filter,
                       reports::EntryOrder order, const WritePiece& write) {
  std::optional<std::string> cursor;
  do {
    const auto page = services.database.in_snapshot([&](Tx& tx) {
      return reports::read_entries(tx, call.node().id, filter, order, entries_at_once, cursor);
    });
    cursor = page.next;
    if (!write(lines_of(call, page.entries))) return;
  } while (cursor);
}

}  // namespace

Answer list_entries(const Call& call, Services& services) {
  const auto filter = entry_filter_of(call, services);
  const auto order = entry_order_of(call);
  const Format format = format_of(call, entry_formats);
  if (format == Format::csv) return journal_answer(call, services, filter, order);
  const Page page = call.page();
  const auto read = services.database.in_snapshot([&](Tx& tx) {
    return reports::read_entries(tx, call.node().id, filter, order, page.limit, page.cursor);
  });
  if (format == Format::ndjson) {
    if (asks_for_page(call))
      return with_next_page(content("application/x-ndjson", lines_of(call, read.entries)), call, read.next);
    return streamed("application/x-ndjson", [&call, &services, filter, order](const WritePiece& write) {
      write_entry_lines(call, services, filter, order, write);
    });
  }
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
