// Random lives of mandates and collections: whatever happens in whatever order, no charge is collected twice,
// the bank has what the lines say, and everybody owes what charges and payments leave.
#include <random>

#include "ledger/collecting/collection_store.hpp"
#include "ledger/values/bank_day.hpp"
#include "ledger/values/money.hpp"
#include "tests/support/run_seed.hpp"
#include "tests/support/test_collecting.hpp"

namespace coop::collecting {
namespace {

class CollectingHistories : public test::CollectingTest {
 protected:
  int up_to(int most) { return static_cast<int>(dice_() % static_cast<unsigned>(most + 1)); }
  Day today() const { return day_in_zone(now, "Europe/Madrid"); }
  std::string number(int i) const { return "M000" + std::to_string(i); }

  /// Does something that may be refused, for a reason that can be.
  template <class Work>
  void attempt(const char* what, Work&& work) {
    const std::string code = test::refusal_of(work);
    ++done_[std::string{what} + (code.empty() ? "" : " refused: " + code)];
    static const std::set<std::string> usual{"",
                                             "direct_debit_impossible",
                                             "collection_not_open",
                                             "collection_unknown",
                                             "approval_repeated",
                                             "mandate_not_usable",
                                             "day_malformed",
                                             "charge_reversed_already",
                                             "payment_returned_already"};
    EXPECT_TRUE(usual.contains(code)) << what << ": " << code;
  }

