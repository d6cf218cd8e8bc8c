#include "api/demo/chance.hpp"
#include "api/demo/year.hpp"
#include "ledger/values/split.hpp"

namespace coop::api::demo {

namespace {

constexpr std::int64_t minor_of_quarter_hour = 25;
constexpr std::array<const char*, 5> work_objects{"bbb", "web", "support", "storage", "governance"};
constexpr std::array<const char*, 4> care_words{"Minutes of the assembly", "Welcomed new members",
                                                "Translated a page", "Cooked for the meeting"};

DiaryLine worked(const std::string& member, const std::string& object, std::int64_t minor) {
  return debit("expenses:time", "HOUR", minor).of_member(member).of_cost_object(object);
}

/// Quarter hours of a month in a few logs: what a worker writes down week by week.
std::vector<std::int64_t> weekly_quarters(int quarters, Chance& chance) {
  std::vector<std::int64_t> weights;
  for (int week = 0; week < 8; ++week) weights.push_back(chance.between(1, 4));
  return split_exactly(quarters, weights);
}

void write_log(NodeYear& year, const Worker& worker, int month, int quarters, bool claimed, Chance& chance) {
  const std::string code = code_of_worker(year.members, worker.name);
  const auto parts = weekly_quarters(quarters, chance);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::int64_t minor = parts[i] * minor_of_quarter_hour;
    if (minor == 0) continue;
    const std::string object = work_objects[static_cast<std::size_t>(chance.below(5))];
    const char* account = claimed ? "liabilities:time:claimed" : "equity:time:contributed";
    year.diary.write(
        {(claimed ? "time " : "contributed ") + month_text(month) + " " + code + " " + std::to_string(i),
         first_day_of(month).plus_days(2 + static_cast<int>(i) * 3),
         "Work on " + object,
         "",
         {worked(code, object, minor), credit(account, "HOUR", minor).of_member(code)}});
    if (claimed) {
      year.time[std::string{worker.name}][static_cast<std::size_t>(month)].claimed_minor += minor;
    }
  }
}

void write_care(NodeYear& year, const Member& member, int month, Chance& chance) {
  if (chance.once_in(3)) return;
  const std::int64_t minor = chance.between(2, 12) * minor_of_quarter_hour;
  year.diary.write({"care " + month_text(month) + " " + member.code,
                    first_day_of(month).plus_days(chance.below(27)),
                    care_words[static_cast<std::size_t>(chance.below(4))],
                    "",
                    {worked(member.code, "governance", minor),
                     credit("income:time:given", "HOUR", minor).of_member(member.code)}});
}

}  // namespace

void write_time(NodeYear& year) {
  Chance chance{"time of " + year.name()};
  for (int month = 0; month <= last_month; ++month) {
    for (const Worker& worker : year.facts.workers) {
      const bool exact = month == last_month;
      const int claimed =
          exact ? worker.quarters_claimed : worker.quarters_claimed * chance.between(50, 110) / 100;
      const int contributed = exact ? worker.quarters_contributed : worker.quarters_contributed * 3 / 4;
      write_log(year, worker, month, claimed, true, chance);
      if (contributed > 0) write_log(year, worker, month, contributed, false, chance);
    }
    for (const Member& member : year.members) {
      if (member.tier >= 0 && member.joined <= month && month < member.left)
        write_care(year, member, month, chance);
    }
  }
}

}  // namespace coop::api::demo
