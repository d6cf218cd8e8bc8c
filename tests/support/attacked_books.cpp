#include "tests/support/attacked_books.hpp"

#include <pqxx/pqxx>

#include "ledger/proof/finding.hpp"

namespace coop::test {

namespace {

// How the table calls a refusal; nothing if it is none, and so the attack's SQL is wrong. libpqxx 6.4 knows
// the SQLSTATE of only some errors, and tells the others by their type.
std::optional<std::string> words_for(const pqxx::sql_error& error) {
  if (dynamic_cast<const pqxx::insufficient_privilege*>(&error) != nullptr) return "no right";
  if (dynamic_cast<const pqxx::unique_violation*>(&error) != nullptr) return "unique";
  if (dynamic_cast<const pqxx::foreign_key_violation*>(&error) != nullptr) return "foreign key";
  if (dynamic_cast<const pqxx::check_violation*>(&error) != nullptr) return "constraint";
  if (dynamic_cast<const pqxx::not_null_violation*>(&error) != nullptr) return "constraint";
  if (dynamic_cast<const pqxx::restrict_violation*>(&error) != nullptr) return "never changed";
  if (dynamic_cast<const pqxx::integrity_constraint_violation*>(&error) != nullptr)
    return "check of the books";
  return std::nullopt;
}

// Nothing if the attack was accepted; else how it was refused.
std::optional<std::string> refusal_of_attack(const DatabaseCopy& copy, const Attack& attack,
                                             Attacker attacker) {
  const std::string first = attacker == Attacker::unguarded ? "SET session_replication_role = replica; " : "";
  try {
    pqxx::connection connection{attacker == Attacker::service ? copy.service_address() : copy.address()};
    pqxx::nontransaction{connection}.exec(first + attack.sql);
    return std::nullopt;
  } catch (const pqxx::sql_error& error) {
    if (const auto words = words_for(error)) return "refused: " + *words;
    ADD_FAILURE() << "the attack's SQL is wrong: " << error.what() << " (" << error.sqlstate() << ")";
    return "broken";
  }
}

void forge(const DatabaseCopy& copy, Forging forging) {
  if (forging == Forging::hashes || forging == Forging::everything) {
    forge_hashes(copy.address(), 46, 46);
    copy.damage(
        "UPDATE book_head SET last_hash = (SELECT hash FROM entry WHERE node_id = 1 AND number = 46) "
        "WHERE node_id = 1");
  }
  if (forging == Forging::figures || forging == Forging::everything) copy.damage(forged_figures_sql(46));
}

std::string first_finding(const proof::Verified& verified) {
  for (const proof::VerifiedNode& node : verified.nodes) {
    if (!node.flaws.empty()) return "found: `" + std::string{text_of(node.flaws.front().finding)} + "`";
  }
  if (verified.flaws.empty()) return {};
  return "found: `" + std::string{text_of(verified.flaws.front().finding)} + "`";
}

std::string words_for_service(const Attack& attack, const std::string& found) {
  if (!found.empty()) return found;
  EXPECT_NE(attack.permitted, "") << "the service's role did this, and nobody noticed";
  return "its own work: " + attack.permitted;
}

std::string words_for_owner(const Attack& attack, const std::string& found) {
  if (!found.empty()) return found;
  EXPECT_NE(attack.unnoticed, "") << "somebody with every right did this, and nobody noticed";
  return "not noticed: " + attack.unnoticed;
}

}  // namespace

std::string id_of(const std::string& path, const std::string& unit) {
  return "(SELECT a.id FROM account a JOIN unit u ON u.id = a.unit_id WHERE a.node_id = 1 AND a.path = '" +
         path + "' AND u.code = '" + unit + "')";
}

std::string told(const std::string& kind, const std::string& body) {
  return "INSERT INTO event (node_id, number, recorded_at, kind, body) SELECT node_id, last_event + 1, "
         "last_recorded_at, '" +
         kind + "', '" + body +
         "' FROM book_head WHERE node_id = 1; UPDATE book_head SET last_event = last_event + 1 WHERE node_id "
         "= 1;";
}

std::string RawRecording::sql() const {
  std::vector<RawPosting> lines = postings;
  if (lines.empty()) lines = {{id_of("assets:bank"), "500"}, {id_of("income:dues"), "-500"}};
  std::string text =
      "WITH new_entry AS (INSERT INTO entry (node_id, recorded_at, number, booked_on, document_on, "
      "posting_count, request_key, content_hash, hash, description, reverses, hold_number) VALUES (" +
      node + ", " + recorded_at + ", " + number + ", " + day + ", " + document_on + ", " + posting_count +
      ", " + key + ", gen_random_uuid(), sha256('x'), 'Forged', " + reverses + ", " + hold + "))";
  if (with_postings) {
    text +=
        ", new_posting AS (INSERT INTO posting (node_id, entry_number, line, account_id, amount_minor, "
        "booked_on, fund_id) VALUES ";
    for (std::size_t i = 0; i < lines.size(); ++i) {
      text += (i == 0 ? "(" : ", (") + node + ", " + number + ", " + std::to_string(i + 1) + ", " +
              lines[i].account + ", " + lines[i].amount_minor + ", " + day + ", " + lines[i].fund + ")";
    }
    text += ")";
  }
  if (told) {
    text +=
        ", new_event AS (INSERT INTO event (node_id, number, recorded_at, kind, first_entry, last_entry) "
        "SELECT node_id, last_event + 1, " +
        recorded_at + ", 'entries_recorded', " + number + ", " + number +
        " FROM book_head WHERE node_id = " + node + ")";
  }
  return text + " UPDATE book_head SET last_number = " + number + ", last_event = last_event + " +
         (told ? "1" : "0") + " WHERE node_id = " + node + ";";
}

const DatabaseCopy& AttackedBooks::copy() {
  if (!copy_) copy_.emplace(fresh());
  return *copy_;
}

std::optional<std::string> AttackedBooks::accepted(const Attack& attack, Attacker attacker,
                                                   std::string& said) {
  const DatabaseCopy& books = copy();
  if (const auto refused = refusal_of_attack(books, attack, attacker)) {
    said = *refused;
    return std::nullopt;
  }
  forge(books, attack.forging);
  const std::string found = first_finding(books.verified());
  copy_.reset();
  return found;
}

std::string AttackedBooks::table_of(const std::vector<Attack>& attacks) {
  std::string rows =
      "| attack | by the service's role | by the owner | with the guards switched off |\n|---|---|---|---|\n";
  for (const Attack& attack : attacks) {
    SCOPED_TRACE(attack.what + ": " + attack.sql);
    std::string by_service;
    std::string by_owner;
    std::string unguarded;
    auto found = accepted(attack, Attacker::service, by_service);
    if (found) by_service = words_for_service(attack, *found);
    else found = accepted(attack, Attacker::owner, by_owner);  // whoever may do more meets the same guards
    if (found) by_owner = words_for_owner(attack, *found);
    found = accepted(attack, Attacker::unguarded, unguarded);
    if (found) unguarded = words_for_owner(attack, *found);
    rows += "| " + attack.what + " | " + by_service + " | " + by_owner + " | " + unguarded + " |\n";
  }
  return rows;
}

std::string AttackedBooks::table_for_service(const std::vector<Attack>& attacks) {
  std::string rows = "| attack | by the service's role |\n|---|---|\n";
  for (const Attack& attack : attacks) {
    SCOPED_TRACE(attack.what + ": " + attack.sql);
    std::string said;
    const auto found = accepted(attack, Attacker::service, said);
    rows += "| " + attack.what + " | " + (found ? words_for_service(attack, *found) : said) + " |\n";
  }
  return rows;
}

}  // namespace coop::test
