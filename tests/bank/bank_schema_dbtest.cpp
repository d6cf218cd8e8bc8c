// What the schema itself keeps of lines and matches, whatever the program does: raw SQL by the schema's
// owner, and what the service's role may not even try.
#include "tests/support/test_matching.hpp"

namespace coop::bank {
namespace {

constexpr const char* check_violated = "23514";
constexpr const char* unique_violated = "23505";
constexpr const char* foreign_key_violated = "23503";
constexpr const char* integrity_violated = "23000";
constexpr const char* restricted = "23001";

/// Line 1 of 20.00 is open, line 2 of 30.00 matched with a payment (match 1, posting 1 of entry 2), line 3
/// of 7.00 set aside; posting 1 of the last entry is loose, of 20.00.
class BankSchema : public test::MatchingTest {
 protected:
  BankSchema() {
    member("M0001", "2026-01-01");
    run("2026-01");
    statement({{.day = "2026-02-03", .amount = "20.00"},
               {.day = "2026-02-04", .amount = "30.00"},
               {.day = "2026-02-05", .amount = "7.00"}});
    accept(line("30.00"), {payment("M0001", "30.00")});
    db().in_tx([&](Tx& tx) { ignore_line(tx, node(), line("7.00").number, "not ours", author()); });
    loose_ = std::to_string(
        record("2026-02-03", {{"assets:bank:main", "20.00"}, {"income:other", "-20.00"}}).number.number());
    elsewhere_ = std::to_string(
        record("2026-02-03", {{"assets:bank", "20.00"}, {"income:other", "-20.00"}}).number.number());
    node_ = std::to_string(node().number());
  }

