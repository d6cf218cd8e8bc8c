#include <gtest/gtest.h>

#include <fstream>

#include "ledger/journals/account_names.hpp"
#include "ledger/journals/journal.hpp"
#include "ledger/journals/program.hpp"
#include "tests/support/judges.hpp"

namespace coop::journals {
namespace {

// Books of random entries over accounts with awkward names, kept here only to be written.
struct MemoryBooks {
  JournalHead head;
  std::vector<books::Entry> entries;
};

std::uint32_t state = 7;
std::uint32_t draw(std::uint32_t below) {
  state = state * 1664525u + 1013904223u;
  return (state >> 8) % below;
}

JournalAccount account(const char* path, const JournalUnit& unit, books::AccountType type) {
  return {path, unit.code, unit.scale, type, "Title of \"" + std::string{path} + "\"", Day::parse("2019-01-01"), {}, 0, {}};
}

MemoryBooks awkward_books() {
  const std::vector<JournalUnit> units{{"EUR", "Euro", 2}, {"JPY", "Yen", 0}, {"H2.X_Y-9", "Hours \"too\"", 4}, {"TRUE", "T", 2}};
  const char* paths[] = {"assets:Crédit Coopératif (Lyon)", "a;b", "Smith, John", "x:[x]", "(whole)", "[x]", "*star", "a\"b",
                         "assets", "Assets", "ASSETS:bank", "assets:bank", "bank", "tab\tbed", "a%3Bb", "100%", "é:ß:日本",
                         "deep:a:b:c:d", "x  y", " lead", "trail :x", "nb\u00A0sp", "1234", "-5 EUR", "2026-01-01", "= 5",
                         "a:<b>", "date:2020-01-01", "assets:@ 5 EUR", "a # b", "note ; x", "Ωmega", "{x}", "~p", "`t", "end comment"};
  MemoryBooks books{{"bcn", "Coop \"A\" ; x\nline", "EUR", units, {}}, {}};
  int n = 0;
  for (const char* path : paths)
    for (const JournalUnit& unit : units) books.head.accounts.push_back(account(path, unit, static_cast<books::AccountType>(n++ / 4 % 5)));
  const char* texts[] = {"Dues", "", "(refund) x", "* star", "! bang ; ; semi", "a | b", "= 2020-01-01", "tab\there", "new\nline",
                         "date:2020-01-01", "[2020-01-01] x", ":tag:", "key: value", "key:: 1/0", "quote\" \\ back", "comma, x", "  lead",
                         "100%", "%41", "; x", "@ y", "naïve 日本", "()", "(", "$ {x} `y`", "#hash ^link", "a  b  ; c", "\xC2\xA0nb\xC2\xA0"};
  std::map<std::size_t, std::int64_t> sums;
  Day day = Day::parse("2020-01-01");
  for (int e = 1; e <= 400; ++e) {
    day = day.plus_days(static_cast<int>(draw(3)));
    const auto text = [&] { return std::string{texts[draw(std::size(texts))]}; };
    books::Entry entry{EntryNumber{e}, day, instant_from_text("2020-01-01T09:05:00Z"), text(), {}, text(), text(), text(), {}, {}, {}, {}, {}};
    if (draw(4) == 0) entry.document_on = day.plus_days(-40);
    if (e % 7 == 0) entry.reverses = EntryNumber{e - 1};
    if (e % 7 == 6) entry.reversed_by = EntryNumber{e + 1};
    for (std::uint32_t pair = draw(3) + 1; pair > 0; --pair) {
      const std::size_t unit = draw(4);
      const std::int64_t amount = static_cast<std::int64_t>(draw(2000000)) + 1;
      for (const std::int64_t signed_amount : {amount, -amount}) {
        const std::size_t place = draw(std::size(paths)) * 4 + unit;
        const JournalAccount& a = books.head.accounts[place];
        sums[place] += signed_amount;
        entry.postings.push_back({static_cast<int>(entry.postings.size()) + 1, a.path, a.unit, a.scale, signed_amount, {}, text()});
        if (draw(3) == 0) entry.postings.back().about[draw(4)] = "M0042";
        books.head.accounts[place].last = LastPosting{entry.number, entry.postings.back().line, day};
      }
    }
    books.entries.push_back(std::move(entry));
  }
  for (const auto& [place, sum] : sums) books.head.accounts[place].balance_minor = sum;
  return books;
}

class WritersJudged : public testing::TestWithParam<Dialect> {};

TEST_P(WritersJudged, FindTheSameBalancesInAwkwardBooks) {
  if (!test::is_judge_installed(GetParam())) GTEST_SKIP() << text_of(GetParam()) << " is not installed: not judged";
  const MemoryBooks books = awkward_books();
  const TemporaryFile file;
  {
    std::ofstream out{file.path(), std::ios::binary};
    const auto writer = journal_writer(GetParam(), [&](std::string_view piece) { out << piece; });
    writer->begin(books.head);
    for (const auto& entry : books.entries) writer->write(entry);
    writer->end();
  }
  std::filesystem::copy_file(file.path(), "/tmp/j/last." + std::string{text_of(GetParam())}, std::filesystem::copy_options::overwrite_existing);
  test::Balances ours;
  BeancountNames names;
  for (const JournalAccount& a : books.head.accounts) {
    const bool bean = GetParam() == Dialect::beancount;
    const std::string name = bean ? names.name_of(a.path, a.type) : plain_name_of(a.path);
    if (a.balance_minor != 0)
      ours[{name, bean ? beancount_commodity_of(a.unit) : a.unit}] = test::without_needless_zeros(text_from_minor(a.balance_minor, a.scale));
  }
  const test::Judgement judgement = test::judge(GetParam(), file.path());
  EXPECT_EQ(judgement.complaint, "");
  EXPECT_EQ(test::differences(ours, judgement.balances), "");
}

INSTANTIATE_TEST_SUITE_P(Dialects, WritersJudged, testing::Values(Dialect::hledger, Dialect::ledger, Dialect::beancount),
                         [](const auto& one) { return std::string{text_of(one.param)}; });

}  // namespace
}  // namespace coop::journals
