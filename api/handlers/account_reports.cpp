#include "api/handlers/account_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/services.hpp"
#include "ledger/values/cursor.hpp"
#include "reports/account_list.hpp"
#include "reports/balances.hpp"
#include "reports/statement.hpp"
#include "reports/turnover.hpp"

namespace coop::api {

namespace {

constexpr int accounts_at_once = 1'000;

reports::Viewpoint viewpoint_of(const Moment& moment) { return {moment.as_of, moment.known_at}; }

/// Puts balances as of a day, as known at an instant, in the place of those of now.
void see_from(Tx& tx, NodeId node, const Moment& moment, std::vector<books::AccountLine>& lines) {
  if ((!moment.as_of && !moment.known_at) || lines.empty()) return;
  std::vector<AccountId> ids;
  for (const auto& line : lines) ids.push_back(line.account.id);
  const std::array<Day, 1> day{moment.as_of.value_or(reports::end_of_days())};
  const auto last = reports::read_last_known(tx, node, moment.known_at);
  const auto balances = reports::read_balances(tx, node, ids, {}, day, last);
  for (auto& line : lines) {
    const auto found = balances.find(line.account.id);
    line.balance_minor = found == balances.end() ? 0 : found->second.front();
  }
}

std::optional<std::string> asked_unit(const Call& call, Services& services) {
  if (!call.query("unit")) return std::nullopt;
  return call.query_parsed("unit", [&](std::string_view code) { return services.units.require(code).code; });
}

books::AccountFilter account_filter_of(const Call& call, Services& services) {
  books::AccountFilter filter;
  filter.prefix = path_of(call, "prefix");
  if (call.query("type")) filter.type = call.query_parsed("type", books::account_type_from);
  filter.unit = asked_unit(call, services);
  filter.text = call.query_text("q");
  if (const auto state = call.query_word("state", {"open", "closed"})) filter.is_open = *state == "open";
  return filter;
}

std::optional<books::AccountPlace> account_place_of(const Call& call, const Page& page) {
  if (!page.cursor) return std::nullopt;
  OpenedCursor cursor{call.list_name(), *page.cursor};
  std::string path = cursor.string();
  return books::AccountPlace{std::move(path), cursor.string()};
}

void write_about_account(JsonWriter& out, const books::DimensionCodes& about) {
  for (std::size_t i = 0; i < books::dimension_kinds.size(); ++i)
    if (about[i]) out.field(books::text_of(books::dimension_kinds[i]), *about[i]);
}

void write_statement_line(JsonWriter& out, const reports::StatementLine& line, int scale) {
  out.open().field("booked_on", line.booked_on).field("entry", line.entry).field("line", line.line);
  out.field("recorded_at", line.recorded_at).field("description", line.description);
  out.text_or_null("reference", line.reference).text_or_null("note", line.note);
  out.text_or_null("counterpart", line.counterpart);
  write_about_account(out, line.about);
  out.field("reverses", line.reverses).field("reversed_by", line.reversed_by);
  out.amount_field("amount", line.amount_minor, scale)
      .amount_field("balance", line.balance_minor, scale)
      .close();
}

std::string statement_json(const reports::Statement& statement) {
  const int scale = statement.account.scale;
  JsonWriter out;
  out.open().field("account", statement.account.path).field("unit", statement.account.unit);
  out.field("type", books::text_of(statement.account.type));
  write_about_account(out, statement.query.about);
  out.amount_field("opening", statement.opening_minor, scale).array("items");
  for (const auto& line : statement.lines) write_statement_line(out, line, scale);
  out.end_array()
      .amount_field("closing", statement.closing_minor, scale)
      .field("next", statement.next)
      .close();
  return out.take();
}

}  // namespace

Answer list_accounts(const Call& call, Services& services) {
  const books::AccountFilter filter = account_filter_of(call, services);
  const bool last_first = call.query_word("sort", {"path", "-path"}).value_or("path") == "-path";
  const auto order =
      last_first ? books::AccountOrder::last_path_first : books::AccountOrder::first_path_first;
  const Moment moment = call.moment();
  const auto read = [&call, filter, order, moment](Tx& tx, const Page& page) {
    auto found = books::list_account_lines(tx, call.node().id, filter, account_place_of(call, page), order,
                                           page.limit + 1);
    see_from(tx, call.node().id, moment, found);
    return found;
  };
  const auto add_place = [](Cursor& place, const books::AccountLine& last) {
    place.add(last.account.path).add(last.unit_code);
  };
  const Page page = call.page();
  if (format_of(call) == Format::json)
    return page_answer(call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
                       write_account, add_place);
  return list_answer(call, services, page, accounts_at_once, [=, &call](Tx& tx, const Page& asked) {
    auto lines = read(tx, asked);
    const auto next = cut_to_page(call, asked, lines, add_place);
    return reports::table_of_accounts(reports::read_report_node(tx, call.node().id), viewpoint_of(moment),
                                      lines, next);
  });
}

Answer show_account(const Call& call, Services& services) {
  const Moment moment = call.moment();
  const auto lines = services.database.in_snapshot([&](Tx& tx) {
    std::vector found{books::read_account_line(tx, call.node().id, asked_account(tx, call).id)};
    see_from(tx, call.node().id, moment, found);
    return found;
  });
  JsonWriter out;
  write_account(out, lines.front());
  return ok(out.take());
}

Answer show_balance(const Call& call, Services& services) {
  const Moment moment = call.moment();
  const auto unit = asked_unit(call, services);
  return services.database.in_snapshot([&](Tx& tx) {
    const NodeId node = call.node().id;
    const auto account = reports::read_report_account(tx, node, call.path_value("account"), unit);
    const auto extent = reports::read_extent(tx, node, viewpoint_of(moment));
    const reports::Turnover turnover = reports::read_turnover(tx, node, account.id, extent);
    JsonWriter out;
    out.open().field("account", account.path).field("unit", account.unit).field("as_of", moment.as_of);
    out.field("known_at", moment.known_at).amount_field("debit", turnover.debit_minor, account.scale);
    out.amount_field("credit", turnover.credit_minor, account.scale);
    out.amount_field("balance", turnover.balance_minor(), account.scale).close();
    return ok(out.take());
  });
}

Answer show_statement(const Call& call, Services& services) {
  const Page page = call.page();
  reports::StatementQuery query;
  query.account = call.path_value("account");
  query.unit = asked_unit(call, services);
  query.from_on = call.query_day("from");
  query.to_on = last_day_of(call);
  query.known_at = call.query_instant("known_at");
  query.about = about_of(call);
  query.newest_first = call.query_word("sort", {"booked", "-booked"}).value_or("booked") == "-booked";
  const auto read = [&call, query](Tx& tx, const Page& asked) {
    reports::StatementQuery page_query = query;
    page_query.limit = asked.limit;
    page_query.cursor = asked.cursor;
    return reports::read_statement(tx, call.node().id, page_query);
  };
  const Format format = format_of(call);
  if (format == Format::json)
    return ok(statement_json(services.database.in_snapshot([&](Tx& tx) { return read(tx, page); })));
  const bool in_one_piece = format == Format::csv && !asks_for_page(call);
  return list_answer(call, services, page, accounts_at_once, [read, in_one_piece](Tx& tx, const Page& asked) {
    return reports::table_of(read(tx, asked), in_one_piece);
  });
}

}  // namespace coop::api
