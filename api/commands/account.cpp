#include <CLI/CLI.hpp>

#include <memory>
#include <string>

#include "api/commands/commands.hpp"
#include "api/commands/node_command.hpp"
#include "ledger/books/account_list_store.hpp"
#include "ledger/books/account_service.hpp"
#include "reports/account_list.hpp"

namespace coop::api {

namespace {

constexpr int accounts_at_once = 10'000;

struct AccountWords {
  std::string path;
  std::string type;
  std::string unit;
  std::string title;
  std::string from;
  std::string below;
};

void list_accounts_of_node(const NodeCall& call, const AccountWords& words) {
  books::AccountFilter filter;
  if (!words.below.empty()) filter.prefix = words.below;
  if (!words.unit.empty()) filter.unit = words.unit;
  std::optional<books::AccountPlace> after;
  for (bool is_first = true;; is_first = false) {
    std::vector<books::AccountLine> listed;
    const reports::Table table = call.database.in_snapshot([&](Tx& tx) {
      listed = books::list_account_lines(tx, call.node.id, filter, after,
                                         books::AccountOrder::first_path_first, accounts_at_once);
      return reports::table_of_accounts(reports::read_report_node(tx, call.node.id), {}, listed,
                                        std::nullopt);
    });
    if (listed.empty() && !is_first) return;
    call.print(table, is_first);
    if (listed.size() < static_cast<std::size_t>(accounts_at_once)) return;
    after = books::AccountPlace{listed.back().account.path, listed.back().unit_code};
  }
}

void open_typed_account(const NodeCall& call, const AccountWords& words) {
  const books::AccountDraft draft{.path = words.path,
                                  .unit = words.unit.empty() ? call.base_unit().code : words.unit,
                                  .type = books::account_type_from(words.type),
                                  .title = words.title,
                                  .required = {},
                                  .limits = {},
                                  .opened_on = typed_day(words.from).value_or(call.today())};
  call.print_done([&](Tx& tx, const reports::ReportNode& in) {
    const books::Account account = books::open_account(tx, call.node.id, draft, call.author());
    return reports::table_of_accounts(in, {}, {books::read_account_line(tx, call.node.id, account.id)},
                                      std::nullopt);
  });
}

}  // namespace

void add_account(CommandLine& line) {
  const auto words = std::make_shared<AccountWords>();
  NodeCommand command{line,
                      {"account",
                       "Lists the accounts of a node with their balances, and opens one",
                       {SettingGroup::books, SettingGroup::log},
                       {"coopledger account list bcn --below assets:bank",
                        "coopledger account open bcn expenses:shared:server --type expense --title 'Meeting "
                        "server' --from 2026-01-01 --user ann < password"}}};
  const auto below = [&](const char* name, const char* meaning,
                         void (*work)(const NodeCall&, const AccountWords&)) -> CLI::App& {
    return command.below(name, meaning, [words, work](const NodeCall& call) { work(call, *words); });
  };
  CLI::App& listed = below("list", "Lists accounts by path", list_accounts_of_node);
  listed.add_option("--below", words->below, "only this path and what lies below it");
  listed.add_option("--unit", words->unit, "only in this unit");
  CLI::App& opened = below("open", "Opens an account", open_typed_account);
  opened.add_option("path", words->path, "such as expenses:shared:server")->required();
  opened.add_option("--type", words->type, "asset, liability, equity, income or expense")->required();
  opened.add_option("--title", words->title, "what it is called");
  opened.add_option("--unit", words->unit, "a unit's code; the node's own where it is not given");
  opened.add_option("--from", words->from, "the first day; without it, today");
  command.ask_who({&opened}, access::Action::keep_accounts);
}

}  // namespace coop::api
