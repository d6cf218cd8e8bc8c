#include <CLI/CLI.hpp>

#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/columns.hpp"
#include "api/commands/commands.hpp"
#include "ledger/access/access_service.hpp"
#include "ledger/books/node_service.hpp"

namespace coop::api {

namespace {

struct TokenWords {
  std::string user;
  std::string label;
  std::string node;
  std::vector<std::string> scopes{"read"};
  int days = 90;
  int number = 0;
};

/// What one of the commands does, in one database transaction.
using TokenWork = std::function<void(Tx&, const TokenWords&, Instant)>;

std::vector<std::string> token_row_of(const access::TokenSummary& token) {
  std::string scopes;
  for (const access::Scope scope : token.scopes)
    (scopes += scopes.empty() ? "" : " ") += access::text_of(scope);
  return {std::to_string(token.number.number()),
          scopes,
          "until " + coop::text_of(token.expires_at),
          token.only_node ? "of " + *token.only_node + " only" : "",
          token.revoked_at ? "revoked " + coop::text_of(*token.revoked_at) : "",
          token.last_used_on ? "used " + token.last_used_on->text() : "never used",
          token.label};
}

void issue(Tx& tx, const TokenWords& words, Instant now) {
  access::TokenDraft draft{words.label, {}, std::nullopt, now + std::chrono::hours{24} * words.days};
  for (const std::string& scope : words.scopes) draft.scopes.push_back(access::scope_from_text(scope));
  if (!words.node.empty()) draft.only_node = books::read_node(tx, words.node).id;
  const access::IssuedToken token = access::issue_token(tx, words.user, draft, nullptr, now);
  std::cout << token.text << "\n";
  std::cerr << "Token " << token.number.number() << " of " << words.user << ", until "
            << coop::text_of(token.expires_at) << ". It is shown once.\n";
}

void list_tokens(Tx& tx, const TokenWords& words, Instant) {
  std::vector<std::vector<std::string>> rows;
  for (const access::TokenSummary& token : access::read_tokens(tx, words.user))
    rows.push_back(token_row_of(token));
  std::cout << aligned_columns(rows);
}

void revoke_token_of(Tx& tx, const TokenWords& words, Instant now) {
  access::revoke_token(tx, words.user, access::TokenNumber{words.number}, now);
  std::cout << "token " << words.number << " of " << words.user << " opens nothing any more\n";
}

int run_token_work(const Settings& settings, const TokenWords& words, const TokenWork& work) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  const Instant now = system_clock()();
  database.in_tx([&](Tx& tx) { work(tx, words, now); });
  return static_cast<int>(ExitCode::success);
}

void add_token_commands(CLI::App& command, const std::shared_ptr<TokenWords>& words,
                        const std::shared_ptr<TokenWork>& chosen) {
  const auto add = [&](const char* name, const char* meaning, const TokenWork& work) -> CLI::App& {
    CLI::App& added = *command.add_subcommand(name, meaning);
    added.fallthrough();
    added.footer("Settings (--database, --data …) and examples: `coopledger token --help`.");
    added.callback([chosen, work] { *chosen = work; });
    added.add_option("user", words->user, "the user's name")->required();
    return added;
  };
  CLI::App& issued = add("issue", "Issues a token and prints it, once, alone on standard output", issue);
  issued
      .add_option("--scope", words->scopes,
                  "read, write or admin; may be given several times. What the token opens is never more than "
                  "the user's roles")
      ->capture_default_str();
  issued.add_option("--days", words->days, "how long it is good for")
      ->check(CLI::Range(1, 730))
      ->capture_default_str();
  issued.add_option("--node", words->node, "good for this node only");
  issued.add_option("--label", words->label, "what it is for");
  add("list", "Lists a user's tokens, newest first; the tokens themselves are kept nowhere", list_tokens);
  add("revoke", "Revokes a token; every server notices within five seconds", revoke_token_of)
      .add_option("number", words->number, "the token's number, as `token list` shows it")
      ->required()
      ->check(CLI::PositiveNumber);
}

}  // namespace

void add_token(CommandLine& line) {
  const auto words = std::make_shared<TokenWords>();
  const auto chosen = std::make_shared<TokenWork>();
  CLI::App& command =
      line.add({"token",
                "Issues, lists and revokes the tokens by which programs and people open the server",
                {SettingGroup::books, SettingGroup::log},
                {"coopledger token issue maria --scope read --scope write --days 365 --label \"the shop\"",
                 "coopledger token issue robot --node bcn > token", "coopledger token list maria",
                 "coopledger token revoke maria 3"}},
               [words, chosen](const Configuration& configuration) {
                 return run_token_work(configuration.settings, *words, *chosen);
               });
  command.require_subcommand(1);
  add_token_commands(command, words, chosen);
}

}  // namespace coop::api
