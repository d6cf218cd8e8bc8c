#include <CLI/CLI.hpp>

#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/columns.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/typed_password.hpp"
#include "ledger/access/access_service.hpp"
#include "ledger/books/node_service.hpp"

namespace coop::api {

namespace {

struct UserWords {
  std::string name;
  std::string title;
  std::string node;
  std::string role;
  bool is_operator = false;
  bool with_password = false;
  bool ended = false;
};

/// What one of the commands does, in one database transaction.
using UserWork = std::function<void(Tx&, const UserWords&, Instant)>;

void show_users(const std::vector<access::User>& users) {
  std::vector<std::vector<std::string>> rows;
  for (const access::User& user : users)
    rows.push_back({user.name, user.is_operator ? "operator" : "", user.has_password ? "" : "no password",
                    user.closed_at ? "closed " + coop::text_of(*user.closed_at) : "", user.title});
  std::cout << aligned_columns(rows);
}

void show_users(const access::User& user) { show_users(std::vector{user}); }

void list_users(Tx& tx, const UserWords&, Instant) { show_users(access::read_users(tx)); }

void close(Tx& tx, const UserWords& words, Instant now) {
  access::UserChange change;
  change.closed = true;
  show_users(access::change_user(tx, words.name, change, now));
}

void reopen(Tx& tx, const UserWords& words, Instant now) {
  access::UserChange change;
  change.closed = false;
  show_users(access::change_user(tx, words.name, change, now));
}

void grant(Tx& tx, const UserWords& words, Instant now) {
  const NodeId node = books::read_node(tx, words.node).id;
  const bool given =
      access::grant_role(tx, node, words.name, access::role_from_text(words.role), std::nullopt, now);
  std::cout << words.name << " is " << words.role << " of " << words.node << (given ? "" : ", as before")
            << "\n";
}

void revoke_role_of(Tx& tx, const UserWords& words, Instant now) {
  const NodeId node = books::read_node(tx, words.node).id;
  const bool taken =
      access::revoke_role(tx, node, words.name, access::role_from_text(words.role), std::nullopt, now);
  std::cout << words.name << " is not " << words.role << " of " << words.node << (taken ? "" : ", as before")
            << "\n";
}

void list_roles(Tx& tx, const UserWords& words, Instant) {
  std::vector<std::vector<std::string>> rows;
  for (const access::RoleGrant& grant :
       access::read_grants(tx, books::read_node(tx, words.node).id, words.ended))
    rows.push_back({grant.user_name, std::string{access::text_of(grant.role)},
                    "since " + coop::text_of(grant.granted_at),
                    grant.revoked_at ? "until " + coop::text_of(*grant.revoked_at) : ""});
  std::cout << aligned_columns(rows);
}

int run_user_work(const Settings& settings, const UserWords& words, const UserWork& work) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  const Instant now = system_clock()();
  database.in_tx([&](Tx& tx) { work(tx, words, now); });
  return static_cast<int>(ExitCode::success);
}

// The password is asked for before a connection is held.
int add_user(const Settings& settings, const UserWords& words) {
  const auto password = words.with_password ? std::optional{typed_password()} : std::nullopt;
  return run_user_work(settings, words, [&](Tx& tx, const UserWords&, Instant now) {
    show_users(
        access::create_user(tx, {words.name, words.title, password, words.is_operator}, std::nullopt, now));
  });
}

int set_password(const Settings& settings, const UserWords& words) {
  const std::string password = typed_password();
  return run_user_work(settings, words, [&](Tx& tx, const UserWords&, Instant now) {
    access::set_password(tx, words.name, password, now);
    std::cout << "the password of " << words.name << " is set; whoever was signed in with the old one is not "
              << "any more\n";
  });
}

/// The commands below `coopledger user`, and what was chosen of them.
class UserCommands {
 public:
  UserCommands(CLI::App& command, std::shared_ptr<UserWords> words)
      : command_{command}, words_{std::move(words)} {}

