#include "ledger/reminders/reminder.hpp"

#include <gtest/gtest.h>

#include "ledger/reminders/letter.hpp"
#include "ledger/reminders/message.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::reminders {
namespace {

using test::refusal_code;

const UnitId eur{1};
const UnitId eco{2};
const Day today = Day::parse("2026-03-01");

ReminderLevel level_of(int level, int after_days, std::string_view from_on = "2026-01-01") {
  return {.level = level,
          .number = 1,
          .from_on = Day::parse(from_on),
          .after_days = after_days,
          .texts = {{"en", "Your dues", "Dear {name}, {amount} is open."}}};
}

// One party who owes 20.00 since a day, and what was written about it.
class Reminding : public ::testing::Test {
 protected:
  void owes(PartyId party, std::int64_t minor, std::string_view due_on, UnitId unit = eur) {
    const ChargeNumber number{static_cast<std::int64_t>(facts_on_day_.charges.size()) + 1};
    facts_on_day_.charges.push_back({number, party, party, std::nullopt, unit, dues::DueKind::other,
                                     Period{Day::parse(due_on), Day::parse(due_on)}, Day::parse(due_on),
                                     minor});
  }
  void wrote(PartyId party, int level, std::string_view as_of, std::set<ChargeNumber> charges,
             bool waits = false) {
    written_.push_back({static_cast<std::int32_t>(written_.size()) + 1, party, eur, level, Day::parse(as_of),
                        waits, std::move(charges)});
  }
  // "1:level 2", "1:paused" …, blanks between; with what is dropped.
  std::string proposed(Day day = today) {
    const dues::DuesState state = dues::state_of(facts_on_day_, day);
    const ReminderFacts facts{state, levels_, written_, paused_, erased_, payments_wait_, eur, minimum_};
    std::string text;
    for (const Proposal& one : proposals_of(facts, day)) {
      text += std::to_string(one.party.number()) + ":";
      text +=
          one.level ? "level " + std::to_string(one.level->level) : std::string{text_of(*one.because_not)};
      if (one.to_drop) text += " drops " + std::to_string(*one.to_drop);
      text += " ";
    }
    return text;
  }
  dues::DuesFactsOnDay facts_on_day_;
  std::vector<ReminderLevel> levels_{level_of(1, 7), level_of(2, 30)};
  std::vector<WrittenReminder> written_;
  std::set<PartyId> paused_;
  std::set<PartyId> erased_;
  std::set<std::pair<PartyId, UnitId>> payments_wait_;
  std::int64_t minimum_ = 0;
};

const PartyId maria{1};
const PartyId jordi{2};

TEST_F(Reminding, BeginsWhenTheDaysOfTheFirstLevelHavePassed) {
  owes(maria, 2'000, "2026-02-23");
  EXPECT_EQ(proposed(), "1:not_yet ");
  EXPECT_EQ(proposed(today.plus_days(1)), "1:level 1 ");
  EXPECT_EQ(proposed(Day::parse("2026-02-23")), "") << "nothing is overdue";
}

TEST_F(Reminding, TakesTheLevelsInTurnWithTheirDistance) {
  owes(maria, 2'000, "2025-12-01");
  EXPECT_EQ(proposed(), "1:level 1 ") << "however long it is overdue";
  wrote(maria, 1, "2026-02-20", {ChargeNumber{1}});
  EXPECT_EQ(proposed(), "1:sent_already ");
  EXPECT_EQ(proposed(Day::parse("2026-03-14")), "1:sent_already ") << "22 days after the first";
  EXPECT_EQ(proposed(Day::parse("2026-03-15")), "1:level 2 ");
  wrote(maria, 2, "2026-03-15", {ChargeNumber{1}});
  EXPECT_EQ(proposed(Day::parse("2027-03-15")), "1:sent_already ");
}

TEST_F(Reminding, WritesNoNextLevelWhileTheOneBeforeWaits) {
  owes(maria, 2'000, "2025-12-01");
  wrote(maria, 1, "2026-01-01", {ChargeNumber{1}}, true);
  EXPECT_EQ(proposed(), "1:sent_already ");
  written_.clear();
  wrote(maria, 1, "2026-01-01", {ChargeNumber{7}}, true);
  EXPECT_EQ(proposed(), "1:level 1 drops 1 ") << "what that one was about is paid, it holds nothing up";
}

TEST_F(Reminding, BeginsAnewForWhatNobodyWasRemindedOf) {
  wrote(maria, 2, "2026-01-20", {ChargeNumber{7}});
  owes(maria, 2'000, "2026-02-01");
  EXPECT_EQ(proposed(), "1:level 1 ") << "what the old one was about is paid";
}

TEST_F(Reminding, LeavesOutForAReason) {
  owes(maria, 2'000, "2026-02-01");
  owes(jordi, 2'000, "2026-02-01");
  paused_ = {jordi};
  EXPECT_EQ(proposed(), "1:level 1 2:paused ");
  payments_wait_ = {{maria, eco}};
  EXPECT_EQ(proposed(), "1:level 1 2:paused ") << "that payment is in another unit";
  payments_wait_ = {{maria, eur}, {jordi, eur}};
  EXPECT_EQ(proposed(), "1:payment_waits 2:paused ");
  payments_wait_.clear();
  paused_.clear();
  minimum_ = 2'001;
  EXPECT_EQ(proposed(), "1:below_minimum 2:below_minimum ");
  minimum_ = 2'000;
  erased_ = {maria};
  EXPECT_EQ(proposed(), "1:erased 2:level 1 ");
}

TEST_F(Reminding, DropsWhatWaitsAndShouldNotLeave) {
  wrote(maria, 1, "2026-02-20", {ChargeNumber{7}}, true);
  EXPECT_EQ(proposed(), "1:paid_meanwhile drops 1 ");
  owes(maria, 2'000, "2026-02-01");
  written_.clear();
  wrote(maria, 1, "2026-02-20", {ChargeNumber{1}}, true);
  EXPECT_EQ(proposed(), "1:sent_already ");
  paused_ = {maria};
  EXPECT_EQ(proposed(), "1:paused drops 1 ");
}

TEST(ReminderLevels, AreInForceByTheirDays) {
  ReminderLevel closed = level_of(1, 7, "2026-02-01");
  closed.number = 2;
  closed.closed = true;
  const std::vector<ReminderLevel> levels{level_of(2, 30), level_of(1, 7), closed};
  const auto on = [&](std::string_view day) {
    std::string text;
    for (const ReminderLevel* one : levels_on(levels, Day::parse(day))) text += std::to_string(one->level);
    return text;
  };
  EXPECT_EQ(on("2025-12-31"), "");
  EXPECT_EQ(on("2026-01-31"), "12");
  EXPECT_EQ(on("2026-02-01"), "2");
}

TEST(ReminderLevels, RefuseWhatCannotBe) {
  const auto refused = [](const std::function<void(ReminderLevel&)>& spoil) {
    ReminderLevel level = level_of(1, 7);
    spoil(level);
    return refusal_code([&] { require_level(level); });
  };
  EXPECT_EQ(refused([](ReminderLevel&) {}), "accepted");
  EXPECT_EQ(refused([](ReminderLevel& one) { one.level = 10; }), "field_invalid");
  EXPECT_EQ(refused([](ReminderLevel& one) { one.after_days = 0; }), "field_invalid");
  EXPECT_EQ(refused([](ReminderLevel& one) { one.texts.clear(); }), "field_missing");
  EXPECT_EQ(refused([](ReminderLevel& one) { one.closed = true, one.texts.clear(); }), "accepted");
  EXPECT_EQ(refused([](ReminderLevel& one) { one.fee = ReminderFee{eur, 0, true}; }), "field_invalid");
  EXPECT_EQ(refused([](ReminderLevel& one) { one.texts.push_back(one.texts.front()); }), "field_invalid");
  EXPECT_EQ(refused([](ReminderLevel& one) { one.texts[0].body = "Dear {nam}"; }), "field_invalid");
  EXPECT_EQ(refused([](ReminderLevel& one) { one.texts[0].body = "an open {"; }), "field_invalid");
  EXPECT_EQ(refused([](ReminderLevel& one) { one.texts[0].subject = "two\nlines"; }), "field_invalid");
  EXPECT_EQ(refused([](ReminderLevel& one) { one.texts[0].language = "English"; }), "field_invalid");
}

TEST(ReminderTexts, AreFilledInAndChosenByLanguage) {
  EXPECT_EQ(filled_in("Dear {name}, {amount}{fee}!", {{"name", "{Maria}"}, {"amount", "20.00 EUR"}}),
            "Dear {Maria}, 20.00 EUR!")
      << "what is filled in is not filled in again";
  EXPECT_EQ(filled_in("none", {}), "none");
  EXPECT_EQ(filled_in("{name}", {}), "");
  const std::vector<ReminderText> texts{{"ca", "c", "c"}, {"en", "e", "e"}, {"pt", "p", "p"}};
  EXPECT_EQ(text_for(texts, "en", "ca").language, "en");
  EXPECT_EQ(text_for(texts, "pt-BR", "ca").language, "pt");
  EXPECT_EQ(text_for(texts, "fr", "en").language, "en");
  EXPECT_EQ(text_for(texts, "", "de").language, "ca");
}

TEST(Messages, WaitLongerAfterEachFailure) {
  EXPECT_EQ(wait_after(1), std::chrono::minutes{1});
  EXPECT_EQ(wait_after(3), std::chrono::minutes{4});
  EXPECT_EQ(wait_after(100), std::chrono::hours{6});
  for (const char* word : {"waiting", "sent", "failed", "dropped"})
    EXPECT_EQ(text_of(message_state_from(word)), word);
  EXPECT_EQ(refusal_code([] { message_state_from("lost"); }), "field_invalid");
}

}  // namespace
}  // namespace coop::reminders
