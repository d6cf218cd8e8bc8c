#include <CLI/CLI.hpp>

#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/columns.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/signed_user.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/disbursements/approving_service.hpp"
#include "ledger/disbursements/disbursement_service.hpp"
#include "ledger/values/money.hpp"
#include "reports/disbursement_tables.hpp"

namespace coop::api {

namespace {

using disbursements::Disbursement;
using disbursements::DisbursementNumber;

struct PayWords {
  std::string node;
  std::string user;
  std::int32_t number = 0;
  bool as_csv = false;
};

struct PayCall {
  Database& database;
  const PayWords& words;
  books::Node node;
  Instant now;

  DisbursementNumber number() const { return DisbursementNumber{words.number}; }
};

void list_orders(const PayCall& call) {
  constexpr int at_once = 500;
  std::optional<DisbursementNumber> before;
  for (bool is_first = true;; is_first = false) {
    struct Page {
      std::vector<disbursements::DisbursementSummary> listed;
      reports::Table table;
    };
    const Page page = call.database.in_snapshot([&](Tx& tx) {
      auto listed = disbursements::list_disbursements(tx, call.node.id, std::nullopt, before, at_once);
      auto table =
          reports::table_of_disbursements(reports::read_report_node(tx, call.node.id), listed, std::nullopt);
      return Page{std::move(listed), std::move(table)};
    });
    if (page.listed.empty() && !is_first) return;
    std::cout << (call.words.as_csv ? reports::csv_text(page.table, is_first)
                                    : reports::plain_text(page.table));
    if (page.listed.size() < static_cast<std::size_t>(at_once)) return;
    before = page.listed.back().number;
  }
}

std::string name_of(const disbursements::Order& order) {
  return order.payee ? order.payee->name + " " + order.payee->iban.printed() : "(erased)";
}

void print_order(const Disbursement& disbursement) {
  std::cout << "disbursement " << disbursement.number.number() << " (" << disbursement.message_id
            << "): " << disbursements::text_of(disbursements::state_of(disbursement)) << ", "
            << disbursement.title << ", from " << disbursement.from.path << " on "
            << disbursement.requested_on.text() << '\n';
  for (const disbursements::Step* approval : disbursements::approvals_of(disbursement))
    std::cout << "approved by " << approval->recorded_by_name.value_or("somebody") << '\n';
  if (const auto* exported = disbursements::step_of(disbursement, disbursements::StepKind::exported))
    std::cout << "SHA-256 of the file: " << exported->file_hash << '\n';
  std::vector<std::vector<std::string>> rows;
  for (const disbursements::Order& order : disbursement.orders)
    rows.push_back({std::to_string(order.number), text_from_minor(order.minor, 2), "EUR",
                    std::string{disbursements::text_of(disbursements::state_of(disbursement, order))},
                    name_of(order), order.source, order.account});
  std::cout << aligned_columns(rows);
  for (const std::string& warning : disbursement.warnings) std::cout << "warning: " << warning << '\n';
}

Disbursement read(const PayCall& call) {
  return call.database.in_snapshot(
      [&](Tx& tx) { return disbursements::read_disbursement(tx, call.node.id, call.number()); });
}

// What the bank will see otherwise than it was written.
void print_rewritten(const Disbursement& disbursement, Instant now) {
  const auto file = disbursements::credit_transfer_file(disbursements::transfer_order_of(disbursement, now));
  for (const RewrittenText& text : file.rewritten)
    std::cout << text.field << ": " << text.from << " -> " << text.to.text << '\n';
}

void show_order(const PayCall& call) {
  const Disbursement disbursement = read(call);
  print_order(disbursement);
  const auto state = disbursements::state_of(disbursement);
  if (state == disbursements::DisbursementState::proposed ||
      state == disbursements::DisbursementState::approved)
    print_rewritten(disbursement, call.now);
}

void approve_order(const PayCall& call) {
  const books::Author author = require_signed_author(call.database, call.node, call.words.user,
                                                     access::Action::approve_payments, call.now);
  print_order(call.database.in_tx(
      [&](Tx& tx) { return disbursements::approve(tx, call.node.id, call.number(), author); }));
}

// Makes the file, or writes the one that was made.
void export_file(const PayCall& call) {
  const auto author = require_signed_author(call.database, call.node, call.words.user,
                                            access::Action::record_entries, call.now);
  const bool is_made = disbursements::step_of(read(call), disbursements::StepKind::exported) != nullptr;
  if (!is_made)
    call.database.in_tx(
        [&](Tx& tx) { return disbursements::make_file(tx, call.node.id, call.number(), author); });
  std::cout << call.database.in_snapshot(
      [&](Tx& tx) { return disbursements::read_file(tx, call.node.id, call.number()); });
  const Disbursement after = read(call);
  std::cerr << "SHA-256: " << disbursements::step_of(after, disbursements::StepKind::exported)->file_hash
            << '\n';
}

using PayWork = void (*)(const PayCall&);

int run_pay(const Settings& settings, const PayWords& words, PayWork work) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  const auto node = database.in_snapshot([&](Tx& tx) { return books::read_node(tx, words.node); });
  work({database, words, node, system_clock()()});
  return static_cast<int>(ExitCode::success);
}

}  // namespace

void add_pay(CommandLine& line) {
  const auto words = std::make_shared<PayWords>();
  const auto chosen = std::make_shared<PayWork>();
  CLI::App& command = line.add({"pay",
                                "Shows payments that leave, approves them and writes their file for the bank",
                                {SettingGroup::books, SettingGroup::log},
                                {"coopledger pay list bcn", "coopledger pay show bcn 3",
                                 "coopledger pay approve bcn 3 --user ann < password",
                                 "coopledger pay export bcn 3 --user tom < password > bcn-D3.xml"}},
                               [words, chosen](const Configuration& configuration) {
                                 return run_pay(configuration.settings, *words, *chosen);
                               });
  command.require_subcommand(1);
  const auto below = [&](const char* name, const char* meaning, PayWork work) -> CLI::App& {
    CLI::App& added = *command.add_subcommand(name, meaning);
    added.fallthrough();
    added.footer("Settings (--database, --data …) and examples: `coopledger pay --help`.");
    added.add_option("node", words->node, "the node's short name, such as bcn")->required();
    added.callback([chosen, work] { *chosen = work; });
    return added;
  };
  CLI::App& listed = below("list", "Lists payments that leave, the newest first", list_orders);
  listed.add_flag("--csv", words->as_csv, "for a spreadsheet");
  CLI::App& shown = below("show", "Shows orders and approvals, and what the bank sees otherwise", show_order);
  CLI::App& approved = below("approve", "Approves; as many must as rules of spending say", approve_order);
  CLI::App& written =
      below("export", "Makes the file for the bank once (pain.001), or writes it again", export_file);
  for (CLI::App* one : {&shown, &approved, &written})
    one->add_option("number", words->number, "the disbursement's number")->required();
  for (CLI::App* one : {&approved, &written})
    one->add_option("--user", words->user, "who does it; the password is a line of standard input")
        ->required();
}

}  // namespace coop::api
