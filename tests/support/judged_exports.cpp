#include "tests/support/judged_exports.hpp"

#include <fstream>

#include "ledger/books/node_service.hpp"
#include "ledger/journals/account_names.hpp"
#include "ledger/journals/export_service.hpp"
#include "ledger/journals/export_store.hpp"
#include "ledger/journals/program.hpp"
#include "ledger/values/money.hpp"
#include "reports/trial_balance.hpp"

namespace coop::test {

namespace {

using journals::Dialect;

// What our trial balance says, by the names a program knows the accounts and units by.
Balances balances_for(Dialect dialect, const journals::JournalHead& head, Balances told) {
  const bool is_beancount = dialect == Dialect::beancount;
  journals::BeancountNames names;
  Balances balances;
  for (const journals::JournalAccount& account : head.accounts) {
    const std::string name =
        is_beancount ? names.name_of(account.path, account.type) : journals::plain_name_of(account.path);
    const std::string unit = is_beancount ? journals::beancount_commodity_of(account.unit) : account.unit;
    const auto balance = told.extract({account.path, account.unit});
    if (!balance.empty()) balances[{name, unit}] = balance.mapped();
  }
  balances.merge(told);  // what no exported account has: it stands out under our own name
  return balances;
}

}  // namespace

Balances trial_balances(Tx& tx, const std::string& node, const std::optional<Day>& day) {
  const reports::TrialBalance report = reports::read_trial_balance(
      tx, books::read_node(tx, node).id, {.days = day ? std::vector{*day} : std::vector<Day>{}});
  Balances balances;
  for (const reports::TrialBalancePart& part : report.parts) {
    for (const reports::TrialBalanceRow& row : part.rows) {
      const std::int64_t minor = row.balance_minor.at(0);
      if (minor != 0)
        balances[{row.path, part.unit}] = without_needless_zeros(text_from_minor(minor, part.scale));
    }
  }
  return balances;
}

void export_to(const std::filesystem::path& file, Database& database, const std::string& node,
               Dialect dialect) {
  std::ofstream out{file, std::ios::binary};
  journals::export_journal(database, node, dialect, [&](std::string_view piece) { out << piece; });
}

std::string complaints_of_judges(Database& database, const std::string& node) {
  const auto [head, told] = database.in_snapshot([&](Tx& tx) {
    return std::pair{journals::read_journal_head(tx, books::read_node(tx, node)),
                     trial_balances(tx, node, std::nullopt)};
  });
  std::string complaints;
  for (const Dialect dialect : {Dialect::hledger, Dialect::ledger, Dialect::beancount}) {
    if (!is_judge_installed(dialect)) continue;
    const journals::TemporaryFile file;
    export_to(file.path(), database, node, dialect);
    const Judgement judgement = judge(dialect, file.path());
    const std::string wrong =
        judgement.complaint + differences(balances_for(dialect, head, told), judgement.balances);
    if (!wrong.empty()) complaints += std::string{journals::text_of(dialect)} + ": " + wrong + '\n';
  }
  return complaints;
}

}  // namespace coop::test
