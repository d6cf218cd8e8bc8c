// Random histories of joining, prices, waivers, payments, returns and leaving: everybody owes what the sums
// say, and whoever records it all at once comes to the same as whoever lived through it day by day.
#include <random>

#include "tests/support/run_seed.hpp"
#include "tests/support/test_dues.hpp"

namespace coop::dues {
namespace {

/// Something that happens on a day, the same however late it is recorded.
struct Happening {
  Day on;
  std::function<void()> record;
};

class Histories : public test::DuesTest {
 protected:
  int up_to(int most) { return static_cast<int>(dice_() % static_cast<unsigned>(most + 1)); }
  Day some_day() { return Day::parse("2025-01-01").plus_days(up_to(364)); }
  std::string number(int i) { return "M00" + std::to_string(10 + i); }

  /// The happenings of one history of `members` people, whose numbers begin at `first`.
  std::vector<Happening> history(std::uint64_t seed, int first, const std::string& tier) {
    dice_.seed(seed);
    std::vector<Happening> all;
    for (int i = 0; i < 6; ++i) {
      const std::string who = number(first + i);
      const Day joined = Day::parse("2025-01-01").plus_days(up_to(120));
      all.push_back({joined, [=, this] { member(who, joined.text(), tier); }});
      for (int n = up_to(5); n > 0; --n) {
        const Day on = joined.plus_days(up_to(200));
        const std::string amount = std::to_string(1 + up_to(60)) + ".00";
        all.push_back({on, [=, this] { payments_[who].push_back(pay(who, amount, on.text())); }});
        if (up_to(3) == 0) {
          const Day back = on.plus_days(1 + up_to(30));
          const std::size_t which = static_cast<std::size_t>(up_to(4));
          all.push_back({back, [=, this] { return_one(who, which, back); }});
        }
      }
      if (up_to(2) == 0) {
        const Day from = joined.plus_days(up_to(90));
        all.push_back({from, [=, this] { waive(who, from.text(), Ratio{1, 2}, from.plus_days(60)); }});
      }
      if (up_to(2) == 0) {
        const Day last = joined.plus_days(100 + up_to(100));
        all.push_back({last, [=, this] { end_membership(who, last.text()); }});
      }
    }
    const Day dearer = Day::parse("2025-07-01");
    all.push_back({dearer, [=, this] { set_price(tier, dearer.text(), "23.00"); }});
    std::ranges::stable_sort(all, {}, &Happening::on);
    return all;
  }

  void return_one(const std::string& who, std::size_t which, Day on) {
    auto& paid = payments_[who];
    if (which >= paid.size() || paid[which].received_on > on) return;
    return_payment(paid[which], on.text());
    paid.erase(paid.begin() + static_cast<std::ptrdiff_t>(which));
  }

  /// How the six stand at the end.
  std::string ends(int first) {
    std::string text;
    for (int i = 0; i < 6; ++i)
      text += stands(number(first + i), "2026-01-31") + " until " + covered(number(first + i), "2026-01-31") +
              "; ";
    return text;
  }

 private:
  std::mt19937_64 dice_;
  std::map<std::string, std::vector<Payment>> payments_;
};

TEST_F(Histories, EndTheSameLivedThroughOrRecordedAtOnce) {
  const std::uint64_t seed = test::run_seed();
  SCOPED_TRACE("COOP_SEED=" + std::to_string(seed));
  add_tier("lived", Interval::month, "20.00");
  add_tier("at-once", Interval::month, "20.00");

  auto lived = history(seed, 0, "lived");
  auto next = lived.begin();
  for (Day month = Day::parse("2025-01-01"); month < Day::parse("2026-01-01"); month = month.plus_months(1)) {
    run(month.text().substr(0, 7));
    for (; next != lived.end() && next->on <= month.last_of_month(); ++next) next->record();
  }
  for (; next != lived.end(); ++next) next->record();
  run("2026-01");
  const std::string lived_through = ends(0);

  for (Happening& one : history(seed, 40, "at-once")) one.record();
  run("2026-01");
  EXPECT_EQ(ends(40), lived_through);
  EXPECT_EQ(run("2026-01"), "0/0");
}

}  // namespace
}  // namespace coop::dues
