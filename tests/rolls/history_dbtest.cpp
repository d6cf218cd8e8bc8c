// Random histories: the roll of each month's end is the same for whoever lived through it and for whoever
// records it all at once, frozen rolls come out again as they were, and nobody is excluded without a reason.
#include <random>

#include "tests/support/run_seed.hpp"
#include "tests/support/test_rolls.hpp"

namespace coop::rolls {
namespace {

using members::ChangeKind;

/// Something that happens on a day, the same however late it is recorded.
struct Happening {
  Day on;
  std::function<void()> record;
};

class RollsOfHistories : public test::RollsTest {
 protected:
  static constexpr int people = 6;
  int up_to(int most) { return static_cast<int>(dice_() % static_cast<unsigned>(most + 1)); }
  static std::string number(int i) { return "M00" + std::to_string(10 + i); }
  MembershipId membership_of_number(const std::string& who) { return memberships_of(who).at(0).id; }

  std::vector<Happening> history(std::uint64_t seed, int first, const std::string& of) {
    dice_.seed(seed);
    std::vector<Happening> all;
    for (int i = 0; i < people; ++i) {
      const std::string who = number(first + i);
      const Day joined = Day::parse("2025-01-01").plus_days(up_to(60));
      all.push_back({joined, [=, this] { begin_as(who, joined, of); }});
      for (int n = up_to(6); n > 0; --n) {
        const Day on = joined.plus_days(up_to(250));
        const std::string amount = std::to_string(5 + up_to(60)) + ".00";
        all.push_back({on, [=, this] { pay(who, amount, on.text()); }});
      }
      if (up_to(2) == 0) add_change(all, who, joined.plus_days(10 + up_to(60)), ChangeKind::paused);
      else if (up_to(2) == 0) add_change(all, who, joined.plus_days(10 + up_to(60)), ChangeKind::suspended);
      if (up_to(3) == 0) add_change(all, who, joined.plus_days(90 + up_to(90)), ChangeKind::left);
    }
    for (int n = 1 + up_to(5); n > 0; --n) add_meeting(all, first, of);
    std::ranges::stable_sort(all, {}, &Happening::on);
    return all;
  }

  void begin_as(const std::string& who, Day on, const std::string& of) {
    add_person("Person", who);
    begin({who, of, on, on, {}, {}});
    subscribe(who, {.from_on = on, .tier = "standard", .chosen_minor = {}, .payer = {}});
  }

  void add_change(std::vector<Happening>& all, const std::string& who, Day on, ChangeKind kind) {
    all.push_back({on, [=, this] { change(membership_of_number(who), kind, on.text()); }});
  }

  void add_meeting(std::vector<Happening>& all, int first, const std::string& of) {
    const Day on = Day::parse("2025-03-05").plus_days(up_to(250));
    std::vector<std::string> present;
    for (int i = 0; i < people; ++i)
      if (up_to(1) == 0) present.push_back(number(first + i));
    all.push_back({on, [=, this] { meet(on.text(), present, of); }});
  }

  /// The lines of a class on a day, without their numbers.
  std::string lines_of(const std::string& code, Day day, std::optional<Instant> known_at = {}) {
    std::string text;
    for (const RollLine& line : roll(day.text(), known_at).lines) {
      EXPECT_EQ(line.votes > 0, line.exclusions.empty());
      for (const Exclusion& one : line.exclusions) EXPECT_FALSE(one.words.empty());
      if (line.class_code == code)
        text += std::string{members::text_of(line.standing)} + (line.is_paid_up ? " paid up " : " ") +
                std::to_string(line.votes) + " " + text_of(line.exclusions) + "\n";
    }
    return text;
  }

 private:
  std::mt19937_64 dice_;
};

TEST_F(RollsOfHistories, AreTheSameLivedThroughOrRecordedAtOnce) {
  const std::uint64_t seed = test::run_seed();
  SCOPED_TRACE("COOP_SEED=" + std::to_string(seed));
  for (const char* code : {"lived", "at-once"}) {
    add_class(code);
    auto half = rule(Ratio{1, 4});
    half.attendance = Ratio{1, 3};
    adopt(code, half);
  }
  struct Believed {
    Day day;
    Instant at;
    std::string lines;
    Hash hash;
  };
  std::vector<Believed> believed;
  auto lived = history(seed, 0, "lived");
  auto next = lived.begin();
  for (Day month = Day::parse("2025-01-01"); month < Day::parse("2026-01-01"); month = month.plus_months(1)) {
    const Day last = month.last_of_month();
    now += std::chrono::hours{1};
    for (; next != lived.end() && next->on <= last; ++next) next->record();
    run(month.text().substr(0, 7));
    now += std::chrono::hours{1};
    const FrozenRoll frozen = freeze(last.text());
    believed.push_back({last, frozen.known_at, lines_of("lived", last, frozen.known_at), frozen.hash});
  }
  for (const Believed& one : believed)
    EXPECT_EQ(lines_of("lived", one.day, one.at), one.lines) << one.day.text() << ", as known then";
  now += std::chrono::hours{1};
  for (Happening& one : history(seed, 40, "at-once")) one.record();
  for (Day month = Day::parse("2025-01-01"); month < Day::parse("2026-01-01"); month = month.plus_months(1))
    run(month.text().substr(0, 7));
  for (const Believed& one : believed)
    EXPECT_EQ(lines_of("at-once", one.day), lines_of("lived", one.day)) << one.day.text();
}

}  // namespace
}  // namespace coop::rolls
