#include "tests/support/damaged_books.hpp"

namespace coop::proof {
namespace {

class Verification : public test::DamagedBooks {};

TEST_F(Verification, FindsNothingWrongInSoundBooks) {
  const Verified verified = verify(DatabaseSettings{.address = address(), .role = "coopledger_service"});
  EXPECT_TRUE(verified.is_clean()) << verified.first_flaw();
  ASSERT_EQ(verified.nodes.size(), 2u);
  EXPECT_EQ(verified.nodes[0].name, "bcn");
  EXPECT_EQ(verified.nodes[0].entries, last_entry);
  EXPECT_EQ(verified.nodes[0].postings,
            std::stoll(superuser_value("SELECT count(*) FROM posting WHERE node_id = 1")));
  EXPECT_EQ(verified.nodes[0].holds, 4);
  EXPECT_EQ(verified.nodes[0].checkpoint_entry, checkpoint_entry);
  EXPECT_EQ(verified.nodes[0].key_ids, std::vector<std::string>{key().id()});
  EXPECT_EQ(verified.nodes[0].last_hash,
            superuser_value("SELECT encode(last_hash, 'hex') FROM book_head WHERE node_id = 1"));
}

TEST_F(Verification, SeesAHashThatWasRecomputedByTheEntryAfterIt) {
  const test::DatabaseCopy copy{fresh()};
  copy.damage("UPDATE entry SET description = 'x' WHERE node_id = 1 AND number = 7");
  test::forge_hashes(copy.address(), 7, 7);
  expect_found(copy, {"edited, and its own hash recomputed", Finding::entry_changed,
                      "entry 8 was changed, or its hash"});
}

TEST_F(Verification, SeesAChainThatWasRecomputedByItsCheckpoint) {
  const test::DatabaseCopy copy{fresh()};
  copy.damage("UPDATE entry SET description = 'x' WHERE node_id = 1 AND number = 7");
  test::forge_hashes(copy.address(), 7, last_entry);
  expect_found(copy, {"edited, and all later hashes recomputed", Finding::head_differs, "the head's hash"});
  copy.damage(test::forged_figures_sql(last_entry));
  expect_found(
      copy, {"and the head", Finding::checkpoint_contradicts, "the checkpoint of entry 40 has another hash"});
  copy.damage(
      "UPDATE checkpoint c SET hash = e.hash FROM entry e WHERE e.node_id = 1 AND e.number = c.entry_number");
  expect_found(copy, {"and the checkpoint", Finding::checkpoint_forged,
                      "the checkpoint of entry 40 is not rightly signed"});
}

TEST_F(Verification, SeesATailThatWasCutOffByTheHeadOrTheCheckpoint) {
  const test::DatabaseCopy copy{fresh()};
  copy.damage(
      "DELETE FROM entry WHERE node_id = 1 AND number > 35; DELETE FROM posting WHERE node_id = 1 AND "
      "entry_number > 35");
  expect_found(copy, {"the tail is gone", Finding::entry_missing, "entries 36 to 45 are missing"});
  copy.damage(test::forged_figures_sql(35));
  expect_found(copy, {"and everything else fits", Finding::checkpoint_contradicts,
                      "entry 40 is there, but the entry is not"});
}

TEST_F(Verification, NeedsAHashKeptOutsideToSeeAPerfectForgerySinceTheLastCheckpoint) {
  const auto hash = [&](int number) {
    return hash_from_hex(superuser_value(
        "SELECT encode(hash, 'hex') FROM entry WHERE node_id = 1 AND number = " + std::to_string(number)));
  };
  VerifyOptions options;
  options.known = {{"bcn", 45, hash(45)}};
  const test::DatabaseCopy copy{fresh()};
  copy.damage(
      "DELETE FROM entry WHERE node_id = 1 AND number > 42; DELETE FROM posting WHERE node_id = 1 AND "
      "entry_number > 42;" +
      test::forged_figures_sql(42));
  EXPECT_EQ(copy.verified().first_flaw(), "");
  expect_found(copy, {"cut off after the checkpoint", Finding::proof_contradicts, "entry 45 is missing"},
               options);
  options.known = {{"bcn", 41, hash(41)}};
  EXPECT_EQ(copy.verified(options).first_flaw(), "");
}

TEST_F(Verification, TrustsOnlyTheKeysItIsTold) {
  VerifyOptions options;
  options.trusted_keys = {key().id()};
  const test::DatabaseCopy copy{fresh()};
  EXPECT_EQ(copy.verified(options).first_flaw(), "");
  options.trusted_keys = {"0123456789abcdef"};
  expect_found(copy, {"another key", Finding::checkpoint_key_unknown, "which is not trusted"}, options);
}

TEST_F(Verification, SeesAnEntryThatIsReversedTwice) {
  const test::DatabaseCopy copy{fresh()};
  copy.damage(
      "DROP INDEX entry_reverses; UPDATE entry SET reverses = 8 WHERE node_id = 1 AND number IN (9, 11);"
      "UPDATE posting p SET account_id = q.account_id, amount_minor = q.amount_minor FROM posting q WHERE "
      "p.node_id = 1 AND "
      "p.entry_number = 11 AND q.node_id = 1 AND q.entry_number = 9 AND q.line = p.line");
  test::forge_hashes(copy.address(), 9, last_entry);
  copy.damage(test::forged_figures_sql(last_entry));
  expect_found(copy,
               {"two reversals of entry 8", Finding::reversed_twice, "entry 8 is reversed more than once"});
}

TEST_F(Verification, SeesPostingsThatBelongToNoEntry) {
  const test::DatabaseCopy copy{fresh()};
  copy.damage("DELETE FROM entry WHERE node_id = 1 AND number = 7");
  const Verified verified = copy.verified();
  ASSERT_GE(verified.nodes[0].flaws.size(), 2u);
  EXPECT_EQ(verified.nodes[0].flaws[1].finding, Finding::posting_without_entry);
  test::provoked_findings().insert(Finding::posting_without_entry);
}

TEST_F(Verification, LosesNoTimeToAHeadThatWasSetFarAway) {
  const test::DatabaseCopy copy{fresh()};
  constexpr std::int64_t far = 1'000'000'000'000;
  copy.damage(
      "UPDATE book_head SET last_number = 1000000000000 WHERE node_id = 1;"
      "UPDATE entry SET description = 'x' WHERE node_id = 1 AND number = 9");
  std::int64_t stretches = 0;
  VerifyOptions options;
  options.on_progress = [&](const VerifyProgress&) { ++stretches; };
  const Verified verified = copy.verified(options);
  const VerifiedNode& node = verified.nodes[0];
  EXPECT_LT(stretches, 100);
  EXPECT_EQ(node.entries, last_entry);
  ASSERT_GE(node.flaws.size(), 3u);
  EXPECT_EQ(node.flaws[0].entry, 9);
  EXPECT_EQ(node.flaws[1].finding, Finding::entry_missing);
  EXPECT_EQ(node.flaws[1].entry, last_entry + 1);
  const std::string end = " to " + std::to_string(far) + " are missing";
  EXPECT_TRUE(std::any_of(node.flaws.begin(), node.flaws.end(),
                          [&](const Flaw& flaw) { return flaw.text.ends_with(end); }));
}

TEST_F(Verification, TellsOnlyTheFirstFlawsButCountsThemAll) {
  const test::DatabaseCopy copy{fresh()};
  copy.damage("UPDATE entry SET description = 'x' WHERE node_id = 1");
  VerifyOptions options;
  options.most_flaws = 3;
  const Verified verified = copy.verified(options);
  EXPECT_EQ(verified.nodes[0].flaws.size(), 3u);
  EXPECT_EQ(verified.nodes[0].flaw_count, last_entry);
  EXPECT_EQ(verified.first_flaw().substr(0, 13), "bcn: entry 1 ");
}

TEST_F(Verification, CanBeRestrictedToANodeWatchedAndCancelled) {
  VerifyOptions options;
  options.node = "mad";
  std::vector<std::string> seen;
  options.on_progress = [&](const VerifyProgress& progress) {
    seen.push_back(progress.node + " " + std::to_string(progress.entries_done) + "/" +
                   std::to_string(progress.entries_total));
  };
  const DatabaseSettings settings{.address = address(), .role = {}};
  EXPECT_EQ(verify(settings, options).nodes.size(), 1u);
  EXPECT_EQ(seen, std::vector<std::string>{"mad 2/2"});
  options.node = "nowhere";
  EXPECT_EQ(test::refusal_of([&] { verify(settings, options); }), "node_unknown");
  std::stop_source stop;
  stop.request_stop();
  options.node.reset();
  options.stop = stop.get_token();
  EXPECT_TRUE(verify(settings, options).cancelled);
}

}  // namespace
}  // namespace coop::proof
