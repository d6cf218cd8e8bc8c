#include "reports/entry_reading.hpp"

#include "tests/support/random_books.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/run_seed.hpp"
#include "tests/support/test_database.hpp"

namespace coop::reports {
namespace {

using test::RandomBooks;
using test::run_seed;

bool holds_text(std::string text, std::string part) {
  for (std::string* each : {&text, &part}) {
    for (char& letter : *each) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  return text.find(part) != std::string::npos;
}

bool matches(const EntryFilter& filter, const books::Posting& posting) {
  if (filter.account && !books::path_holds(*filter.account, posting.account)) return false;
  for (std::size_t kind = 0; kind < 4; ++kind) {
    if (filter.about[kind] && posting.about[kind] != filter.about[kind]) return false;
  }
  if (!filter.amount) return true;
  const std::int64_t amount = std::abs(posting.amount_minor);
  return posting.unit == filter.amount->unit && amount >= filter.amount->from_minor.value_or(0) &&
         amount <= filter.amount->to_minor.value_or(amount);
}

bool matches(const EntryFilter& filter, const books::Entry& entry) {
  if (filter.from_number && entry.number < *filter.from_number) return false;
  if (filter.to_number && entry.number > *filter.to_number) return false;
  if (filter.from_on && entry.booked_on < *filter.from_on) return false;
  if (filter.to_on && entry.booked_on > *filter.to_on) return false;
  if (filter.known_at && entry.recorded_at > *filter.known_at) return false;
  if (filter.reference && entry.reference != *filter.reference) return false;
  if (filter.source && !entry.source.starts_with(*filter.source)) return false;
  if (filter.text && !holds_text(entry.description, *filter.text) &&
      !holds_text(entry.reference, *filter.text)) {
    return false;
  }
  return std::any_of(entry.postings.begin(), entry.postings.end(),
                     [&](const books::Posting& posting) { return matches(filter, posting); });
}

EntryFilter some_filter(RandomBooks& books) {
  EntryFilter filter;
  if (books.chance(6)) filter.from_number = EntryNumber{1 + books.some_number(200)};
  if (books.chance(6)) filter.to_number = EntryNumber{1 + books.some_number(300)};
  if (books.chance(4)) filter.from_on = books.some_day();
  if (books.chance(4)) filter.to_on = books.some_day();
  const auto in_order = [](auto& from, auto& to) {
    if (from && to && *to < *from) std::swap(from, to);
  };
  in_order(filter.from_number, filter.to_number);
  in_order(filter.from_on, filter.to_on);
  if (books.chance(5)) filter.known_at = books.some_instant();
  if (books.chance(6)) filter.text = books.chance(2) ? "server RENT" : "rf1";
  if (books.chance(9)) filter.reference = "RF7";
  if (books.chance(9)) filter.source = "bank:statement/1";
  if (books.chance(3)) filter.account = books.chance(2) ? "assets:bank" : "expenses:servers:disks";
  if (books.chance(6)) filter.about[0] = "media";
  if (books.chance(9)) filter.about[1] = "M0002";
  if (books.chance(4))
    filter.amount = AmountRange{"EUR", 100, books.chance(2) ? std::optional{500} : std::nullopt};
  return filter;
}

std::vector<std::int64_t> numbers_of(const std::vector<books::Entry>& entries) {
  std::vector<std::int64_t> numbers;
  for (const books::Entry& entry : entries) numbers.push_back(entry.number.number());
  return numbers;
}

class EntryReading : public test::DatabaseTest {
 protected:
  EntryReading() : books_{db(), "bcn", run_seed()} { books_.record(250); }

  std::vector<books::Entry> read_all(const EntryFilter& filter, EntryOrder order, int limit) {
    std::vector<books::Entry> all;
    std::optional<std::string> cursor;
    do {
      EntryPage page = db().in_snapshot(
          [&](Tx& tx) { return read_entries(tx, books_.node(), filter, order, limit, cursor); });
      EXPECT_LE(page.entries.size(), static_cast<std::size_t>(limit));
      std::move(page.entries.begin(), page.entries.end(), std::back_inserter(all));
      cursor = page.next;
    } while (cursor);
    return all;
  }

  RandomBooks books_;
};

TEST_F(EntryReading, FindsWhatAFilterMeansInEveryOrderAndPageSize) {
  SCOPED_TRACE("COOP_SEED=" + std::to_string(run_seed()));
  const std::vector<books::Entry> all = read_all({}, EntryOrder::recorded, 1000);
  ASSERT_EQ(static_cast<std::int64_t>(all.size()), books_.last().number());
  for (int i = 0; i < 120; ++i) {
    const EntryFilter filter = some_filter(books_);
    std::vector<books::Entry> expected;
    std::copy_if(all.begin(), all.end(), std::back_inserter(expected),
                 [&](const books::Entry& entry) { return matches(filter, entry); });
    const auto by_day = [](const books::Entry& a, const books::Entry& b) {
      return a.booked_on < b.booked_on;
    };
    const int limit = 1 + books_.some_number(40);
    EXPECT_EQ(numbers_of(read_all(filter, EntryOrder::recorded, limit)), numbers_of(expected));
    std::stable_sort(expected.begin(), expected.end(), by_day);
    EXPECT_EQ(numbers_of(read_all(filter, EntryOrder::booked, limit)), numbers_of(expected));
    std::reverse(expected.begin(), expected.end());
    EXPECT_EQ(numbers_of(read_all(filter, EntryOrder::booked_newest_first, limit)), numbers_of(expected));
  }
  std::vector<std::int64_t> backwards = numbers_of(all);
  std::reverse(backwards.begin(), backwards.end());
  EXPECT_EQ(numbers_of(read_all({}, EntryOrder::recorded_newest_first, 7)), backwards);
}

TEST_F(EntryReading, ShowsEntriesComplete) {
  std::int64_t postings = 0;
  for (const books::Entry& entry : read_all({}, EntryOrder::recorded, 100)) {
    std::map<std::string, std::int64_t> sums;
    for (std::size_t i = 0; i < entry.postings.size(); ++i) {
      EXPECT_EQ(entry.postings[i].line, static_cast<int>(i) + 1);
      sums[entry.postings[i].unit] += entry.postings[i].amount_minor;
    }
    for (const auto& [unit, sum] : sums)
      EXPECT_EQ(sum, 0) << "entry " << entry.number.number() << " in " << unit;
    postings += static_cast<std::int64_t>(entry.postings.size());
    if (entry.reverses) {
      const auto target =
          db().in_snapshot([&](Tx& tx) { return read_entry(tx, books_.node(), *entry.reverses); });
      EXPECT_EQ(target.reversed_by, entry.number);
    }
  }
  EXPECT_EQ(std::to_string(postings), superuser_value("SELECT count(*) FROM posting"));
  EXPECT_EQ(superuser_value("SELECT count(*) FROM posting WHERE note IS NOT NULL") == "0", false);
}

TEST_F(EntryReading, LaterPagesLeaveOutWhatWasRecordedSinceTheFirst) {
  const auto page = [&](const std::optional<std::string>& cursor) {
    return db().in_snapshot(
        [&](Tx& tx) { return read_entries(tx, books_.node(), {}, EntryOrder::booked, 200, cursor); });
  };
  const std::size_t before = static_cast<std::size_t>(books_.last().number());
  const EntryPage first = page(std::nullopt);
  books_.record(30);
  const EntryPage second = page(first.next);
  EXPECT_EQ(first.entries.size() + second.entries.size(), before);
  EXPECT_FALSE(second.next);
}

TEST_F(EntryReading, RefusesACursorOfAnotherList) {
  const auto read = [&](const EntryFilter& filter, EntryOrder order,
                        const std::optional<std::string>& cursor) {
    return db().in_snapshot(
        [&](Tx& tx) { return read_entries(tx, books_.node(), filter, order, 5, cursor); });
  };
  const auto next = read({}, EntryOrder::booked, std::nullopt).next;
  ASSERT_TRUE(next);
  EntryFilter other;
  other.text = "rent";
  EXPECT_EQ(test::refusal_code([&] { read(other, EntryOrder::booked, next); }), "cursor_invalid");
  EXPECT_EQ(test::refusal_code([&] { read({}, EntryOrder::recorded, next); }), "cursor_invalid");
  EXPECT_EQ(test::refusal_code([&] { read({}, EntryOrder::booked, *next + "A"); }), "cursor_invalid");
  EXPECT_EQ(test::refusal_code([&] { read({}, EntryOrder::booked, "%%"); }), "cursor_invalid");
  EXPECT_EQ(test::refusal_code([&] { read({}, EntryOrder::booked, ""); }), "cursor_invalid");
}

TEST_F(EntryReading, RefusesRangesThatEndBeforeTheyBegin) {
  const auto refused = [&](const EntryFilter& filter) {
    return test::refusal_code([&] {
      db().in_snapshot([&](Tx& tx) {
        return read_entries(tx, books_.node(), filter, EntryOrder::booked, 5, std::nullopt);
      });
    });
  };
  EntryFilter numbers;
  numbers.from_number = EntryNumber{3};
  numbers.to_number = EntryNumber{2};
  EXPECT_EQ(refused(numbers), "field_invalid");
  EntryFilter days;
  days.from_on = Day::parse("2026-01-02");
  days.to_on = Day::parse("2026-01-01");
  EXPECT_EQ(refused(days), "day_malformed");
  EntryFilter amounts;
  amounts.amount = AmountRange{"EUR", 2, 1};
  EXPECT_EQ(refused(amounts), "field_invalid");
}

TEST_F(EntryReading, RefusesWhatDoesNotExist) {
  const auto read = [&](const EntryFilter& filter, int limit) {
    return db().in_snapshot([&](Tx& tx) {
      return read_entries(tx, books_.node(), filter, EntryOrder::booked, limit, std::nullopt);
    });
  };
  EntryFilter filter;
  EXPECT_EQ(test::refusal_code([&] { read(filter, 0); }), "field_invalid");
  EXPECT_EQ(test::refusal_code([&] { read(filter, most_in_page + 1); }), "field_invalid");
  filter.about[0] = "nothing";
  EXPECT_EQ(test::refusal_code([&] { read(filter, 5); }), "dimension_unknown");
  filter.about[0].reset();
  filter.amount = AmountRange{"XYZ", 1, 2};
  EXPECT_EQ(test::refusal_code([&] { read(filter, 5); }), "unit_unknown");
  filter.amount->unit = "EUR";
  filter.amount->from_minor = -1;
  EXPECT_EQ(test::refusal_code([&] { read(filter, 5); }), "field_invalid");
  EXPECT_EQ(test::refusal_code([&] {
              db().in_snapshot([&](Tx& tx) { return read_entry(tx, books_.node(), EntryNumber{99'999}); });
            }),
            "entry_unknown");
}

}  // namespace
}  // namespace coop::reports
