#pragma once
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>

#include "api/commands/command_line.hpp"
#include "api/directories.hpp"
#include "ledger/access/role.hpp"
#include "ledger/books/author.hpp"
#include "ledger/books/node.hpp"
#include "ledger/database/database.hpp"
#include "ledger/values/day.hpp"
#include "reports/report_node.hpp"
#include "reports/table.hpp"

namespace coop::api {

/// One run of a subcommand in the books of a node.
struct NodeCall {
  Database& database;
  UnitDirectory& units;
  books::Node node;
  Instant now;
  bool as_csv;
  std::optional<UserId> user = {};  ///< whoever signed, where the subcommand asks who does it

  /// The day where the node is.
  Day today() const { return day_in_zone(now, node.time_zone); }
  /// The day that was given (YYYY-MM-DD), or today. Throws Refused.
  Day day_or_today(const std::string& text) const { return text.empty() ? today() : Day::parse(text); }
  /// Whoever signed; without that whoever is at the machine, and is no user.
  books::Author author() const { return {user, now}; }
  /// A unit of the books.
  std::function<Unit(UnitId)> unit_of() const;
  /// The node's own unit.
  Unit base_unit() const { return units.of(node.base_unit); }

  /// Prints a table, as CSV where that was asked for. Without the header it continues an earlier one.
  void print(const reports::Table& table, bool with_header = true) const;
  /// Reads a table in one snapshot, and prints it.
  void print_read(const std::function<reports::Table(Tx& tx, const reports::ReportNode& in)>& read) const;
  /// Does something in one database transaction, and prints what came of it.
  void print_done(const std::function<reports::Table(Tx& tx, const reports::ReportNode& in)>& work) const;
};

/// A command whose subcommands work in the books of a node, each called with the node's short name, and with
/// `--csv`.
class NodeCommand {
 public:
  using Work = std::function<void(const NodeCall&)>;

  /// Adds the command.
  NodeCommand(CommandLine& line, const CommandText& text);
  /// Adds a subcommand; its own flags and arguments are added to the answer.
  CLI::App& below(const char* name, const char* meaning, Work work);
  /// The same, where the work answers the exit code.
  CLI::App& below_with_code(const char* name, const char* meaning, std::function<int(const NodeCall&)> work);
  /// Has subcommands ask who does it: `--user`, who may do this in the node, with the password as the first
  /// line of standard input (see require_signed_author()). NodeCall::author() is that user then.
  void ask_who(std::initializer_list<CLI::App*> subcommands, access::Action action);

  /// Takes `--csv` from subcommands that print no table.
  void print_no_table(std::initializer_list<CLI::App*> subcommands);

 private:
  struct Chosen;
  std::shared_ptr<Chosen> chosen_;
  CLI::App& command_;
};

/// The day that was typed; nothing for "".
std::optional<Day> typed_day(const std::string& typed);
/// The instant that was typed; nothing for "".
std::optional<Instant> typed_instant(const std::string& typed);

}  // namespace coop::api