  std::string match_sql(const std::string& line, const std::string& live = "true",
                        const std::string& method = "hand", const std::string& attended = "true") const {
    return "INSERT INTO bank_match (node_id, number, line_number, method, is_attended, reasons, live, "
           "recorded_at) "
           "VALUES (" +
           node_ + ", 2, " + line + ", '" + method + "', " + attended + ", '[]', " + live + ", now()); ";
  }
  std::string part_sql(const std::string& entry, const std::string& minor,
                       const std::string& made = "'found'", const std::string& posting = "1") const {
    return "INSERT INTO bank_match_part (node_id, match_number, part, entry_number, posting_line, "
           "amount_minor, made) "
           "VALUES (" +
           node_ + ", 2, (SELECT count(*) + 1 FROM bank_match_part WHERE match_number = 2), " + entry + ", " +
           posting + ", " + minor + ", " + made + "); ";
  }
  std::string step_sql(const std::string& line, const std::string& number, const std::string& kind) const {
    return "INSERT INTO bank_line_step (node_id, line_number, number, kind, reason, recorded_at) VALUES (" +
           node_ + ", " + line + ", " + number + ", '" + kind + "', 'x', now()); ";
  }
  std::string import_step_sql(const std::string& number, const std::string& kind) const {
    return "INSERT INTO bank_import_step (node_id, import_number, number, kind, words, recorded_at) VALUES "
           "(" +
           node_ + ", 1, " + number + ", '" + kind + "', 'x', now()); ";
  }
  std::string live_sql(const std::string& line, const std::string& key = "key") const {
    return "INSERT INTO bank_live_line (node_id, bank_account, key, occurrence, line_number) "
           "SELECT node_id, bank_account, " +
           key + ", occurrence, number FROM bank_line WHERE number = " + line + "; ";
  }
  std::string loose_, elsewhere_, node_;
};

TEST_F(BankSchema, ClearsPostingsThatComeToTheLine) {
  EXPECT_EQ(state_of(match_sql("1") + part_sql(loose_, "1999")), integrity_violated) << "too little";
  EXPECT_EQ(state_of(match_sql("1") + part_sql(loose_, "2001")), integrity_violated) << "too much";
  EXPECT_EQ(state_of(match_sql("1")), integrity_violated) << "nothing";
  EXPECT_EQ(state_of(match_sql("1") + part_sql(loose_, "0")), check_violated) << "a part of zero";
  EXPECT_EQ(state_of(match_sql("1") + part_sql(elsewhere_, "2000")), integrity_violated)
      << "a posting of another account";
  EXPECT_EQ(state_of(match_sql("1") + part_sql("999", "2000")), integrity_violated) << "no such posting";
  EXPECT_EQ(state_of(match_sql("1") + part_sql(loose_, "2000", "'found'", "2")), integrity_violated)
      << "the other side of the entry";
  EXPECT_EQ(state_of(match_sql("1") + part_sql(loose_, "-500") + part_sql(loose_, "2500")),
            integrity_violated)
      << "in the other direction";
  EXPECT_EQ(state_of(match_sql("1") + part_sql("2", "2000")), integrity_violated)
      << "what is cleared already";
  EXPECT_EQ(state_of(match_sql("1") + part_sql(loose_, "2000", "'payment'")), check_violated)
      << "a payment without its number";
  EXPECT_EQ(state_of(match_sql("1") + part_sql(loose_, "2000")), "accepted");
}

TEST_F(BankSchema, MatchesOpenLinesOnce) {
  const std::string second = match_sql("2") + part_sql(loose_, "3000");
  EXPECT_EQ(state_of(second), unique_violated) << "a line that is matched";
  EXPECT_EQ(state_of(match_sql("3") + part_sql(loose_, "700")), integrity_violated)
      << "a line that is set aside";
  EXPECT_EQ(state_of(match_sql("9") + part_sql(loose_, "2000")), foreign_key_violated)
      << "a line that there is not";
  EXPECT_EQ(state_of("DELETE FROM bank_live_line WHERE line_number = 1; " + match_sql("1") +
                     part_sql(loose_, "2000")),
            integrity_violated)
      << "a line that does not count";
  EXPECT_EQ(state_of(match_sql("1", "false") + part_sql(loose_, "2000")), integrity_violated)
      << "born undone, without an end";
}

TEST_F(BankSchema, LetsNobodyUnattendedMatchOnAGuess) {
  for (const char* guess : {"payer", "similar", "transfer", "hand"})
    EXPECT_EQ(state_of(match_sql("1", "true", guess, "false") + part_sql(loose_, "2000")), check_violated)
        << guess;
  EXPECT_EQ(state_of(match_sql("1", "true", "reference", "false") + part_sql(loose_, "2000")), "accepted");
}

TEST_F(BankSchema, EndsMatchesAndChangesNothingElseOfThem) {
  EXPECT_EQ(state_of("UPDATE bank_match SET live = false"), integrity_violated) << "without its end";
  EXPECT_EQ(state_of("UPDATE bank_match SET line_number = 1"), restricted);
  EXPECT_EQ(state_of("UPDATE bank_match SET reasons = '[1]', live = false"), restricted);
  EXPECT_EQ(state_of("UPDATE bank_match SET is_attended = false"), restricted);
  EXPECT_EQ(state_of("DELETE FROM bank_match"), restricted);
  EXPECT_EQ(state_of("UPDATE bank_match_part SET amount_minor = 1"), restricted);
  EXPECT_EQ(state_of("DELETE FROM bank_match_part"), restricted);
  const std::string end = "INSERT INTO bank_match_end (node_id, match_number, reason, recorded_at) VALUES (" +
                          node_ + ", 1, 'x', now()); ";
  EXPECT_EQ(state_of(end + "UPDATE bank_match SET live = false"), "accepted");
  EXPECT_EQ(state_of("UPDATE bank_match SET live = true"), restricted) << "what ended stays so";
  EXPECT_EQ(state_of("DELETE FROM bank_match_end"), restricted);
}

TEST_F(BankSchema, CountsLinesOfFilesThatWereTakenIn) {
  EXPECT_EQ(state_of("DELETE FROM bank_live_line WHERE line_number = 2"), integrity_violated)
      << "it is matched";
  EXPECT_EQ(state_of(live_sql("1")), unique_violated) << "it counts already";
  EXPECT_EQ(state_of(live_sql("1", "repeat('0', 64)")), unique_violated) << "twice under two keys";
  EXPECT_EQ(state_of("DELETE FROM bank_live_line WHERE line_number = 1; " + live_sql("1", "repeat('0', 64)")),
            integrity_violated)
      << "as what it is not";
  EXPECT_EQ(state_of("UPDATE bank_live_line SET occurrence = 2"), restricted);
  EXPECT_EQ(state_of("UPDATE bank_line SET amount_minor = 1"), restricted);
  EXPECT_EQ(state_of("DELETE FROM bank_detail"), restricted);
  EXPECT_EQ(state_of("UPDATE bank_statement SET proof = 'holds'"), restricted);
  EXPECT_EQ(state_of("UPDATE bank_import SET file_bytes = 'x'"), restricted) << "the file stays as it came";
}

TEST_F(BankSchema, StepsInOrder) {
  EXPECT_EQ(state_of(import_step_sql("3", "taken_in")), integrity_violated) << "taken in twice";
  EXPECT_EQ(state_of(import_step_sql("3", "dropped")), integrity_violated) << "dropped after it was taken in";
  EXPECT_EQ(state_of(import_step_sql("5", "undone")), integrity_violated) << "a step left out";
  EXPECT_EQ(state_of(step_sql("1", "1", "reopened")), integrity_violated)
      << "taken up without being set aside";
  EXPECT_EQ(state_of(step_sql("3", "2", "ignored")), integrity_violated) << "set aside twice";
  EXPECT_EQ(state_of(step_sql("2", "1", "ignored")), integrity_violated) << "set aside while it is matched";
  EXPECT_EQ(state_of("DELETE FROM bank_line_step"), restricted);
  EXPECT_EQ(state_of(step_sql("3", "2", "reopened")), "accepted");
  EXPECT_EQ(state_of(import_step_sql("3", "undone")), "accepted");
  EXPECT_EQ(state_of("DELETE FROM bank_live_line WHERE line_number IN (1, 3)"), "accepted")
      << "no file holds them, and nothing is matched with them";
}

TEST_F(BankSchema, RemembersPayersOfMatchesByHash) {
  const auto payer = [&](const std::string& hash, const std::string& party, const std::string& match) {
    return state_of(
        "INSERT INTO bank_payer (node_id, account_hash, party_id, match_number, recorded_at) VALUES (" +
        node_ + ", " + hash + ", " + party + ", " + match + ", now())");
  };
  EXPECT_EQ(payer("'DE02120300000000202051'", "1", "1"), check_violated) << "never the number itself";
  for (const char* hash : {"repeat('a', 63)", "repeat('a', 65)", "repeat('a', 63) || 'A'",
                           "repeat('a', 63) || E'\\n'", "repeat('a', 64) || E'\\n'", "repeat('g', 64)"})
    EXPECT_EQ(payer(hash, "1", "1"), check_violated) << hash << ": 64 hexadecimal digits, nothing else";
  EXPECT_EQ(payer("repeat('a', 64)", "99", "1"), foreign_key_violated);
  EXPECT_EQ(payer("repeat('a', 64)", "1", "99"), foreign_key_violated);
  EXPECT_EQ(payer("repeat('a', 64)", "1", "1"), "accepted");
  EXPECT_EQ(state_of("DELETE FROM bank_payer"), restricted);
}

TEST_F(BankSchema, KeepsTheServiceFromWhatItNeedNotDo) {
  EXPECT_TRUE(service_may("UPDATE bank_match SET live = live WHERE false"));
  EXPECT_TRUE(service_may("DELETE FROM bank_live_line WHERE false"));
  for (const char* sql :
       {"UPDATE bank_match SET line_number = 1 WHERE false", "DELETE FROM bank_match WHERE false",
        "UPDATE bank_match_part SET amount_minor = 1 WHERE false", "DELETE FROM bank_match_part WHERE false",
        "DELETE FROM bank_line WHERE false", "UPDATE bank_line SET amount_minor = 1 WHERE false",
        "UPDATE bank_live_line SET occurrence = 2 WHERE false", "DELETE FROM bank_import WHERE false",
        "UPDATE bank_statement SET proof = 'holds' WHERE false", "DELETE FROM bank_match_end WHERE false",
        "DELETE FROM bank_payer WHERE false", "TRUNCATE bank_line"})
    EXPECT_FALSE(service_may(sql)) << sql;
}

/// The same, and rules in SQL: "#" is the number of one that there is none of yet.
class RuleSchema : public BankSchema {
 protected:
  std::string of_new_rule(std::string sql) {
    const std::string number = std::to_string(++rules_);
    for (std::size_t at = sql.find('#'); at != std::string::npos; at = sql.find('#'))
      sql.replace(at, 1, number);
    return state_of(sql);
  }
  std::string version(const std::string& number) const {
    return "INSERT INTO bank_rule_version (node_id, rule_number, version, name, note, unit_id, is_credit, "
           "parts, recorded_at) SELECT " +
           node_ + ", #, " + number +
           ", 'Other', '', id, true, '[{\"account\": \"income:other\"}]', now() FROM unit WHERE code = "
           "'EUR'; ";
  }
  std::string replay(const std::string& of, const std::string& counts) const {
    return "INSERT INTO bank_rule_replay (node_id, rule_number, number, version, last_line, looked_at, "
           "agreed, "
           "differed, still_open, taken_before, recorded_at) VALUES (" +
           node_ + ", #, 1, " + of + ", 3, " + counts + ", 0, 0, now()); ";
  }
  std::string step(const std::string& values) const {
    return "INSERT INTO bank_rule_step (node_id, rule_number, number, kind, version, replay, reason, "
           "recorded_at) VALUES (" +
           node_ + ", #, " + values + ", now()); ";
  }
  std::string posts() const {
    return version("1") + replay("1", "2, 2, 0") + step("1, 'posting', 1, 1, NULL");
  }