  /// A command on a user by name.
  CLI::App& add_named(const std::string& name, const std::string& meaning) {
    CLI::App& added = add(command_, name, meaning);
    added.add_option("name", words_->name, "the user's name")->required();
    return added;
  }
  /// A command below `user role`.
  CLI::App& add_role(CLI::App& roles, const std::string& name, const std::string& meaning) {
    CLI::App& added = add(roles, name, meaning);
    if (name != "list") {
      added.add_option("name", words_->name, "the user's name")->required();
      added.add_option("role", words_->role, "treasurer, bookkeeper, approver, auditor, member or neighbour")
          ->required();
    }
    added.add_option("--node", words_->node, "the node's name")->required();
    return added;
  }
  static CLI::App& add(CLI::App& above, const std::string& name, const std::string& meaning) {
    CLI::App& added = *above.add_subcommand(name, meaning);
    added.fallthrough();
    added.footer("Settings (--database, --data …) and examples: `coopledger user --help`.");
    return added;
  }

 private:
  CLI::App& command_;
  std::shared_ptr<UserWords> words_;
};

using RunUser = std::function<int(const Settings&, const UserWords&)>;

void add_user_commands(CLI::App& command, const std::shared_ptr<UserWords>& words,
                       const std::shared_ptr<RunUser>& chosen) {
  const auto choose = [&](CLI::App& app, RunUser run) {
    app.callback([chosen, run = std::move(run)] { *chosen = run; });
  };
  const auto choose_work = [&](CLI::App& app, const UserWork& work) {
    choose(app, [work](const Settings& settings, const UserWords& given) {
      return run_user_work(settings, given, work);
    });
  };
  UserCommands users{command, words};
  choose_work(UserCommands::add(command, "list", "Lists all users"), list_users);
  CLI::App& added = users.add_named("add", "Makes a user");
  added.add_option("--title", words->title, "what people call them");
  added.add_flag("--operator", words->is_operator, "runs the server: users, nodes, units; reads no books");
  added.add_flag("--password", words->with_password,
                 "asks for a password (a line of standard input); without one, only tokens open the server");
  choose(added, add_user);
  choose(users.add_named("password", "Sets a user's password, a line of standard input; ends their sessions"),
         set_password);
  choose_work(*users.add_named("close", "Closes a user: no sign-in, no token opens anything; roles stay")
                   .alias("disable"),
              close);
  choose_work(*users.add_named("reopen", "Opens a closed user again").alias("enable"), reopen);
  CLI::App& roles = UserCommands::add(command, "role", "Gives, takes and lists roles in a node");
  roles.require_subcommand(1);
  choose_work(users.add_role(roles, "grant", "Gives a role"), grant);
  choose_work(users.add_role(roles, "revoke", "Takes a role; a node keeps one treasurer"), revoke_role_of);
  CLI::App& held = users.add_role(roles, "list", "Lists who holds which role in a node");
  held.add_flag("--ended", words->ended, "also who held it before");
  choose_work(held, list_roles);
}

}  // namespace

void add_user(CommandLine& line) {
  const auto words = std::make_shared<UserWords>();
  const auto chosen = std::make_shared<RunUser>();
  CLI::App& command = line.add(
      {"user",
       "Makes, lists, closes and reopens users, sets passwords, gives and takes roles",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger user add maria --title \"Maria Puig\" --password",
        "coopledger user role grant maria treasurer --node bcn", "coopledger user role list --node bcn",
        "coopledger user role revoke maria treasurer --node bcn", "coopledger user password maria",
        "coopledger user close maria   # or: disable", "coopledger user list"}},
      [words, chosen](const Configuration& configuration) {
        return (*chosen)(configuration.settings, *words);
      });
  command.require_subcommand(1);
  add_user_commands(command, words, chosen);
}

}  // namespace coop::api
