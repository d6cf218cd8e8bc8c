#include "api/handlers/bank_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/services.hpp"
#include "ledger/bank/bank_account_store.hpp"
#include "ledger/bank/line_list_store.hpp"
#include "reports/bank_line_table.hpp"

namespace coop::api {

namespace {

using access::Action;

constexpr int bank_lines_at_once = 1'000;  // of a list that is answered whole

bank::BankLineNumber asked_line(const Call& call) {
  return bank::BankLineNumber{call.path_number("number", Refusal::bank_line_unknown)};
}

bank::LineFilter line_filter_of(const Call& call, const Page& page) {
  const auto word = call.query_word("state", {"open", "matched", "ignored", "silent"});
  bank::LineFilter filter{.state = word ? std::optional{bank::line_state_from(*word)} : std::nullopt,
                          .from = call.query_day("from"),
                          .to = call.query_day("to"),
                          .words = call.query_text("q"),
                          .after = id_before<bank::BankLineNumber>(call, page),
                          .limit = page.limit + 1};
  constexpr auto most = std::numeric_limits<std::int32_t>::max();
  if (const auto import = call.query_number("import", 1, most))
    filter.import = bank::BankImportNumber{static_cast<std::int32_t>(*import)};
  if (const auto account = call.query_number("bank_account", 1, most))
    filter.account = bank::BankAccountNumber{static_cast<std::int32_t>(*account)};
  filter.suspended = call.query_truth("suspense", false);
  filter.reversed = call.query_truth("reversed", false);
  // What names somebody is not found by those who may not see it.
  if (filter.words && !call.may(Action::read_profiles)) filter.words_are_hidden = true;
  return filter;
}

std::vector<reports::ListedBankLine> with_accounts(Tx& tx, NodeId node, Services& services,
                                                   std::vector<bank::BankLine> lines) {
  const BankUnits units = bank_units(tx, node, services.units);
  std::map<bank::BankAccountNumber, std::string> paths;
  for (const bank::BankAccount& account : bank::read_bank_accounts(tx, node))
    paths.emplace(account.number, account.path);
  std::vector<reports::ListedBankLine> listed;
  for (bank::BankLine& line : lines) {
    const bank::BankAccountNumber account = line.account.value();
    listed.push_back({std::move(line), paths.at(account), units.at(account)});
  }
  return listed;
}

}  // namespace

Answer list_bank_lines(const Call& call, Services& services) {
  const bool sees_names = call.may(Action::read_profiles);
  const Page page = call.page();
  const auto read = [&call](Tx& tx, const Page& asked) {
    return bank::list_lines(tx, call.node().id, line_filter_of(call, asked));
  };
  const auto add_place = [](Cursor& place, const bank::BankLine& last) { place.add(last.number.number()); };
  if (format_of(call) == Format::json)
    return services.database.in_snapshot([&](Tx& tx) {
      const BankUnits units = bank_units(tx, call.node().id, services.units);
      return page_answer(
          call, page, read(tx, page),
          [&](JsonWriter& out, const bank::BankLine& line) {
            write_bank_line(out, line, units.at(line.account.value()), sees_names);
          },
          add_place);
    });
  return list_answer(
      call, services, page, bank_lines_at_once, [=, &call, &services](Tx& tx, const Page& asked) {
        auto lines = read(tx, asked);
        const auto next = cut_to_page(call, asked, lines, add_place);
        return reports::table_of_bank_lines(reports::read_report_node(tx, call.node().id),
                                            with_accounts(tx, call.node().id, services, std::move(lines)),
                                            sees_names, next);
      });
}

Answer show_bank_line(const Call& call, Services& services) {
  return services.database.in_snapshot([&](Tx& tx) {
    const auto found = bank::list_lines(tx, call.node().id, {.number = asked_line(call)});
    if (found.empty())
      throw Refused{Refusal::bank_line_unknown, "there is no line " + call.path_value("number")};
    const BankUnits units = bank_units(tx, call.node().id, services.units);
    JsonWriter out;
    write_bank_line(out, found.front(), units.at(found.front().account.value()),
                    call.may(Action::read_profiles));
    return ok(out.take());
  });
}

}  // namespace coop::api