  std::vector<Collection> all_collections() {
    return db().in_tx([&](Tx& tx) {
      std::vector<Collection> all;
      for (const auto& one : list_collections(tx, node(), std::nullopt, std::nullopt, 1'000))
        all.push_back(read_collection(tx, node(), one.number));
      return all;
    });
  }
  std::optional<Collection> some_collection() {
    auto all = all_collections();
    if (all.empty()) return std::nullopt;
    // Mostly the newest ones: the others are done.
    return all[static_cast<std::size_t>(up_to(std::min<int>(static_cast<int>(all.size()) - 1, 1)))];
  }
  int some_line(const Collection& collection) {
    return 1 + up_to(static_cast<int>(collection.lines.size()) - 1);
  }

  void live_a_day() {
    now += std::chrono::hours{24 * (1 + up_to(2))};
    if (today().text().substr(0, 7) > charged_) run(charged_ = today().text().substr(0, 7));
    for (int n = 1 + up_to(3); n > 0; --n) happen();
  }

  void happen() {
    const std::string who = number(1 + up_to(4));
    switch (up_to(11)) {
      case 0:
        return attempt("sign", [&] { mandates_.push_back(sign(who, today().text())); });
      case 1:
        if (mandates_.empty()) return;
        return attempt("change", [&] { change_some(); });
      case 2:
        return attempt("pay", [&] { bank_minor_ += pay(who, "3.00", today().text()).minor; });
      case 3:
        return attempt("reverse", [&] { reverse_some(who); });
      case 4:
      case 5:
        return attempt("propose", [&] { propose(bank_day_from(today().plus_days(2 + up_to(5))).text()); });
      default:
        if (const auto collection = some_collection())
          return up_to(2) > 0 ? take_further(*collection) : work_on(*collection);
    }
  }

  void change_some() {
    const MandateRecord& mandate =
        mandates_[static_cast<std::size_t>(up_to(static_cast<int>(mandates_.size()) - 1))];
    const std::string day = today().text();
    switch (up_to(3)) {
      case 0:
        move(mandate, day, "BE68539007547034");
        return;
      case 1:
        change(mandate, MandateChangeKind::cancelled, day);
        return;
      case 2:
        change(mandate, MandateChangeKind::returned, day, "MD06");
        return;
      default:
        change(mandate, MandateChangeKind::released, day);
    }
  }

  void reverse_some(const std::string& who) {
    const auto charges = charges_of(who);
    if (charges.empty() || up_to(7) > 0) return;
    db().in_tx([&](Tx& tx) { dues::reverse_charge(tx, node(), charges.back().number, "wrong", author()); });
  }

  /// What somebody sensible would do next with it.
  void take_further(const Collection& collection) {
    switch (collecting::state_of(collection.steps)) {
      case CollectionState::proposed:
        attempt("approve", [&] { approve(collection, "ann"); });
        attempt("approve", [&] { approve(collection, "ben"); });
        if (read(collection).steps.size() == collection.steps.size())
          attempt("cancel", [&] { cancel(collection); });
        return;
      case CollectionState::approved:
        attempt("hand in", [&] { hand_in(collection, today().text()); });
        if (read(collection).steps.size() == collection.steps.size())
          attempt("cancel", [&] { cancel(collection); });
        return;
      case CollectionState::handed_in:
        if (today() >= collection.due_on) attempt("settle", [&] { settle_it(collection); });
        return;
      case CollectionState::settled:
      case CollectionState::cancelled:
        if (up_to(2) == 0) attempt("come back", [&] { send_back(collection, some_line(collection)); });
    }
  }

  void work_on(const Collection& collection) {
    switch (up_to(7)) {
      case 0:
        return attempt("exclude", [&] { exclude(collection, some_line(collection)); });
      case 1:
        if (up_to(2) > 0) return;
        return attempt("cancel", [&] { cancel(collection); });
      case 2:
        return attempt("settle", [&] { settle_it(collection); });
      case 3:
        return attempt("come back", [&] { send_back(collection, some_line(collection)); });
      case 4:
        return attempt("hand in", [&] { hand_in(collection, today().text()); });
      case 5:
        return attempt("approve", [&] { approve(collection, "ann"); });
      default:
        return attempt("approve", [&] { approve(collection, "ben"); });
    }
  }

  void settle_it(const Collection& collection) {
    const Day on = std::max(today(), collection.due_on);
    settle(collection, on.text());
    for (const CollectionLine& line : read(collection).lines)
      if (line.payment) bank_minor_ += line.minor;
  }

  void send_back(const Collection& collection, int line) {
    const Day on = std::max(today(), collection.due_on.plus_days(up_to(5)));
    const Collection back = come_back(collection, line, on.text(), up_to(1) ? "AM04" : "MD01");
    const CollectionLine& returned = back.lines[static_cast<std::size_t>(line - 1)];
    if (returned.payment) bank_minor_ -= returned.minor;
  }

  /// Of each charge one line at most was paid and did not come back, or is still on its way.
  void expect_each_charge_once() {
    std::map<ChargeNumber, int> collected;
    for (const Collection& collection : all_collections())
      if (collecting::state_of(collection.steps) != CollectionState::cancelled)
        for (const CollectionLine* line : standing_lines(collection))
          for (const CollectedCharge& charge : line->charges) ++collected[charge.charge];
    for (const auto& [charge, times] : collected) EXPECT_EQ(times, 1) << "charge " << charge.number();
    EXPECT_EQ(balance("assets:bank:main"), text_from_minor(bank_minor_, 2));
  }

  std::mt19937_64 dice_{test::run_seed()};
  std::vector<MandateRecord> mandates_;
  std::string charged_;
  std::int64_t bank_minor_ = 0;
  std::map<std::string, int> done_;
};

TEST_F(CollectingHistories, NeverCollectTwiceWhateverHappens) {
  SCOPED_TRACE("COOP_SEED=" + std::to_string(test::run_seed()));
  for (int i = 1; i <= 5; ++i) {
    member(number(i), "2026-01-01");
    mandates_.push_back(sign(number(i)));
  }
  for (int day = 0; day < 60; ++day) {
    live_a_day();
    expect_each_charge_once();
    if (HasFailure()) break;
  }
  std::string happened;
  for (const auto& [what, times] : done_) happened += what + " " + std::to_string(times) + "; ";
  RecordProperty("happened", happened);
}

}  // namespace
}  // namespace coop::collecting
