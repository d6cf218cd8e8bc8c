#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "api/books_database.hpp"
#include "api/commands/bank_call.hpp"
#include "api/commands/columns.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/long_work.hpp"
#include "api/commands/node_command.hpp"
#include "api/commands/signed_user.hpp"
#include "ledger/bank/bank_account_service.hpp"
#include "ledger/bank/import_service.hpp"
#include "ledger/bank/line_list_store.hpp"
#include "ledger/bank/match_run_service.hpp"
#include "ledger/bank/undo_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/reconciliation.hpp"

namespace coop::api {

namespace {

Unit unit_named(Tx& tx, const std::string& code) {
  if (const auto unit = books::find_unit(tx, code)) return *unit;
  throw Refused{Refusal::unit_unknown, "there is no unit '" + code + "'"};
}

void add_account(const BankCall& call) {
  const auto account = call.database.in_tx([&](Tx& tx) {
    return bank::open_bank_account(tx, call.node.id,
                                   {.path = call.words.path,
                                    .unit = unit_named(tx, call.words.unit).id,
                                    .kind = bank::bank_account_kind_from(call.words.kind),
                                    .identifier = call.words.identifier,
                                    .title = call.words.title.empty() ? call.words.path : call.words.title},
                                   call.author);
  });
  std::cout << "account " << account.number.number() << ": " << account.path << '\n';
}

void list_accounts(const BankCall& call) {
  std::vector<std::vector<std::string>> lines;
  call.database.in_snapshot([&](Tx& tx) {
    for (const bank::BankAccount& one : bank::read_bank_accounts(tx, call.node.id))
      lines.push_back({std::to_string(one.number.number()), one.path, unit_of(tx, one.unit).code,
                       one.identifier, one.title,
                       std::to_string(bank::count_open_lines(tx, call.node.id, one.number)) + " open"});
  });
  std::cout << aligned_columns(lines);
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ostringstream bytes;
  std::ifstream in{file, std::ios::binary};
  if (!in) throw Unavailable{"cannot read " + file.string()};
  bytes << in.rdbuf();
  return bytes.str();
}

void match_certain(const BankCall& call, bank::BankImportNumber number) {
  const journals::Watch watch = watch_on_terminal();
  const auto author = [user = call.author.user] { return books::Author{user, system_clock()()}; };
  const auto run =
      bank::match_unattended(call.database, call.node.id, number, {}, author, [&](const bank::MatchRun& at) {
        watch.tell("matching", at.looked_at, at.total);
        return !watch.is_cancelled();
      });
  std::cout << words_of(run) << '\n';
  for (const bank::RefusedLine& line : run.refusals)
    std::cout << "line " << line.line.number() << ": " << line.words << '\n';
}

bank::FileWatch file_watch(const journals::Watch& watch) {
  return [&watch](std::string_view stage, std::int64_t done, std::int64_t total) {
    watch.tell(stage, done, total);
    return !watch.is_cancelled();
  };
}

void take_in_and_match(const BankCall& call, bank::BankImportNumber number) {
  const journals::Watch watch = watch_on_terminal();
  const auto fresh =
      bank::take_in_watched(call.database, call.node.id, number, false, call.author, file_watch(watch));
  if (!fresh) {
    std::cout << "stopped: nothing was taken in\n";
    return;
  }
  std::cout << "taken in: " << *fresh << " new lines, ";
  match_certain(call, number);
}

void bring(const BankCall& call) {
  const InputFile input{call.words.file};
  const std::string bytes = bytes_of(input.path());
  const auto said =
      call.words.account > 0 ? std::optional{bank::BankAccountNumber{call.words.account}} : std::nullopt;
  const std::string name =
      call.words.file == "-" ? "standard input" : std::filesystem::path{call.words.file}.filename().string();
  const auto number = call.database
                          .in_tx([&](Tx& tx) {
                            return bank::receive_file(tx, call.node.id, {name, bytes, said}, call.author);
                          })
                          .import.number;
  const journals::Watch watch = watch_on_terminal();
  const auto import = bank::read_file(call.database, call.node.id, number, call.author, file_watch(watch));
  show_import(call, number);
  if (import.state == bank::ImportState::unreadable)
    throw Refused{Refusal::statement_unreadable, import.words};
  if (!call.words.taken_in || import.state != bank::ImportState::read) return;
  take_in_and_match(call, number);
}

void show_bank_import(const BankCall& call) { show_import(call, bank::BankImportNumber{call.words.number}); }

void take_in(const BankCall& call) { take_in_and_match(call, bank::BankImportNumber{call.words.number}); }

void undo_bank_import(const BankCall& call) {
  const auto report = call.database.in_tx([&](Tx& tx) {
    return bank::undo_import(tx, call.node.id, bank::BankImportNumber{call.words.number}, call.words.reason,
                             call.author);
  });
  std::cout << "removed " << report.removed << ", kept " << report.held_elsewhere
            << " that another file holds, kept " << report.kept.size() << " that cannot be undone\n";
  for (const bank::KeptLine& line : report.kept)
    std::cout << "line " << line.line.number() << ": " << line.words << '\n';
}

void list_lines(const BankCall& call) {
  bank::LineFilter filter{.limit = 100'000};
  filter.suspended = call.words.in_suspense;
  filter.reversed = call.words.reversed;
  if (!call.words.state.empty()) filter.state = bank::line_state_from(call.words.state);
  if (call.words.account > 0) filter.account = bank::BankAccountNumber{call.words.account};
  std::vector<std::vector<std::string>> rows;
  call.database.in_snapshot([&](Tx& tx) {
    std::map<bank::BankAccountNumber, Unit> units;
    for (const bank::BankAccount& one : bank::read_bank_accounts(tx, call.node.id))
      units.emplace(one.number, unit_of(tx, one.unit));
    for (const bank::BankLine& line : bank::list_lines(tx, call.node.id, filter)) {
      const Unit& unit = units.at(line.account.value());
      const std::string who = line.details.empty() ? "" : line.details.front().counterparty.name;
      const std::string what = line.details.empty() ? line.words : line.details.front().words;
      const bool waits = line.state == bank::LineState::open && bank::waits_for_details(line);
      rows.push_back({std::to_string(line.number.number()), line.booked_on.text(),
                      text_from_minor(line.amount_minor, unit.scale), unit.code,
                      waits ? "waits_for_details" : std::string{text_of(line.state)}, who, what});
    }
  });
  std::cout << aligned_columns(rows);
}

void match(const BankCall& call) {
  const bank::BankLineNumber line{call.words.number};
  const auto done = call.database.in_tx([&](Tx& tx) {
    return bank::accept_proposal(tx, call.node.id, line, static_cast<std::size_t>(call.words.proposal),
                                 {.fee_account = call.words.path}, call.author);
  });
  std::cout << "match " << done.number.number() << ": " << bank::text_of(done.method) << '\n';
  for (const bank::Reason& reason : done.reasons) std::cout << reason.words << '\n';
}

void list_proposals(const BankCall& call) {
  call.database.in_snapshot([&](Tx& tx) {
    const bank::BankLine line = bank::read_line(tx, call.node.id, bank::BankLineNumber{call.words.number});
    const auto account = bank::read_bank_account(tx, call.node.id, line.account.value());
    const Unit unit = unit_of(tx, account.unit);
    int place = 0;
    const auto all = bank::propose(tx, call.node.id, {&line, 1}, {.fee_account = call.words.path});
    for (const bank::Proposal& one : all.front()) {
      std::cout << ++place << ". " << bank::text_of(one.method) << (one.is_certain ? ", certain" : "") << ':';
      for (const bank::ProposedPart& part : one.parts)
        std::cout << ' ' << bank::text_of(part.made) << ' ' << part.payer << part.account << ' '
                  << text_from_minor(part.amount_minor, unit.scale);
      std::cout << '\n';
      for (const bank::Reason& reason : one.reasons)
        std::cout << "   " << reason.words << (reason.said.empty() ? "" : ": " + reason.said) << '\n';
    }
  });
}

void reconcile(const BankCall& call) {
  const Day day = call.words.as_of.empty() ? day_in_zone(call.author.now, call.node.time_zone)
                                           : Day::parse(call.words.as_of);
  const auto table = call.database.in_snapshot([&](Tx& tx) {
    const auto account =
        bank::read_bank_account(tx, call.node.id, bank::BankAccountNumber{call.words.account});
    return reports::table_of_reconciliation(
        reports::read_report_node(tx, call.node.id),
        reports::read_reconciliation(tx, call.node.id, account, unit_of(tx, account.unit), day, true,
                                     typed_instant(call.words.known_at)));
  });
  std::cout << (call.words.as_csv ? reports::csv_text(table) : reports::plain_text(table));
}

int run_bank(const Settings& settings, const BankWords& words, BankWork work) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  const auto node = database.in_tx([&](Tx& tx) { return books::read_node(tx, words.node); });
  const Instant now = system_clock()();
  work({database, words, node,
        words.asks ? require_signed_author(database, node, words.user, *words.asks, now)
                   : books::Author{std::nullopt, now}});
  return static_cast<int>(ExitCode::success);
}

}  // namespace

CLI::App& add_bank_command(CLI::App& command, const std::string& name, const std::string& meaning,
                           const std::shared_ptr<BankWords>& words, const std::shared_ptr<BankWork>& chosen,
                           BankWork work) {
  CLI::App& added = *command.add_subcommand(name, meaning);
  added.fallthrough();
  added.footer("Settings (--database, --data …) and examples: `coopledger bank --help`.");
  added.add_option("node", words->node, "the node's short name, such as bcn")->required();
  added.callback([chosen, work] { *chosen = work; });
  return added;
}

void ask_who(const std::shared_ptr<BankWords>& words, std::initializer_list<CLI::App*> subcommands,
             access::Action action) {
  for (CLI::App* one : subcommands) {
    one->add_option("--user", words->user, "who does it; the password is a line of standard input")
        ->required();
    one->parse_complete_callback([words, action] { words->asks = action; });
  }
}

Unit unit_of(Tx& tx, UnitId id) {
  for (const books::ListedUnit& listed : books::read_units(tx))
    if (listed.unit.id == id) return listed.unit;
  throw InvariantBroken{"an account has a unit"};
}

void show_import(const BankCall& call, bank::BankImportNumber number) {
  const auto preview =
      call.database.in_snapshot([&](Tx& tx) { return bank::preview_import(tx, call.node.id, number); });
  std::cout << "file " << number.number() << ": " << bank::text_of(preview.import.state);
  if (!preview.import.words.empty()) std::cout << ": " << preview.import.words;
  std::cout << '\n';
  for (const bank::StatementPreview& one : preview.statements) std::cout << one.words << '\n';
  for (const statements::Note& note : preview.notes) std::cout << note.place << ": " << note.text << '\n';
  if (!preview.survey) return;
  for (const statements::CsvQuestion& question : preview.survey->questions) {
    std::cout << question.code << ": " << question.text;
    for (const std::string& sample : question.samples) std::cout << " [" << sample << "]";
    std::cout << '\n';
  }
}

namespace {

void add_line_options(CLI::App& listed, BankWords& words) {
  listed.add_option("--state", words.state,
                    "open, matched, ignored or silent; without it all. An open batch whose payments no "
                    "notification (camt.054) told yet is shown as waits_for_details");
  listed.add_option("--account", words.account, "only of this account");
  listed.add_flag("--suspense", words.in_suspense, "only those of which something lies in suspense");
  listed.add_flag("--reversed", words.reversed, "only those matched with what was reversed since");
}

CommandText bank_text() {
  return {"bank",
          "Takes in statements of banks and shows whether the books agree",
          {SettingGroup::books, SettingGroup::log},
          {"coopledger bank add bcn assets:bank:main --identifier 'ES91 2100 0418 4502 0005 1332' "
           "--user ann < password",
           "coopledger bank bring bcn march.xml --user ann < password",
           "coopledger bank bring bcn march.xml --take-in --user ann < password",
           "cat password march.xml | coopledger bank bring bcn - --user ann",
           "coopledger bank answer bcn 3 --decimal-mark , --user ann < password",
           "coopledger bank lines bcn --state open",
           "coopledger bank match bcn 17 --proposal 1 --user ann < password",
           "coopledger bank rules replay bcn 3",
           "coopledger bank rules replay bcn 3 --record --user ann < password",
           "coopledger bank reconcile bcn 1 --as-of 2026-03-31",
           "coopledger bank sign bcn 1 --as-of 2026-03-31 --user tess < password",
           "coopledger bank count bcn 2 --coin 20.00=3 --coin 0.50=7 --user tess < password"}};
}

}  // namespace

void add_bank(CommandLine& line) {
  const auto words = std::make_shared<BankWords>();
  const auto chosen = std::make_shared<BankWork>();
  CLI::App& command = line.add(bank_text(), [words, chosen](const Configuration& configuration) {
    return run_bank(configuration.settings, *words, *chosen);
  });
  command.require_subcommand(1);
  const auto below = [&](const char* name, const char* meaning, BankWork work) -> CLI::App& {
    return add_bank_command(command, name, meaning, words, chosen, work);
  };
  CLI::App& added = below("add", "Puts an account on record as one with statements", add_account);
  added.add_option("account", words->path, "its path, such as assets:bank:main")->required();
  added.add_option("--unit", words->unit, "its unit; without it EUR");
  added.add_option("--kind", words->kind, "bank, cash, local or neighbour; without it bank");
  added.add_option("--identifier", words->identifier, "what statements call it: IBAN or national number");
  added.add_option("--title", words->title, "what people call it");
  below("accounts", "Lists the accounts with statements", list_accounts);
  CLI::App& brought = below("bring", "Reads a file of a bank, of any form", bring);
  brought.add_option("file", words->file, "the file; - reads standard input")->required();
  brought.add_option("--account", words->account,
                     "the number of its account, where the file does not say it");
  brought.add_flag("--take-in", words->taken_in, "lets its lines count, and matches what is certain");
  CLI::App& shown = below("show", "Shows what a file says", show_bank_import);
  CLI::App& taken = below("take-in", "Lets the lines of a file count, and matches what is certain", take_in);
  CLI::App& undone = below("undo", "Takes a file back that was taken in", undo_bank_import);
  for (CLI::App* one : {&shown, &taken, &undone})
    one->add_option("file", words->number, "the number of the file")->required();
  undone.add_option("--reason", words->reason, "why")->required();
  add_line_options(below("lines", "Lists lines of statements", list_lines), *words);
  CLI::App& proposed = below("proposals", "What a line seems to be, the surest first", list_proposals);
  CLI::App& matched = below("match", "Does with a line what a proposal says", match);
  for (CLI::App* one : {&proposed, &matched}) {
    one->add_option("line", words->number, "the number of the line")->required();
    one->add_option("--fee-account", words->path, "where the bank's charges are booked");
  }
  matched.add_option("--proposal", words->proposal, "the place of the proposal; without it the first");
  CLI::App& reconciled =
      below("reconcile", "Whether the books agree with the bank, and what lies between", reconcile);
  reconciled.add_option("account", words->account, "the number of the account")->required();
  reconciled.add_option("--as-of", words->as_of, "the day, such as 2026-03-31; without it today");
  reconciled.add_option("--known-at", words->known_at, "as was known then, such as 2026-04-01T12:00:00Z");
  reconciled.add_flag("--csv", words->as_csv, "for a spreadsheet");
  ask_who(words, {&added}, access::Action::keep_accounts);
  ask_who(words, {&brought, &taken, &undone, &matched}, access::Action::record_entries);
  add_bank_reconciling(words, below);
  add_bank_rules(command, words, chosen);
}

}  // namespace coop::api
