#include "tests/support/judged_exports.hpp"

#include <fstream>

#include "ledger/books/node_service.hpp"
#include "ledger/journals/account_names.hpp"
#include "ledger/journals/export_service.hpp"
#include "ledger/journals/export_store.hpp"
#include "ledger/journals/program.hpp"
#include "ledger/values/money.hpp"
#include "tests/support/judges.hpp"

namespace coop::test {

namespace {

using journals::Dialect;

// What the books say, by the names a program knows the accounts and units by.
Balances balances_for(Dialect dialect, const journals::JournalHead& head) {
  const bool is_beancount = dialect == Dialect::beancount;
  journals::BeancountNames names;
  Balances balances;
  for (const journals::JournalAccount& account : head.accounts) {
    const std::string name =
        is_beancount ? names.name_of(account.path, account.type) : journals::plain_name_of(account.path);
    const std::string unit = is_beancount ? journals::beancount_commodity_of(account.unit) : account.unit;
    if (account.balance_minor == 0) continue;
    balances[{name, unit}] = without_needless_zeros(text_from_minor(account.balance_minor, account.scale));
  }
  return balances;
}

}  // namespace

void export_to(const std::filesystem::path& file, Database& database, const std::string& node,
               Dialect dialect) {
  std::ofstream out{file, std::ios::binary};
  journals::export_journal(database, node, dialect, [&](std::string_view piece) { out << piece; });
}

std::string complaints_of_judges(Database& database, const std::string& node) {
  const journals::JournalHead head = database.in_snapshot(
      [&](Tx& tx) { return journals::read_journal_head(tx, books::read_node(tx, node)); });
  std::string complaints;
  for (const Dialect dialect : {Dialect::hledger, Dialect::ledger, Dialect::beancount}) {
    if (!is_judge_installed(dialect)) continue;
    const journals::TemporaryFile file;
    export_to(file.path(), database, node, dialect);
    const Judgement judgement = judge(dialect, file.path());
    const std::string wrong =
        judgement.complaint + differences(balances_for(dialect, head), judgement.balances);
    if (!wrong.empty()) complaints += std::string{journals::text_of(dialect)} + ": " + wrong + '\n';
  }
  return complaints;
}

}  // namespace coop::test
