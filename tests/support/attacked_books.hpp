#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tests/support/full_books.hpp"

namespace coop::test {

/// Who attacks with raw SQL.
enum class Attacker {
  service,   ///< signed in as the role that the server uses: somebody who made the server run their SQL
  owner,     ///< the schema's owner, a superuser: somebody with the operator's password
  unguarded  ///< the same with triggers and foreign keys switched off for the session
};

/// What the attacker makes fit afterwards, as somebody would who knows the program; only if the attack was
/// accepted.
enum class Forging {
  nothing,
  hashes,     ///< the hash of entry 46, and the head's
  figures,    ///< balances, totals and the head after entry 46
  everything  ///< both
};

/// Something that must be refused by PostgreSQL or found by verification.
struct Attack {
  std::string what;  ///< as the table says it
  std::string sql;
  Forging forging = Forging::nothing;
  /// Why the service's role may do this: it is the service's own work.
  std::string permitted = {};
  /// Why somebody with every right may do this unnoticed.
  std::string unnoticed = {};
};

/// A posting of a recording: SQL for the account's id and for a row that it is about as its fund.
struct RawPosting {
  std::string account;
  std::string amount_minor;
  std::string fund = "NULL";
};

/// SQL that records entry 46 of node 1 as the program would (entry, postings, event, head in one statement;
/// figures are left to Forging), but for what is set otherwise. Members are SQL expressions.
struct RawRecording {
  std::string node = "1";
  std::string number = "46";
  std::string day = "'2026-01-31'";
  std::string recorded_at = "(SELECT last_recorded_at FROM book_head WHERE node_id = 1)";
  std::string document_on = "NULL";
  std::string posting_count = "2";
  std::string key = "gen_random_uuid()";
  std::string reverses = "NULL";
  std::string hold = "NULL";
  std::vector<RawPosting> postings = {};  ///< none: 5.00 EUR from income:dues to assets:bank
  bool with_postings = true;
  bool told = true;  ///< whether the outbox tells of it
  std::string sql() const;
};

/// SQL for the id of an account of node 1.
std::string id_of(const std::string& path, const std::string& unit = "EUR");
/// SQL that adds an event to node 1's outbox and moves the head.
std::string told(const std::string& kind, const std::string& body);

/// Full books whose copies are attacked by each attacker in turn.
class AttackedBooks : public FullBooks {
 protected:
  /// Does each attack as each attacker to a copy of the books, and answers the rows of the table that says
  /// what became of it. Fails the test if an attack with rights that the service or the owner has at work is
  /// neither refused nor found, unless it says why.
  std::string table_of(const std::vector<Attack>& attacks);
  /// The same for attacks that only the service's role is kept from.
  std::string table_for_service(const std::vector<Attack>& attacks);

 private:
  /// What verification says first, or ""; nothing if the attack was refused, which `said` then says.
  std::optional<std::string> accepted(const Attack& attack, Attacker attacker, std::string& said);
  const DatabaseCopy& copy();
  std::optional<DatabaseCopy> copy_;
};

}  // namespace coop::test
