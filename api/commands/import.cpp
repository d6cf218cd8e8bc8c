#include <CLI/CLI.hpp>

#include <iomanip>
#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/long_work.hpp"
#include "api/commands/signed_user.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/journals/import_service.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

struct ImportWords {
  std::string node;
  std::string user;
  std::vector<std::string> files;
  std::vector<std::string> commodities;
  std::vector<std::string> types;
  std::string virtual_postings = "refuse";
  std::string rounding_account;
  journals::ImportOptions options;
  bool dry_run = false;
};

void print_doubts(const char* title, const std::vector<journals::ImportDoubt>& doubts) {
  if (doubts.empty()) return;
  std::cout << title << '\n';
  for (const auto& doubt : doubts) {
    std::cout << "  " << doubt.place << (doubt.place.empty() ? "" : ": ") << doubt.text << '\n';
  }
}

void print_accounts(const journals::ImportReport& report) {
  if (report.accounts.empty()) return;
  std::cout << "Accounts and the sums of their postings in the file:\n";
  for (const auto& account : report.accounts) {
    std::cout << "  " << std::setw(18) << text_from_minor(account.sum_minor, account.scale) << ' '
              << account.unit << "  " << account.path << "  (" << books::text_of(account.type)
              << (account.is_new ? ", opened on " + account.first_day.text() : std::string{", exists"})
              << ")\n";
  }
}

void print_report(const journals::ImportReport& report, bool is_dry) {
  for (const auto& unit : report.units) {
    std::cout << "The commodity '" << unit.commodity << "' is the unit " << unit.code << " with "
              << unit.scale << (unit.scale == 1 ? " decimal" : " decimals") << (unit.is_new ? " (new)" : "");
    if (unit.shift > 0)
      std::cout << "; one is 1" << std::string(static_cast<std::size_t>(unit.shift), '0') << " of it";
    std::cout << ".\n";
  }
  if (is_dry) print_accounts(report);
  print_doubts("Notes:", report.notes);
  print_doubts("To be settled before anything is recorded:", report.obstacles);
  std::cout << report.entries << " entries in the file, " << report.on_record_before << " on record before, "
            << report.skipped << " left out, ";
  if (report.split_off > 0) std::cout << report.split_off << " more since some have parts, ";
  std::cout << report.recorded << " recorded" << (is_dry ? " (dry run)" : "") << ".\n";
}

// Whoever signs. Where books begin nobody has a role in them yet: whoever is at the machine imports then.
books::Author author_of_import(Database& database, const ImportWords& words, Instant now) {
  constexpr auto asked = access::Action::keep_accounts;
  const auto node = database.in_snapshot([&](Tx& tx) { return books::read_node(tx, words.node); });
  if (!words.user.empty()) return require_signed_author(database, node, words.user, asked, now);
  if (somebody_has_role_for(database, node, asked))
    throw Refused{Refusal::field_missing, "say with --user who imports into " + node.name};
  return {std::nullopt, now};
}

int run_import(const Settings& settings, ImportWords words) {
  for (const std::string& pair : words.commodities) journals::add_commodity(words.options, pair);
  for (const std::string& pair : words.types) journals::add_account_type(words.options, pair);
  words.options.virtual_postings = journals::virtual_postings_from(words.virtual_postings);
  if (!words.rounding_account.empty()) words.options.rounding_account = words.rounding_account;
  words.options.more_files.assign(words.files.begin() + 1, words.files.end());
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  const books::Author author = author_of_import(database, words, system_clock()());
  const InputFile input{words.files.front()};
  const journals::Watch watch = watch_on_terminal();
  if (words.dry_run) {
    const auto report = journals::preview_import(database, words.node, input.path(), words.options, watch);
    print_report(report, true);
    return static_cast<int>(report.obstacles.empty() ? ExitCode::success : ExitCode::refused);
  }
  const auto report =
      journals::import_journal(database, words.node, input.path(), words.options, author, watch);
  print_report(report, false);
  if (!report.complete) std::cout << "Stopped. Importing the same file again goes on where this ended.\n";
  return static_cast<int>(report.complete ? ExitCode::success : ExitCode::refused);
}

void add_accounts(CLI::App& command, journals::ImportOptions& options) {
  command
      .add_option("--conversion-account", options.conversion_account,
                  "the account that takes what is exchanged for another unit")
      ->capture_default_str();
  command
      .add_option("--clearing-account", options.clearing_account,
                  "the account that joins the parts of an entry whose postings have days of their own")
      ->capture_default_str();
  command
      .add_option("--virtual-account", options.virtual_account,
                  "the account that balances postings which need not balance")
      ->capture_default_str();
}

}  // namespace

void add_import(CommandLine& line) {
  const auto words = std::make_shared<ImportWords>();
  CLI::App& command = line.add(
      {"import",
       "Records a journal in the books of a node: any that hledger reads, or what hledger prints as JSON",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger import bcn our.journal --dry-run --user ann < password   # shows what would be recorded",
        "coopledger import bcn our.journal --account-type 'Loans=liability' --user ann < password",
        "coopledger import bcn our.journal --commodity '$=USD'   # nobody has a role in bcn yet",
        "coopledger import bcn hours.timedot --virtual book --account-type 'work=expense' --new-units --user "
        "ann < password",
        "(cat password; hledger -f our.journal print --auto -O json) | coopledger import bcn - --user ann"}},
      [words](const Configuration& configuration) { return run_import(configuration.settings, *words); });
  command.add_option("node", words->node, "the node's name")->required();
  command
      .add_option("files", words->files,
                  "the journal, or several that belong together, or hledger's JSON; - is standard input")
      ->required();
  command
      .add_option("--commodity", words->commodities,
                  "which unit a commodity is, as in '$=USD'; or how many of a smaller unit, as in "
                  "'BTC=SATOSHI*100000000'")
      ->allow_extra_args(false);
  command
      .add_option("--account-type", words->types,
                  "the type of an account and those below it, as in 'Liabilities=liability'")
      ->allow_extra_args(false);
  command
      .add_option("--virtual", words->virtual_postings,
                  "postings that need not balance: refuse, skip (leave out) or book (balance by "
                  "--virtual-account)")
      ->capture_default_str();
  command.add_option("--rounding-account", words->rounding_account,
                     "rounds amounts to their unit's decimals, and takes the differences");
  command.add_flag("--ignore-assertions", words->options.ignore_assertions,
                   "passes over balance assertions that fail in hledger's JSON");
  command.add_flag("--new-units", words->options.may_make_units,
                   "makes the units that do not exist yet, for all nodes of this server");
  command.add_option("--user", words->user,
                     "who does it; the password is a line of standard input. Needless only as long as nobody "
                     "has a role in the node that lets them import");
  add_accounts(command, words->options);
  command.add_flag("--dry-run", words->dry_run, "records nothing");
}

}  // namespace coop::api
