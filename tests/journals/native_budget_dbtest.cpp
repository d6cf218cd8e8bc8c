// The complete export carries rules of spending, orders on mandates and budgets whole, and what is changed in
// it is refused or harms nothing.
#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "ledger/books/chain.hpp"
#include "ledger/journals/native_service.hpp"
#include "ledger/journals/program.hpp"
#include "ledger/proof/verify_service.hpp"
#include "tests/support/test_budgets.hpp"

namespace coop::journals {
namespace {

const Instant exported_at = instant_from_text("2026-03-01T12:00:00Z");

std::string exported(Database& database) {
  std::string text;
  EXPECT_TRUE(
      export_native(database, "bcn", exported_at, [&](std::string_view piece) { text += piece; }).complete);
  return text;
}

std::vector<std::string> lines_in(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The lines as one file, whose last line says the hash that it has now.
std::string text_of_file(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) text += lines[i] + '\n';
  std::string end = lines.back();
  const std::string name = "\"file_hash\":\"";
  end.replace(end.find(name) + name.size(), 64, hex_of(sha256_of(text)));
  return text + end + '\n';
}

class NativeBudgets : public test::BudgetTest {
 protected:
  NativeBudgets() { fill(); }
  const std::filesystem::path& saved(const std::string& text) {
    std::ofstream{file_.path(), std::ios::binary} << text;
    return file_.path();
  }
  std::string refusal_of_file(const std::string& text) {
    return test::refusal_of([&] { check_native(saved(text)); });
  }
  TemporaryFile file_;
};

TEST_F(NativeBudgets, RestoreIntoAnEmptyServerAsTheyWere) {
  const std::string original = exported(db());
  const test::FreshDatabase other;
  Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  EXPECT_TRUE(restore_native(empty, saved(original), now).complete);
  EXPECT_EQ(exported(empty), original);
  for (const std::string& table : budget_tables()) {
    const std::string sql =
        "SELECT string_agg(r, chr(10) ORDER BY r) FROM (SELECT (to_jsonb(t) - 'recorded_by')::text FROM " +
        table + " t) rows (r)";
    EXPECT_NE(superuser_value(sql), "") << table << " is not tried";
    EXPECT_EQ(other.superuser_value(sql), superuser_value(sql)) << table;
  }
  const proof::Verified verified = proof::verify(DatabaseSettings{.address = other.address(), .role = {}});
  EXPECT_EQ(verified.first_flaw(), "");
}

// Another value of the same type, as somebody would write it who wants to go unnoticed.
boost::json::value changed(const boost::json::value& value) {
  if (value.is_bool()) return !value.as_bool();
  if (value.is_int64()) return value.as_int64() + 1;
  std::string text{value.as_string()};
  if (text.size() == 10 && text.starts_with("2026-")) return "2026-01-31";
  if (text.ends_with("Z") && text.starts_with("20")) return "2026-02-11T00:00:00.000000Z";
  if (text.empty()) return "AC01";
  text.front() = text.front() == 'b' ? 'c' : 'b';
  return boost::json::value(text);
}

TEST_F(NativeBudgets, AreRefusedOrHarmlessWhateverFieldIsChanged) {
  const std::vector<std::string> lines = lines_in(exported(db()));
  std::vector<std::string> harmless = lines;
  std::set<std::string> accepted;
  std::set<std::string> tried;
  for (std::size_t at = 0; at + 1 < lines.size(); ++at) {
    if (!lines[at].starts_with(R"({"kind":"budget)") && !lines[at].starts_with(R"({"kind":"spending_)") &&
        !lines[at].starts_with(R"({"kind":"order_mandate)") &&
        !lines[at].starts_with(R"({"kind":"allocation_)"))
      continue;
    const boost::json::object row = boost::json::parse(lines[at]).as_object();
    const std::string kind{row.at("kind").as_string()};
    tried.insert(kind);
    for (const auto& [name, value] : row) {
      if (name == "kind") continue;
      boost::json::object altered = row;
      altered[name] = changed(value);
      auto all = lines;
      all[at] = boost::json::serialize(altered);
      const std::string refusal = refusal_of_file(text_of_file(all));
      if (!refusal.empty()) continue;
      accepted.insert(kind + "." + std::string{name});
      boost::json::object kept = boost::json::parse(harmless[at]).as_object();
      kept[name] = changed(value);
      auto both = harmless;
      both[at] = boost::json::serialize(kept);
      if (refusal_of_file(text_of_file(both)).empty()) harmless = both;
    }
  }
  EXPECT_EQ(tried.size(), 10u);
  // Texts, days, and amounts that nothing else rests on.
  std::string free;
  for (const std::string& field : accepted) free += field + ' ';
  EXPECT_EQ(free,
            "allocation_round.body allocation_round.decision allocation_round.from_on "
            "allocation_round.recorded_at allocation_round.recorded_by allocation_round.title "
            "allocation_round.until_on allocation_step.amount_minor allocation_step.recorded_at "
            "allocation_step.recorded_by allocation_step.title budget.from_on budget.recorded_at "
            "budget.recorded_by budget.title budget.until_on budget_line.amount_minor budget_line.title "
            "budget_revision.decision budget_revision.from_on budget_revision.recorded_at "
            "budget_revision.recorded_by order_mandate.minutes spending_mandate.amount_minor "
            "spending_mandate.decision spending_mandate.from_on spending_mandate.purpose "
            "spending_mandate.recorded_at spending_mandate.recorded_by spending_mandate.until_on "
            "spending_rule.decision spending_rule.from_on spending_rule.needed_from_minor "
            "spending_rule.one_from_minor spending_rule.recorded_at spending_rule.recorded_by "
            "spending_rule.up_to_minor spending_step.amount_minor spending_step.on "
            "spending_step.recorded_at spending_step.recorded_by ");
  const test::FreshDatabase other;
  Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  EXPECT_TRUE(restore_native(empty, saved(text_of_file(harmless)), now).complete);
  const proof::Verified verified = proof::verify(DatabaseSettings{.address = other.address(), .role = {}});
  EXPECT_EQ(verified.first_flaw(), "");
}

}  // namespace
}  // namespace coop::journals
