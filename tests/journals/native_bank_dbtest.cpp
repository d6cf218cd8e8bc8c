// The complete export carries what banks say whole, and what is changed in it is refused or harms nothing.
#include <fstream>
#include <sstream>

#include "ledger/journals/native_service.hpp"
#include "ledger/journals/program.hpp"
#include "ledger/values/sha256.hpp"
#include "tests/support/filled_bank.hpp"
#include "tests/support/native_file.hpp"

namespace coop::journals {
namespace {

using NativeBank = test::FilledBankTest;

TEST_F(NativeBank, RestoresIntoAnEmptyServerAsItWas) {
  test::expect_native_restores(db(), fresh(), test::bank_tables(), now);
}

TEST_F(NativeBank, KnowsEveryTableOfTheBank) {
  std::string tables;
  for (const std::string& table : test::bank_tables()) tables += "'" + table + "', ";
  EXPECT_EQ(superuser_value("SELECT string_agg(relname, ' ') FROM pg_class WHERE relkind = 'r' AND relname "
                            "LIKE 'bank\\_%' AND relname NOT IN (" +
                            tables + "'')"),
            "");
}

TEST_F(NativeBank, GoesOutAndComesInWithFilesOfManyParts) {
  // Ten parts and a little: letters that do not compress would take the test longer than they are worth.
  std::string bytes = "a file of nothing but letters\n";
  for (int i = 0; bytes.size() < 15'800'000; ++i) bytes += std::to_string(i) + '\n';
  db().in_tx([&](Tx& tx) { bank::receive_file(tx, node(), {"large.txt", bytes, std::nullopt}, author()); });
  const std::string original = test::native_export(db());
  std::size_t parts = 0;
  for (const std::string& line : test::lines_of_native(original)) {
    EXPECT_LT(line.size(), 4'000'000u);
    if (line.starts_with(R"({"kind":"bank_file_part","import":8,)")) ++parts;
  }
  EXPECT_EQ(parts, 11u);
  const test::FreshDatabase other;
  Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  const TemporaryFile file;
  std::ofstream{file.path(), std::ios::binary} << original;
  EXPECT_TRUE(restore_native(empty, file.path(), now).complete);
  const std::string sql = "SELECT encode(sha256(file_bytes), 'hex') FROM bank_import WHERE number = 8";
  EXPECT_EQ(other.superuser_value(sql), hex_of(sha256_of(bytes)));
  EXPECT_EQ(test::native_export(empty), original);
}

// Texts, days and instants from which nothing follows; what a rule looks for; whether somebody attended a
// match by a rule; what lines say to which the bank gave an id; a match that was undone may have been with
// another posting.
const std::vector<std::pair<std::string, std::string>> free_fields{
    {"bank_account", "recorded_at title "},
    {"bank_account_trait", "recorded_at "},
    {"bank_count", "recorded_at recorded_by "},
    {"bank_count_end", "reason recorded_at "},
    {"bank_count_entry", "count recorded_at "},
    {"bank_count_witness", "count recorded_at recorded_by "},
    {"bank_countersignature", "recorded_at recorded_by "},
    {"bank_detail",
     "account bank bank_reference charges_minor creditor end_to_end "
     "instruction mandate message name payment_group return_code structured "
     "ultimate_name unique_reference words "},
    {"bank_import", "file_name recorded_at "},
    {"bank_import_step", "code recorded_at words "},
    {"bank_line",
     "batch_group batch_message charges_minor code "
     "is_reversal occurrence place raw valued_on words "},
    {"bank_line_step", "line reason recorded_at "},
    {"bank_match", "is_attended recorded_at "},
    {"bank_match_end", "reason recorded_at "},
    {"bank_match_part", "entry "},
    {"bank_match_word", "is_credit match word_hash "},
    {"bank_note", "code place words "},
    {"bank_payer", "account_hash match recorded_at "},
    {"bank_rule_order", "recorded_at "},
    {"bank_rule_replay", "bank_account from_on last_line looked_at recorded_at taken_before to_on "},
    {"bank_rule_step", "reason recorded_at "},
    {"bank_rule_version",
     "bank_account code counterparty counterparty_hash first_day is_credit last_day least_minor most_minor "
     "name note recorded_at reference to_account words "},
    {"bank_signoff",
     "explanation import last_entry last_event recorded_at recorded_by unbooked_count "
     "uncleared_count "},
    {"bank_signoff_end", "reason recorded_at "},
    {"bank_statement", "account bank_id currency first_day last_day sequence "},
};

TEST_F(NativeBank, IsRefusedOrHarmlessWhateverFieldIsChanged) {
  const auto is_tried = [](std::string_view line) { return line.starts_with(R"({"kind":"bank_)"); };
  const test::ChangedFields changed = test::change_every_field(test::native_export(db()), is_tried);
  EXPECT_EQ(changed.kinds, 29u);
  std::string expected;
  for (const auto& [kind, fields] : free_fields) {
    std::istringstream names{fields};
    for (std::string name; names >> name;) expected += kind + '.' + name + ' ';
  }
  EXPECT_EQ(changed.free, expected);
  test::expect_harmless(changed.harmless, now);
}

}  // namespace
}  // namespace coop::journals
