#include "api/commands/capital_writes.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <string>
#include <vector>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/json_file.hpp"
#include "api/commands/signed_user.hpp"
#include "api/directories.hpp"
#include "api/handlers/capital_forms.hpp"
#include "api/json_document.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/capital/share_undo_service.hpp"
#include "ledger/capital/surplus_service.hpp"
#include "reports/capital_reports.hpp"
#include "reports/share_tables.hpp"

namespace coop::api {

namespace {

struct WriteWords {
  std::string node;
  std::string file;
  std::string reason;
  std::string on;
  std::string user;
  access::Action action = access::Action::record_entries;  ///< what the user must be allowed to do
  std::int32_t number = 0;
};

struct WriteCall {
  Tx& tx;
  const WriteWords& words;
  UnitDirectory& units;
  NodeId node;
  books::Author author;

  capital::MovementNumber number() const { return capital::MovementNumber{words.number}; }
  capital::SurplusRunNumber run() const { return capital::SurplusRunNumber{words.number}; }
};

using CapitalWrite = reports::Table (*)(const WriteCall&);

reports::Table moved(const WriteCall& call, const std::vector<capital::Movement>& movements) {
  return reports::table_of_movements(reports::read_report_node(call.tx, call.node), movements, std::nullopt);
}

reports::Table divided_surplus(const WriteCall& call, const capital::SurplusRun& run) {
  return reports::table_of_surplus_run(reports::read_report_node(call.tx, call.node), run);
}

reports::Table move_by_file(const WriteCall& call) {
  const JsonDocument body{json_file_text(call.words.file)};
  return moved(call, capital::move_shares(call.tx, call.node, movement_from(JsonValue{body}, call.units),
                                          call.author));
}

reports::Table withdraw_by_file(const WriteCall& call) {
  const JsonDocument body{json_file_text(call.words.file)};
  return moved(call, capital::withdraw_in_order(call.tx, call.node,
                                                withdrawal_from(JsonValue{body}, call.units), call.author)
                         .paid);
}

reports::Table take_back(const WriteCall& call) {
  return moved(call, {capital::take_back_ask(
                         call.tx, call.node,
                         {.ask = call.number(), .on = Day::parse(call.words.on), .reason = call.words.reason},
                         call.author)});
}

reports::Table undo_surplus(const WriteCall& call) {
  return moved(call,
               {capital::undo_movement(call.tx, call.node, call.number(), call.words.reason, call.author)});
}

reports::Table propose_by_file(const WriteCall& call) {
  const JsonDocument body{json_file_text(call.words.file)};
  const auto run = capital::propose_surplus_run(call.tx, call.node,
                                                surplus_draft_from(JsonValue{body}, call.units), call.author);
  return divided_surplus(call, run);
}

reports::Table approve_run(const WriteCall& call) {
  return divided_surplus(call, capital::approve_surplus_run(call.tx, call.node, call.run(), call.author));
}

reports::Table cancel_run(const WriteCall& call) {
  return divided_surplus(
      call, capital::cancel_surplus_run(call.tx, call.node, call.run(), call.words.reason, call.author));
}

reports::Table undo_run(const WriteCall& call) {
  return divided_surplus(
      call, capital::undo_surplus_run(call.tx, call.node, call.run(), call.words.reason, call.author));
}

int write_capital(const Settings& settings, const WriteWords& words, CapitalWrite write) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  UnitDirectory units{database};
  units.refresh();
  const auto node = database.in_snapshot([&](Tx& tx) { return books::read_node(tx, words.node); });
  const books::Author author =
      require_signed_author(database, node, words.user, words.action, system_clock()());
  const reports::Table table =
      database.in_tx([&](Tx& tx) { return write({tx, words, units, node.id, author}); });
  std::cout << reports::plain_text(table);
  return static_cast<int>(ExitCode::success);
}

using AddBelow = std::function<CLI::App&(const char*, const char*, CapitalWrite)>;

// What becomes of a surplus that was proposed.
void add_decisions(const AddBelow& below, WriteWords& words) {
  CLI::App& approved = below("approve", "Approves a surplus; the second of two books it", approve_run);
  CLI::App& cancelled = below("cancel", "Gives a proposed surplus up", cancel_run);
  CLI::App& undone = below("undo-surplus", "Takes a booked surplus back, with its entries", undo_run);
  for (CLI::App* one : {&approved, &cancelled, &undone})
    one->add_option("number", words.number, "the run's number")->required();
  for (CLI::App* one : {&cancelled, &undone}) one->add_option("--reason", words.reason, "why")->required();
  approved.preparse_callback([&words](std::size_t) { words.action = access::Action::approve_payments; });
}

}  // namespace

void add_capital_writes(CLI::App& command, const std::shared_ptr<CapitalChoice>& chosen) {
  const auto words = std::make_shared<WriteWords>();
  const auto below = [&](const char* name, const char* meaning, CapitalWrite write) -> CLI::App& {
    CLI::App& added = *command.add_subcommand(name, meaning);
    added.fallthrough();
    added.footer("Settings (--database, --data …) and examples: `coopledger capital --help`.");
    added.add_option("node", words->node, "the node's short name, such as bcn")->required();
    added.add_option("--user", words->user, "who does it; the password is a line of standard input")
        ->required();
    added.callback([chosen, words, write] {
      *chosen = [words, write](const Settings& settings) { return write_capital(settings, *words, write); };
    });
    return added;
  };
  const auto from_file = [&](CLI::App& added) {
    added
        .add_option("--file", words->file,
                    "the request as JSON, as the API takes it; - for standard input, after the password")
        ->required();
  };
  from_file(below("move", "Subscribes, pays in, cancels, gives on or asks back shares", move_by_file));
  from_file(below("withdraw", "Pays the queue of withdrawals", withdraw_by_file));
  from_file(below("propose", "Divides a surplus or a loss; two others approve it", propose_by_file));
  CLI::App& taken = below("take-back", "Takes back shares that wait in the queue", take_back);
  taken.add_option("--on", words->on, "on which day, such as 2025-12-31")->required();
  CLI::App& undone = below("undo", "Undoes a movement that was wrong, with its entry", undo_surplus);
  for (CLI::App* one : {&taken, &undone}) {
    one->add_option("number", words->number, "the movement's number")->required();
    one->add_option("--reason", words->reason, "why")->required();
  }
  add_decisions(below, *words);
}

}  // namespace coop::api
