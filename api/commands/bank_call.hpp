#pragma once
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/access/role.hpp"
#include "ledger/bank/bank_import.hpp"
#include "ledger/books/author.hpp"
#include "ledger/books/node.hpp"
#include "ledger/database/database.hpp"
#include "ledger/values/unit.hpp"

namespace CLI {
class App;
}

namespace coop::api {

/// What may be said behind `coopledger bank …`.
struct BankWords {
  std::string node;
  std::string path;
  std::string unit = "EUR";
  std::string kind = "bank";
  std::string identifier;
  std::string title;
  std::string file;
  std::string as_of;
  std::string known_at;
  std::string from;
  std::string to;
  std::string state;
  std::string reason;
  int number = 0;
  int account = 0;
  int proposal = 1;
  bool taken_in = false;
  bool as_csv = false;
  bool recorded = false;
  bool in_suspense = false;
  bool reversed = false;
  bool without_suspense = false;
  std::string decimal_mark;
  std::string days;
  std::string signs;
  std::vector<std::string> holds;  ///< "amount=betrag"
  bool once = false;
  std::string user;
  std::optional<access::Action> asks;  ///< what whoever signs must be allowed to do; nothing: nobody signs
  std::string explanation;
  std::vector<std::string> coins;  ///< "20.00=3"
};

/// One use of the command.
struct BankCall {
  Database& database;
  const BankWords& words;
  books::Node node;
  books::Author author;  ///< whoever signed; without that nobody, at some instant
};

/// What a subcommand does.
using BankWork = void (*)(const BankCall&);
/// Adds a subcommand: its name, what it is for, what it does.
using AddBelowBank = std::function<CLI::App&(const char*, const char*, BankWork)>;

/// Adds a subcommand below another, for a node: what it does becomes `chosen` when it is asked for.
CLI::App& add_bank_command(CLI::App& command, const std::string& name, const std::string& meaning,
                           const std::shared_ptr<BankWords>& words, const std::shared_ptr<BankWork>& chosen,
                           BankWork work);

/// Has subcommands ask who does it: `--user`, who may do this in the node, with the password as the first
/// line of standard input (see require_signed_author()). BankCall::author is that user then.
void ask_who(const std::shared_ptr<BankWords>& words, std::initializer_list<CLI::App*> subcommands,
             access::Action action);

/// The unit of an account.
Unit unit_of(Tx& tx, UnitId id);
/// Writes what a file says, whether it was taken in, and what it asks.
void show_import(const BankCall& call, bank::BankImportNumber number);
/// Adds the subcommands of what files ask, of sign-offs and of counts of cash.
void add_bank_reconciling(const std::shared_ptr<BankWords>& words, const AddBelowBank& below);
/// Adds `coopledger bank rules`: lists, shows and replays rules for lines.
void add_bank_rules(CLI::App& command, const std::shared_ptr<BankWords>& words,
                    const std::shared_ptr<BankWork>& chosen);

}  // namespace coop::api