 private:
  int rules_ = 0;
};

TEST_F(RuleSchema, LetsThemPostOnlyAfterAReplayOfJustTheirVersion) {
  const std::string first = version("1");
  EXPECT_EQ(of_new_rule(first + step("1, 'posting', 1, NULL, 'x'")), check_violated) << "without a replay";
  EXPECT_EQ(of_new_rule(first + step("1, 'posting', 1, 1, 'x'")), foreign_key_violated)
      << "that there is not";
  EXPECT_EQ(of_new_rule(first + version("2") + replay("1", "2, 2, 0") + step("1, 'posting', 2, 1, 'x'")),
            foreign_key_violated)
      << "of another version";
  EXPECT_EQ(of_new_rule(first + replay("1", "1, 2, 0")), check_violated) << "more than it looked at";
  EXPECT_EQ(of_new_rule(first + replay("1", "2, 1, 1") + step("1, 'posting', 1, 1, NULL")),
            integrity_violated)
      << "it differs";
  EXPECT_EQ(of_new_rule(first + replay("1", "2, 0, 0") + step("1, 'posting', 1, 1, NULL")),
            integrity_violated)
      << "it shows nothing";
  EXPECT_EQ(of_new_rule(first + replay("1", "2, 1, 1") + step("1, 'posting', 1, 1, 'x'")), "accepted");
  const std::string ruled = match_sql("1", "true", "rule", "false") + part_sql(loose_, "2000");
  const std::string by_rule = "INSERT INTO bank_match_rule VALUES (" + node_ + ", 2, #, 1); ";
  EXPECT_EQ(of_new_rule(ruled), integrity_violated) << "by no rule";
  EXPECT_EQ(of_new_rule(first + ruled + by_rule), integrity_violated) << "by one that suggests";
  EXPECT_EQ(of_new_rule(posts() + ruled + by_rule), "accepted");
}

TEST_F(RuleSchema, LetsThemChangeInTheirOrderUntilTheyEnd) {
  EXPECT_EQ(of_new_rule(version("1")), "accepted");
  EXPECT_EQ(of_new_rule(version("2")), integrity_violated) << "a version is left out";
  EXPECT_EQ(of_new_rule(version("1") + "UPDATE bank_rule_version SET words = 'x'"), restricted);
  EXPECT_EQ(of_new_rule(posts()), "accepted");
  EXPECT_EQ(of_new_rule(posts() + step("2, 'suggesting', 1, NULL, NULL")), check_violated)
      << "nobody says why";
  EXPECT_EQ(of_new_rule(posts() + step("3, 'ended', 1, NULL, 'x'")), integrity_violated)
      << "a step is left out";
  EXPECT_EQ(of_new_rule(version("1") + step("1, 'suggesting', 1, NULL, 'x'")), integrity_violated)
      << "it does not post";
  EXPECT_EQ(of_new_rule(posts() + step("2, 'ended', 1, NULL, 'x'") + step("3, 'posting', 1, 1, NULL")),
            integrity_violated)
      << "it has ended";
  const std::string order = "INSERT INTO bank_rule_order VALUES (" + node_ + ", 1, '{#,#}', now())";
  EXPECT_EQ(of_new_rule(version("1") + order), integrity_violated) << "one stands twice";
  EXPECT_EQ(of_new_rule(order), integrity_violated) << "one is not there";
}

}  // namespace
}  // namespace coop::bank
