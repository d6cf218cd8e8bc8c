#include "api/handlers/long_lists.hpp"

#include "api/services.hpp"
#include "reports/journal.hpp"

namespace coop::api {

namespace {

constexpr int linked_entries_at_once = 500;

/// Text as it may stand in the query of an address (RFC 3986).
std::string query_escaped(std::string_view text) {
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:,/";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (plain.find(character) != std::string_view::npos) out += character;
    else (((out += '%') += digits[byte >> 4]) += digits[byte & 15]);
  }
  return out;
}

}  // namespace

bool asks_for_page(const Call& call) { return call.query("limit") || call.query("cursor"); }

Answer with_next_page(Answer answer, const Call& call, const std::optional<std::string>& next) {
  if (!next) return answer;
  std::string address = "?cursor=" + query_escaped(*next);
  for (const auto& [name, value] : call.request.query)
    if (name != "cursor") address += "&" + query_escaped(name) + "=" + query_escaped(value);
  answer.headers.emplace_back("Link", "<" + address + ">; rel=\"next\"");
  return answer;
}

Answer list_answer(const Call& call, Services& services, const Page& page, int rows_at_once, ReadTable read) {
  const Format format = format_of(call);
  const bool whole = format == Format::csv && !asks_for_page(call);
  const auto read_page = [&services, read = std::move(read)](const Page& asked) {
    return services.database.in_snapshot([&](Tx& tx) { return read(tx, asked); });
  };
  const reports::Table first = read_page(whole ? Page{std::nullopt, rows_at_once} : page);
  if (!whole) return with_next_page(table_answer(first, format), call, first.next);
  return streamed("text/csv; charset=utf-8; header=present",
                  [first, read_page, rows_at_once](const WritePiece& write) {
                    if (!write(reports::csv_text(first))) return;
                    for (auto cursor = first.next; cursor;) {
                      const reports::Table table = read_page(Page{cursor, rows_at_once});
                      if (!write(reports::csv_text(table, false))) return;
                      cursor = table.next;
                    }
                  });
}

Answer journal_answer(const Call& call, Services& services, const reports::EntryFilter& filter,
                      reports::EntryOrder order) {
  return list_answer(call, services, call.page(), linked_entries_at_once,
                     [&call, filter, order](Tx& tx, const Page& page) {
                       return reports::table_of(
                           reports::read_journal(tx, call.node().id, filter, order, page.limit, page.cursor));
                     });
}

}  // namespace coop::api
