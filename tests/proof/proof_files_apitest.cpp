// Proofs, checkpoints and verification on the command line, as an auditor and an operator use them.
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/full_books.hpp"
#include "tests/support/ran_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::proof {
namespace {

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

std::string text_in(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

class ProofFiles : public test::FullBooks {
 protected:
  test::Ran run(std::vector<std::string> words) {
    words.insert(words.end(), {"--database", address(), "--data", folder_.path() / "data"});
    return test::ran_coopledger(std::move(words));
  }
  std::filesystem::path keep(const std::string& name, const std::string& text) const {
    std::ofstream{folder_.path() / name, std::ios::binary} << text;
    return folder_.path() / name;
  }
  const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  test::TemporaryFolder folder_;
};

TEST_F(ProofFiles, ProveAnEntryToWhoeverHasNothingButTheFile) {
  const test::Ran proved = run({"prove", "--node", "bcn", "--entry", "2"});
  ASSERT_EQ(proved.code, 0) << proved.err;
  EXPECT_TRUE(says(proved.out, "Dues November"));
  EXPECT_FALSE(says(proved.out, "expenses:rent")) << "other entries stay unseen";
  const std::string file = keep("proof.json", proved.out);
  const test::Ran checked = test::ran_coopledger({"check-proof", file, "--key", key().id()});
  EXPECT_EQ(checked.code, 0) << checked.err;
  EXPECT_TRUE(says(checked.out, "number 2\n")) << checked.out;
  EXPECT_TRUE(says(checked.out, "Proved: 1 entry of bcn")) << checked.out;
  EXPECT_TRUE(says(test::ran_coopledger({"check-proof", file}).out, "Compare its id"))
      << "the key is not known";
}

TEST_F(ProofFiles, AreRefusedWithAnotherKeyOrAChangedWord) {
  const test::Ran proved = run({"prove", "--node", "bcn", "--entry", "2"});
  const std::string file = keep("proof.json", proved.out);
  const test::Ran other_key = test::ran_coopledger({"check-proof", file, "--key", "0123456789abcdef"});
  EXPECT_EQ(other_key.code, 1);
  EXPECT_TRUE(says(other_key.err, "proves nothing: it is signed by the key")) << other_key.err;
  std::string forged = proved.out;
  forged.replace(forged.find("12.00"), 5, "13.00");
  const test::Ran changed = test::ran_coopledger({"check-proof", keep("forged.json", forged)});
  EXPECT_EQ(changed.code, 1);
  EXPECT_TRUE(says(changed.err, "do not lead to the hash that was signed")) << changed.err;
}

TEST_F(ProofFiles, ProveAPeriodAndAskForACheckpointWhereNoneIs) {
  const test::Ran december = run({"prove", "--node", "bcn", "--period", "2025-12"});
  ASSERT_EQ(december.code, 0) << december.err;
  EXPECT_TRUE(says(test::ran_coopledger({"check-proof", keep("december.json", december.out)}).out,
                   "Proved: 6 entries"));
  const test::Ran all = run({"prove", "--node", "bcn", "--all", "--output", folder() / "all.json"});
  ASSERT_EQ(all.code, 0) << all.err;
  EXPECT_TRUE(says(test::ran_coopledger({"check-proof", folder() / "all.json", "--quiet"}).out,
                   "Proved: 40 entries"));
  const test::Ran uncovered = run({"prove", "--node", "bcn", "--entry", "45"});
  EXPECT_EQ(uncovered.code, 1);
  EXPECT_TRUE(says(uncovered.err, "checkpoint_unknown") ||
              says(uncovered.err, "no checkpoint covers entry 45"))
      << uncovered.err;
  const test::Ran covered = run({"prove", "--node", "bcn", "--entry", "45", "--make-checkpoint"});
  ASSERT_EQ(covered.code, 0) << covered.err;
  EXPECT_EQ(test::ran_coopledger({"check-proof", keep("last.json", covered.out)}).code, 0);
  const test::Ran again = run({"checkpoint", "--node", "bcn"});
  EXPECT_TRUE(says(again.out, "coopledger-checkpoint-1\nnode bcn\nnumber 45\n")) << again.out;
}

// The auditor's own program: the one printed in docs/formats/proof.md, run by a Python without any package.
TEST_F(ProofFiles, AreCheckedByTheProgramThatTheFormatDescribes) {
  if (test::ran({"python3", "--version"}).code != 0) GTEST_SKIP() << "no python3 here";
  const std::string page = text_in(COOP_SOURCE_DIR "/docs/formats/proof.md");
  const std::size_t begin = page.find("```python\n") + 10;
  const std::string script = keep("check.py", page.substr(begin, page.find("```", begin) - begin));
  const test::Ran proved = run({"prove", "--node", "bcn", "--entry", "1", "--through", "3"});
  ASSERT_EQ(proved.code, 0) << proved.err;
  const test::Ran checked = test::ran({"python3", script, keep("proof.json", proved.out)});
  EXPECT_EQ(checked.code, 0) << checked.err;
  EXPECT_TRUE(says(checked.out, "signed by " + key().id())) << checked.out;
  const auto refuses = [&](const std::string& from, const std::string& to, const std::string& fault) {
    std::string forged = proved.out;
    forged.replace(forged.find(from), from.size(), to);
    const test::Ran refused = test::ran({"python3", script, keep("forged.json", forged)});
    EXPECT_NE(refused.code, 0);
    EXPECT_TRUE(says(refused.err, fault)) << refused.err;
  };
  refuses("12.00", "13.00", "the chain");
  refuses("\"made_at\": \"2026-01-31", "\"made_at\": \"2026-01-30", "the signature");
  refuses("\"key_id\": \"", "\"key_id\": \"0", "the key");
}

TEST_F(ProofFiles, VerifyTellsByItsExitCodeAndInJson) {
  const test::Ran sound = run({"verify"});
  EXPECT_EQ(sound.code, 0) << sound.out << sound.err;
  EXPECT_TRUE(says(sound.out, "bcn: 45 entries, ")) << sound.out;
  EXPECT_TRUE(says(sound.out, "signed up to entry 40 by " + key().id() + ", sound")) << sound.out;
  EXPECT_TRUE(says(sound.out, "\nSound: 2 nodes, ") && says(sound.out, " postings a second).")) << sound.out;
  const auto json = boost::json::parse(run({"verify", "--json", "--node", "mad"}).out);
  EXPECT_TRUE(json.at("sound").as_bool());
  EXPECT_EQ(json.at("nodes").as_array().size(), 1u);
  EXPECT_EQ(run({"verify", "--node", "nowhere"}).code, 1);
  EXPECT_EQ(run({"verify", "--key", "0123456789abcdef"}).code, 1);
}

TEST_F(ProofFiles, VerifyNamesTheFirstThingThatIsWrong) {
  const test::Ran proved = run({"prove", "--node", "bcn", "--entry", "40"});
  const std::string kept = keep("kept.json", proved.out);
  EXPECT_EQ(run({"verify", "--known", kept}).code, 0);
  leave_books_damaged();
  superuser_sql(
      "SET session_replication_role = replica; UPDATE entry SET description = 'x' WHERE node_id = 1 AND "
      "number = 7");
  const test::Ran wrong = run({"verify"});
  EXPECT_EQ(wrong.code, 1);
  EXPECT_TRUE(says(wrong.out, "NOT SOUND\n  entry_changed: entry 7 was changed")) << wrong.out;
  EXPECT_TRUE(says(wrong.out, "The first thing that is wrong: bcn: entry 7 was changed")) << wrong.out;
  const auto json = boost::json::parse(run({"verify", "--json"}).out);
  EXPECT_FALSE(json.at("sound").as_bool());
  const auto& finding = json.at("nodes").as_array().at(0).at("findings").as_array().at(0);
  EXPECT_EQ(finding.at("finding").as_string(), "entry_changed");
  EXPECT_EQ(finding.at("entry").as_int64(), 7);
}

TEST_F(ProofFiles, VerifyReadsACompleteExportWithoutADatabase) {
  const std::string file = folder() / "bcn.ndjson";
  ASSERT_EQ(run({"export", "bcn", "--format", "native", "--output", file}).code, 0);
  const test::Ran sound = test::ran_coopledger({"verify", "--export", file, "--key", key().id()});
  EXPECT_EQ(sound.code, 0) << sound.out << sound.err;
  EXPECT_TRUE(says(sound.out, "bcn: 45 entries, ")) << sound.out;
  std::string text = text_in(file);
  text.replace(text.find("Dues November"), 13, "Dues Novembre");
  const test::Ran wrong = test::ran_coopledger({"verify", "--export", keep("forged.ndjson", text)});
  EXPECT_EQ(wrong.code, 1);
  EXPECT_TRUE(says(wrong.out, "export_contradicts: line ")) << wrong.out;
}

}  // namespace
}  // namespace coop::proof
