#include "tests/support/test_work.hpp"

namespace coop::test {

using work::HoursDraft;
using work::HoursNumber;
using work::Intent;

WorkTest::WorkTest() {
  superuser_sql(
      "INSERT INTO user_account (name, title, created_at) SELECT n, '', now() FROM unnest(ARRAY['ann', "
      "'ben', "
      "'cas', 'dan', 'tess']) AS u (n)");
  const char* users[] = {"ann", "ben", "cas", "dan"};
  for (int i = 0; i < 4; ++i) {
    const members::Party party = add_person("Somebody", "M" + std::to_string(i + 1));
    db().in_tx(
        [&](Tx& tx) { members::insert_party_user(tx, node(), party.id, *user(users[i]).user, now, {}); });
  }
  db().in_tx([&](Tx& tx) {
    work::found_circle(tx, node(), {"tech", "Technology", Day::parse("2026-01-01")}, author());
    for (const char* member : {"M1", "M2", "M3"})
      work::join_circle(tx, node(), "tech", member, Day::parse("2026-01-01"), author());
  });
  add(books::DimensionKind::cost_object, {"server"});
}

books::Author WorkTest::user(const std::string& name) const {
  return {UserId{std::stoi(superuser_value("SELECT id FROM user_account WHERE name = '" + name + "'"))}, now};
}

HoursDraft WorkTest::hour() {
  return {.member = "M1",
          .circle = "tech",
          .worked_on = Day::parse("2026-01-10"),
          .minutes = 60,
          .kind = "livelihood",
          .intent = Intent::paid};
}

std::vector<work::HoursOutcome> WorkTest::submit(const std::vector<HoursDraft>& drafts,
                                                 const std::string& name, bool as_treasurer) {
  const work::Submitter submitter{user(name), as_treasurer};
  return db().in_tx(
      [&](Tx& tx) { return work::submit_hours(tx, books::read_node(tx, "bcn"), drafts, submitter); });
}

HoursNumber WorkTest::record(const HoursDraft& draft, const std::string& name) {
  const auto outcome = submit({draft}, name, true).front();
  if (const auto* refused = std::get_if<Refused>(&outcome)) throw Refused{*refused};
  return std::get<work::Hours>(outcome).number;
}

std::vector<work::HoursOutcome> WorkTest::approve(const std::vector<HoursNumber>& numbers,
                                                  const std::string& name) {
  const books::Author by = user(name);
  return db().in_tx(
      [&](Tx& tx) { return work::approve_hours(tx, books::read_node(tx, "bcn"), numbers, by); });
}

work::Hours WorkTest::reverse(HoursNumber number, const std::string& name, bool as_treasurer) {
  const work::Submitter submitter{user(name), as_treasurer};
  return db().in_tx([&](Tx& tx) {
    return work::reverse_hours(tx, books::read_node(tx, "bcn"), number, "a mistake", submitter);
  });
}

std::string WorkTest::code_of(const work::HoursOutcome& outcome) {
  if (const auto* refused = std::get_if<Refused>(&outcome))
    return std::string{text_of(refused->refusal()).code};
  return std::string{text_of(work::state_of(std::get<work::Hours>(outcome)))};
}

void WorkTest::fill() {
  db().in_tx([&](Tx& tx) {
    work::found_circle(tx, node(), {"care-team", "Care", Day::parse("2026-01-01")}, user("tess"));
    work::join_circle(tx, node(), "care-team", "M4", Day::parse("2026-01-05"), user("tess"));
    work::leave_circle(tx, node(), "care-team", "M4", Day::parse("2026-01-09"), "moved", user("tess"));
    work::join_circle(tx, node(), "care-team", "M4", Day::parse("2026-01-20"), user("tess"));
    work::close_circle(tx, node(), "care-team", Day::parse("2026-01-25"), "done", user("tess"));
    work::add_work_kind(tx, node(), {"teaching", "Teaching", true}, user("tess"));
  });
  now += std::chrono::minutes{1};
  HoursDraft draft = hour();
  draft.cost_object = "server";
  draft.task = "https://tasks.example/7";
  draft.note = "backups";
  const HoursNumber first = record(draft);
  const HoursNumber second = record(hour());
  draft.intent = Intent::obligation;
  draft.kind = "care";
  draft.minutes = 600;
  record(draft);
  draft.intent = Intent::gift;
  draft.circle = "care-team";
  draft.member = "M4";
  record(draft);
  approve({first, second}, "ben");
  reverse(second, "ann");
  now += std::chrono::minutes{1};
  HoursDraft again = hour();
  again.corrects = second;
  again.minutes = 90;
  const HoursNumber rejected = record(again);
  db().in_tx([&](Tx& tx) {
    work::reject_hours(tx, books::read_node(tx, "bcn"), rejected, "not done", user("cas"));
  });
}

std::vector<std::string> WorkTest::tables() {
  return {"circle", "circle_step", "work_kind", "work_hours", "work_hours_step"};
}

}  // namespace coop::test
