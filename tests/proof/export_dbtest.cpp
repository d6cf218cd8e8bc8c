#include "ledger/proof/export_service.hpp"

#include <fstream>
#include <iterator>

#include "ledger/journals/native_service.hpp"
#include "ledger/values/refusal.hpp"
#include "tests/support/damaged_books.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::proof {
namespace {

class VerifiedExports : public test::DamagedBooks {
 protected:
  VerifiedExports() {
    std::ofstream out{file(), std::ios::binary};
    journals::export_native(db(), "bcn", now, [&](std::string_view piece) { out << piece; });
  }
  std::filesystem::path file() const { return folder_.path() / "bcn.ndjson"; }
  std::string text() const {
    std::ifstream in{file(), std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
  }
  /// The first thing that is said of a file with this text.
  Flaw first_flaw(const std::string& text, const VerifyOptions& options = {}) const {
    const std::filesystem::path changed = folder_.path() / "changed.ndjson";
    std::ofstream{changed, std::ios::binary} << text;
    const Verified verified = verify_export(changed, options);
    if (verified.nodes.at(0).flaws.empty()) return {Finding::guard_missing, std::nullopt, "nothing"};
    test::provoked_findings().insert(verified.nodes[0].flaws[0].finding);
    return verified.nodes[0].flaws[0];
  }

 private:
  test::TemporaryFolder folder_;
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

TEST_F(VerifiedExports, AreSoundIfTheBooksWere) {
  const Verified verified = verify_export(file());
  EXPECT_TRUE(verified.is_clean()) << verified.first_flaw();
  const VerifiedNode& node = verified.nodes.at(0);
  EXPECT_EQ(node.name, "bcn");
  EXPECT_EQ(node.entries, last_entry);
  EXPECT_EQ(node.holds, 4);
  EXPECT_EQ(node.checkpoint_entry, checkpoint_entry);
  EXPECT_EQ(node.key_ids, std::vector<std::string>{key().id()});
  EXPECT_EQ(node.last_hash, verify(DatabaseSettings{.address = address(), .role = {}}).nodes.at(0).last_hash);
}

TEST_F(VerifiedExports, NameTheLineThatIsWrong) {
  const std::string sound = text();
  EXPECT_EQ(first_flaw(replaced(sound, "Dues November", "Dues Novembre")).finding,
            Finding::export_contradicts);
  EXPECT_EQ(first_flaw(sound.substr(0, sound.size() / 2)).finding, Finding::export_unreadable);
  EXPECT_EQ(first_flaw("{}\n").finding, Finding::export_unreadable);
  const Flaw flaw = first_flaw(replaced(sound, "\"amount\":\"12.00\"", "\"amount\":\"12.01\""));
  EXPECT_EQ(flaw.finding, Finding::export_contradicts);
  EXPECT_EQ(flaw.text.substr(0, 5), "line ");
}

TEST_F(VerifiedExports, NameCheckpointsAndHashesThatDoNotAgree) {
  const std::string key_id = "\"key_id\":\"" + key().id();
  const Flaw forged = first_flaw(replaced(text(), key_id, "\"key_id\":\"0123456789abcdef"));
  EXPECT_EQ(forged.finding, Finding::checkpoint_forged) << forged.text;
  VerifyOptions options;
  options.trusted_keys = {"0123456789abcdef"};
  EXPECT_EQ(first_flaw(text(), options).finding, Finding::checkpoint_key_unknown);
  options.trusted_keys.clear();
  options.known = {{"bcn", 7, Hash{}}};
  EXPECT_EQ(first_flaw(text(), options).finding, Finding::proof_contradicts);
  options.known = {{"bcn", 46, Hash{}}};
  EXPECT_EQ(first_flaw(text(), options).text, "entry 46 is missing, but its hash was kept outside");
}

TEST_F(VerifiedExports, RestoreToBooksThatVerify) {
  const test::FreshDatabase other;
  Database database{{.address = other.address(), .role = "coopledger_service"}};
  journals::restore_native(database, file(), now);
  const Verified verified = verify(DatabaseSettings{.address = other.address(), .role = {}});
  EXPECT_TRUE(verified.is_clean()) << verified.first_flaw();
  EXPECT_EQ(verified.nodes.at(0).last_hash, verify_export(file()).nodes.at(0).last_hash);
  EXPECT_EQ(other.superuser_value("SELECT count(*) FROM account_mark"),
            superuser_value("SELECT count(*) FROM account_mark"));
}

TEST_F(VerifiedExports, AreRefusedIfThereIsNoFile) {
  EXPECT_EQ(test::refusal_of([] { verify_export("/nowhere/bcn.ndjson"); }), "import_unreadable");
}

}  // namespace
}  // namespace coop::proof
