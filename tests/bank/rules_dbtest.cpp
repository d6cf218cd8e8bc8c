// Rules of a treasurer in the books: written, replayed, switched on, and what is learned without any.
#include "ledger/bank/match_store.hpp"
#include "ledger/bank/replay_service.hpp"
#include "ledger/bank/rule_service.hpp"
#include "tests/support/test_matching.hpp"

namespace coop::bank {
namespace {

using test::refusal_of;
using test::StatementLine;

const std::string supplier_account = "DE02120300000000202051";

class Rules : public test::MatchingTest {
 protected:
  Rules() {
    for (const char* path : {"expenses:hosting", "expenses:rent"}) open(path);
    for (const char* number : {"M0001", "M0002"}) member(number, "2026-01-01");
  }

  RuleDraft draft(const std::string& name, const RuleConditions& when,
                  const std::string& account = "expenses:hosting") {
    return {.name = name,
            .note = "ask Ana",
            .unit = units().at("EUR").id,
            .when = when,
            .parts = {{.account = account}}};
  }
  BankRule write(const RuleDraft& draft) {
    return db().in_tx([&](Tx& tx) { return write_rule(tx, node(), draft, author()); });
  }
  BankRule hosting() { return write(draft("Hosting", {.is_credit = false, .counterparty = "Hetzner"})); }
  BankRule change(const BankRule& rule, const RuleDraft& draft) {
    return db().in_tx([&](Tx& tx) { return change_rule(tx, node(), rule.number, draft, author()); });
  }
  BankRule now(const BankRule& rule) {
    return db().in_tx([&](Tx& tx) { return read_rule(tx, node(), rule.number); });
  }
  BankRule end(const BankRule& rule) {
    return db().in_tx([&](Tx& tx) { return end_rule(tx, node(), rule.number, "of no use", author()); });
  }
  std::vector<BankRule> order(const std::vector<BankRule>& rules) {
    std::vector<BankRuleNumber> numbers;
    for (const BankRule& rule : rules) numbers.push_back(rule.number);
    return db().in_tx([&](Tx& tx) { return order_rules(tx, node(), numbers, author()); });
  }
  Replayed replay(const BankRule& rule, const ReplayScope& scope = {}) {
    return db().in_snapshot([&](Tx& tx) { return replay_rule(tx, node(), rule, scope); });
  }
  int recorded(const BankRule& rule) {
    return db()
        .in_tx([&](Tx& tx) { return record_replay(tx, node(), rule.number, {}, author()); })
        .counts.number;
  }
  BankRule let_post(const BankRule& rule, int replay, const std::string& reason = {}) {
    return db().in_tx(
        [&](Tx& tx) { return let_rule_post(tx, node(), rule.number, replay, reason, author()); });
  }
  BankRule let_suggest(const BankRule& rule) {
    return db().in_tx([&](Tx& tx) { return let_rule_suggest(tx, node(), rule.number, "wait", author()); });
  }
  static std::string counts(const RuleReplay& replay) {
    return std::to_string(replay.looked_at) + ": " + std::to_string(replay.agreed) + " " +
           std::to_string(replay.differed) + " " + std::to_string(replay.still_open) + " " +
           std::to_string(replay.taken_before);
  }
  static StatementLine bill(const std::string& day, const std::string& amount = "-11.90") {
    return {.day = day,
            .amount = amount,
            .name = "HETZNER Online GmbH",
            .text = "bill",
            .account = supplier_account};
  }
  // Two bills that a person booked as hosting.
  void two_bills() {
    statement({bill("2026-01-05"), bill("2026-02-05", "-11.91")});
    accept(line("-11.90"), {entry("expenses:hosting", "-11.90")});
    accept(line("-11.91"), {entry("expenses:hosting", "-11.91")});
  }
  std::vector<Match> matches() {
    return db().in_tx([&](Tx& tx) { return list_matches(tx, node(), {}); });
  }
};

TEST_F(Rules, SuggestWhatTheySay) {
  statement({bill("2026-01-05"), {.day = "2026-01-06", .amount = "-5.00", .name = "Landlord"}});
  EXPECT_EQ(seems(line("-11.90")), "");
  const BankRule rule = hosting();
  EXPECT_EQ(text_of(rule.mode), "suggest");
  EXPECT_EQ(seems(line("-11.90")),
            "rule [entry expenses:hosting -11.90] rule rule_direction rule_counterparty; ");
  EXPECT_EQ(seems(line("-5.00")), "");
  const Match match = accept_proposal(line("-11.90"));
  EXPECT_EQ(text_of(match.method), "rule");
  EXPECT_EQ(balance("expenses:hosting"), "11.90");
}

TEST_F(Rules, AreAskedInTheirOrder) {
  const BankRule first = hosting();
  const BankRule second = write(draft("Rent", {.is_credit = false}, "expenses:rent"));
  statement({bill("2026-01-05")});
  EXPECT_EQ(seems(line("-11.90")),
            "rule [entry expenses:hosting -11.90] rule rule_direction rule_counterparty; ");
  order({second, first});
  EXPECT_EQ(seems(line("-11.90")), "rule [entry expenses:rent -11.90] rule rule_direction; ");
  end(second);
  EXPECT_EQ(seems(line("-11.90")),
            "rule [entry expenses:hosting -11.90] rule rule_direction rule_counterparty; ");
  EXPECT_EQ(refusal_of([&] { order({first, second}); }), "bank_rule_ended");
  EXPECT_EQ(refusal_of([&] { order({first, first}); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { order({}); }), "field_invalid");
}

TEST_F(Rules, ChangeByVersions) {
  const BankRule rule = hosting();
  const BankRule changed = change(rule, draft("Rent", {.is_credit = false}, "expenses:rent"));
  EXPECT_EQ(changed.number, rule.number);
  EXPECT_EQ(changed.version, 2);
  EXPECT_EQ(count("bank_rule_version"), 2);
  end(rule);
  EXPECT_EQ(text_of(now(rule).mode), "ended");
  EXPECT_EQ(refusal_of([&] { change(rule, draft("x", {.is_credit = true})); }), "bank_rule_ended");
  EXPECT_EQ(refusal_of([&] { end(rule); }), "bank_rule_ended");
  EXPECT_EQ(refusal_of([&] { recorded(rule); }), "bank_rule_ended");
}

TEST_F(Rules, NameOnlyWhatIsThere) {
  const auto refused = [&](auto spoil) {
    RuleDraft spoiled = draft("Hosting", {.is_credit = false});
    spoil(spoiled);
    return refusal_of([&] { write(spoiled); });
  };
  EXPECT_EQ(refused([](RuleDraft& d) { d.parts[0].account = "expenses:nowhere"; }), "account_unknown");
  EXPECT_EQ(refused([](RuleDraft& d) { d.parts[0].about[0] = "nothing"; }), "dimension_unknown");
  EXPECT_EQ(refused([](RuleDraft& d) { d.when.bank_account = BankAccountNumber{9}; }),
            "bank_account_unknown");
  EXPECT_EQ(refused([](RuleDraft& d) { d.parts.clear(), d.pays_for = "M9"; }), "party_unknown");
  EXPECT_EQ(refused([](RuleDraft& d) { d.parts.clear(), d.transfer_to = BankAccountNumber{9}; }),
            "bank_account_unknown");
  EXPECT_EQ(refusal_of([&] { db().in_tx([&](Tx& tx) { read_rule(tx, node(), BankRuleNumber{9}); }); }),
            "bank_rule_unknown");
}

TEST_F(Rules, PayForMembersAndMoveMoney) {
  run("2026-01");
  RuleDraft dues =
      draft("Standing order", {.is_credit = true, .counterparty_account = "de02 1203 0000 0000 2020 51"});
  dues.parts.clear();
  dues.pays_for = "M0001";
  const BankRule rule = write(dues);
  EXPECT_EQ(rule.is.when.counterparty_hash.size(), 64u);
  EXPECT_EQ(
      superuser_value("SELECT count(*) FROM bank_rule_version v WHERE to_jsonb(v)::text LIKE '%20 51%' OR "
                      "to_jsonb(v)::text LIKE '%2051%'"),
      "0")
      << "an account number is never kept in clear";
  RuleDraft move = draft("Savings", {.is_credit = false, .words = "to savings"});
  move.parts.clear();
  move.transfer_to = account();
  write(move);
  statement({{.day = "2026-02-03", .amount = "20.00", .name = "A", .account = supplier_account},
             {.day = "2026-02-04", .amount = "-7.00", .name = "Us", .text = "Move to savings"}});
  EXPECT_EQ(seems(line("20.00")), "rule [M0001 20.00] rule rule_direction rule_counterparty_account; ");
  EXPECT_EQ(seems(line("-7.00")), "rule [entry assets:bank -7.00] rule rule_direction rule_words; ");
  accept_proposal(line("20.00"));
  accept_proposal(line("-7.00"));
  EXPECT_EQ(stands("M0001", "2026-02-03"), "0.00/0.00");
  EXPECT_EQ(balance("assets:bank"), "7.00");
}

TEST_F(Rules, AreReplayedOverThePast) {
  two_bills();
  statement({bill("2026-03-05", "-12.00"), bill("2026-03-06", "-13.00"), bill("2026-03-07", "-14.00")});
  accept(line("-13.00"), {entry("expenses:rent", "-13.00")});
  db().in_tx([&](Tx& tx) { ignore_line(tx, node(), line("-14.00").number, "not ours", author()); });
  const BankRule rule = hosting();
  const Replayed all = replay(rule);
  EXPECT_EQ(counts(all.counts), "5: 2 2 1 0");
  ASSERT_EQ(all.lines.size(), 3u);
  EXPECT_EQ(text_of(all.lines[0].outcome), "open");
  EXPECT_EQ(text_of(all.lines[1].outcome), "differs");
  EXPECT_EQ(all.lines[1].done, (DoneWith{{{"account", "expenses:rent"}, -1'300}}));
  EXPECT_EQ(all.lines[1].would, (DoneWith{{{"account", "expenses:hosting"}, -1'300}}));
  EXPECT_TRUE(all.lines[2].is_ignored);
  EXPECT_EQ(counts(replay(rule, {.to = Day::parse("2026-02-28")}).counts), "2: 2 0 0 0");
  EXPECT_EQ(counts(replay(rule, {.bank_account = account()}).counts), "0: 0 0 0 0");

  const BankRule wide = write(draft("Everything", {.is_credit = false}));
  const Replayed behind = replay(wide);
  EXPECT_EQ(counts(behind.counts), "5: 0 0 0 5");
  EXPECT_EQ(behind.lines.at(0).before, rule.number);
  const BankRule drafted = db().in_tx([&](Tx& tx) {
    return drafted_rule(tx, node(),
                        draft("Rent", {.is_credit = false, .most_minor = 1'200}, "expenses:rent"));
  });
  EXPECT_EQ(counts(replay(drafted).counts), "5: 0 0 0 3") << "a draft is asked after all others";
  EXPECT_EQ(count("bank_rule_replay"), 0) << "looking writes nothing";
}

TEST_F(Rules, SeeMembersAndWhatWasThereAlready) {
  run("2026-01");
  statement({{.day = "2026-02-03", .amount = "20.00", .name = "Ana Puig"},
             {.day = "2026-02-04", .amount = "8.00", .name = "Ana Puig"}});
  accept(line("20.00"), {payment("M0001", "20.00")});
  record("2026-02-04", {{"assets:bank:main", "8.00"}, {"income:other", "-8.00"}});
  accept_proposal(line("8.00"));
  RuleDraft dues = draft("Standing order", {.counterparty = "puig"});
  dues.parts.clear();
  dues.pays_for = "M0001";
  const Replayed found = replay(write(dues));
  EXPECT_EQ(counts(found.counts), "2: 1 1 0 0");
  EXPECT_EQ(found.lines.at(0).done, (DoneWith{{{"account", "income:other"}, 800}}));
}

TEST_F(Rules, PostByThemselvesOnlyAfterAReplayThatAgrees) {
  two_bills();
  const BankRule rule = hosting();
  const auto before = statement({bill("2026-03-05", "-12.00")});
  EXPECT_EQ(run_unattended(before).matched, 0) << "it suggests";
  EXPECT_EQ(refusal_of([&] { let_post(rule, 1); }), "bank_rule_not_proved");
  EXPECT_EQ(text_of(let_post(rule, recorded(rule)).mode), "post");
  const MatchRun run = run_unattended(before);
  EXPECT_EQ(run.matched, 1);
  EXPECT_EQ(words_of(run), "1 by rule, 0 for you");
  const Match match = matches().at(0);
  EXPECT_FALSE(match.is_attended);
  ASSERT_TRUE(match.rule.has_value());
  EXPECT_EQ(match.rule->rule, rule.number);
  EXPECT_EQ(match.reasons.at(0).words, "rule 1 (Hosting), version 1");
  EXPECT_EQ(balance("expenses:hosting"), "35.81");

  const BankRule changed = change(rule, draft("Hosting", {.counterparty = "hetzner"}));
  EXPECT_EQ(text_of(changed.mode), "suggest") << "another version is another rule";
  EXPECT_EQ(refusal_of([&] { let_post(rule, 1); }), "bank_rule_not_proved");
  EXPECT_EQ(text_of(let_post(rule, recorded(rule)).mode), "post");
  EXPECT_EQ(text_of(let_suggest(rule).mode), "suggest");
  EXPECT_EQ(run_unattended(statement({bill("2026-04-05", "-12.50")})).matched, 0);
}

TEST_F(Rules, ThatDisagreePostForAReasonOnly) {
  two_bills();
  const BankRule wrong = write(draft("Rent", {.counterparty = "hetzner"}, "expenses:rent"));
  const int replay = recorded(wrong);
  EXPECT_EQ(refusal_of([&] { let_post(wrong, replay); }), "bank_rule_not_proved");
  EXPECT_EQ(text_of(let_post(wrong, replay, "from March on it is rent").mode), "post");
  const BankRule untried = write(draft("Nothing yet", {.counterparty = "nobody"}));
  const int nothing = recorded(untried);
  EXPECT_EQ(refusal_of([&] { let_post(untried, nothing); }), "bank_rule_not_proved");
}

TEST_F(Rules, PostNothingOfAStatementThatIsWrongOrWhereSomethingSurerIsKnown) {
  two_bills();
  const BankRule rule = hosting();
  let_post(rule, recorded(rule));
  EXPECT_EQ(run_unattended(statement({bill("2026-03-05", "-12.00")}, "0.01")).matched, 0);
  record("2026-03-06", {{"assets:bank:main", "-13.00"}, {"expenses:hosting", "13.00"}});
  const auto booked = statement({bill("2026-03-06", "-13.00")});
  EXPECT_EQ(run_unattended(booked).matched, 0) << "the entry is there: booked twice it must not be";
  EXPECT_EQ(seems(line("-13.00")),
            "posting [entry 3 -13.00] amount_equal days_apart; "
            "rule [entry expenses:hosting -13.00] rule rule_direction rule_counterparty; ");
}

TEST_F(Rules, AreToldInTheSentenceOfAFile) {
  two_bills();
  const BankRule rule = hosting();
  let_post(rule, recorded(rule));
  run("2026-01");
  const auto import = statement({bill("2026-03-05", "-12.00"),
                                 {.day = "2026-03-05", .amount = "20.00", .reference = reference_of("M0001")},
                                 {.day = "2026-03-05", .amount = "1.00", .name = "Nobody"}});
  run_unattended(import);
  const std::string words = look_at(import).statements.at(0).words;
  EXPECT_NE(words.find("; 1 known member, 1 by rule, 1 for you"), std::string::npos) << words;
}

TEST_F(Rules, AreToldToOthersWithoutWhatTheyLookFor) {
  two_bills();
  const BankRule rule = hosting();
  let_post(rule, recorded(rule));
  let_suggest(rule);
  order({rule});
  end(rule);
  EXPECT_EQ(
      superuser_value("SELECT string_agg(kind || ' ' || body::text, '; ' ORDER BY number) FROM event WHERE "
                      "kind LIKE 'bank_rule%'"),
      "bank_rule_written {\"rule\": 1, \"version\": 1}; "
      "bank_rule_replayed {\"open\": 0, \"rule\": 1, \"agreed\": 2, \"replay\": 1, \"version\": 1, "
      "\"differed\": 0}; "
      "bank_rule_posts {\"rule\": 1, \"replay\": 1, \"version\": 1}; "
      "bank_rule_suggests {\"rule\": 1, \"version\": 1}; "
      "bank_rules_ordered {\"rules\": 1}; "
      "bank_rule_ended {\"rule\": 1, \"version\": 1}");
}

TEST_F(Rules, AreNotNeededForWhatIsLearned) {
  two_bills();
  statement({bill("2026-03-05", "-12.00"), {.day = "2026-03-06", .amount = "4.00", .name = "HETZNER"}});
  EXPECT_EQ(seems(line("-12.00")), "learned [entry expenses:hosting -12.00] learned learned learned; ");
  const auto proposals = this->proposals(line("-12.00"));
  EXPECT_EQ(proposals.at(0).reasons.at(0).words, "2 of 2 lines with the same word went to expenses:hosting");
  EXPECT_EQ(proposals.at(0).reasons.at(0).said, "bill");
  EXPECT_EQ(seems(line("4.00")), "") << "money that comes in is another matter";
  EXPECT_EQ(
      superuser_value("SELECT count(*) FROM bank_match_word w WHERE to_jsonb(w)::text LIKE '%hetzner%'"), "0")
      << "words are kept as hashes";
  const Match learned = accept_proposal(line("-12.00"));
  EXPECT_EQ(text_of(learned.method), "learned");
  for (const Match& match : matches()) undo(match);
  EXPECT_EQ(seems(line("-12.00")), "") << "what was undone is forgotten";
}

TEST_F(Rules, AreNotNeededToKnowWhoPaysAgain) {
  run("2026-01");
  run("2026-02");
  statement({{.day = "2026-02-03", .amount = "20.00", .name = "Cooperativa Puig", .text = "x"}});
  accept(line("20.00"), {payment("M0001", "20.00")});
  statement({{.day = "2026-03-03", .amount = "19.00", .name = "Cooperativa Puig", .text = "x"}});
  EXPECT_EQ(seems(line("19.00")), "learned [M0001 19.00] learned learned; ");
}

TEST_F(Rules, AcceptAProposalByItsPlace) {
  statement({bill("2026-01-05")});
  hosting();
  const auto accept_at = [&](std::size_t place) {
    return db().in_tx([&](Tx& tx) {
      return bank::accept_proposal(tx, node(), line("-11.90").number, place, {}, author());
    });
  };
  EXPECT_EQ(refusal_of([&] { accept_at(0); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { accept_at(2); }), "field_invalid");
  const Match match = accept_at(1);
  EXPECT_TRUE(match.is_attended);
  EXPECT_EQ(match.account, main().number);
  EXPECT_EQ(count("bank_match_rule"), 1);
  EXPECT_EQ(refusal_of([&] { accept_at(1); }), "bank_line_not_open");
}

}  // namespace
}  // namespace coop::bank
