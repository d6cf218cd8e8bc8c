#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/account_service.hpp"
#include "ledger/books/hold_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "tests/support/test_database.hpp"

namespace coop::test {

/// A line as a test writes it: {"assets:bank:main", "12.34 EUR"}; the unit may be left out: EUR.
struct Line {
  std::string account;
  std::string amount;
  books::DimensionCodes about = {};
  std::string note = {};
};

/// The code of the refusal that `work` ends in ("period_locked"), or "" if it does what it is asked.
template <class Work>
std::string refusal_of(Work&& work) {
  try {
    work();
    return "";
  } catch (const Refused& refused) {
    return std::string{text_of(refused.refusal()).code};
  }
}

/// The code of an outcome's refusal, or "" if the draft was recorded.
std::string code_of(const books::Outcome& outcome);
/// The codes of many.
std::vector<std::string> codes_of(const std::vector<books::Outcome>& outcomes);

/// What the derived tables, the numbers and the outbox say that the entries, postings and holds do not, a
/// line each. Plain SQL, written apart from the code it judges.
std::vector<std::string> derived_faults(const FreshDatabase& database);

/// A database test with books to write in: units EUR (2), GBP (2), JPY (0) and HOUR (2), the node "bcn", a
/// clock that only the test moves. Afterwards the derived figures are compared with the entries.
class BooksTest : public DatabaseTest {
 protected:
  explicit BooksTest(Durability durability = Durability::fast);
  void TearDown() override;

  /// Makes another node, and makes it the one that is written in.
  NodeId use_node(const std::string& name, const std::string& base_unit = "EUR");
  NodeId node() const { return *node_; }
  void use(NodeId node) { node_ = node; }
  /// Who does things, now.
  books::Author author() const { return {std::nullopt, now}; }

  /// "12.34 EUR", or "12.34" of EUR.
  Money money(std::string_view text) const;
  const std::map<std::string, Unit, std::less<>>& units() const { return units_; }
  /// Opens an account from 2020-01-01 on; its type follows the first part of the path. Limits are written as
  /// amounts.
  books::Account open(const std::string& path, const std::string& unit = "EUR",
                      const std::optional<std::string>& lower = {},
                      const std::optional<std::string>& upper = {});
  /// Adds dimension rows of one kind, named by their codes.
  void add(books::DimensionKind kind, const std::vector<std::string>& codes);

  /// A draft with a key of its own.
  books::Draft draft(std::string_view day, const std::vector<Line>& lines) const;
  /// A hold's draft with a key of its own.
  books::HoldDraft hold_draft(const std::vector<Line>& lines, std::optional<Instant> expires_at = {}) const;
  std::vector<books::DraftPosting> postings(const std::vector<Line>& lines) const;

  std::vector<books::Outcome> post(const std::vector<books::Draft>& drafts,
                                   books::Together together = books::Together::each_alone);
  /// Posts one. Throws its Refused.
  books::Recorded record(const books::Draft& draft);
  books::Recorded record(std::string_view day, const std::vector<Line>& lines) {
    return record(draft(day, lines));
  }
  HoldNumber reserve(const std::vector<Line>& lines, std::optional<Instant> expires_at = {});

  /// The recorded balance now, as decimal text.
  std::string balance(const std::string& path, const std::string& unit = "EUR");
  /// What open holds reserve: "debit/credit" as decimal text.
  std::string held(const std::string& path, const std::string& unit = "EUR");
  std::int64_t count(const std::string& table) const;

  Instant now = instant_from_text("2026-01-31T12:00:00Z");

 private:
  std::optional<NodeId> node_;
  std::map<std::string, Unit, std::less<>> units_;
};

}  // namespace coop::test
