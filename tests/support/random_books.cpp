#include "tests/support/random_books.hpp"

#include "ledger/books/account_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/values/unit.hpp"

namespace coop::test {

namespace {

using books::AccountType;

const Day first_day = Day::parse("2023-11-05");
constexpr int days = 500;
const std::vector<std::pair<std::string, AccountType>> chart{
    {"assets:bank:main", AccountType::asset},        {"assets:bank:second", AccountType::asset},
    {"assets:banknotes", AccountType::asset},        {"liabilities:members", AccountType::liability},
    {"equity:shares", AccountType::equity},          {"income:dues", AccountType::income},
    {"income:dues:late", AccountType::income},       {"expenses:servers", AccountType::expense},
    {"expenses:servers:disks", AccountType::expense}};
const std::vector<std::tuple<std::string, int, UnitOrigin>> random_units{
    {"EUR", 2, UnitOrigin::currency}, {"HOUR", 0, UnitOrigin::hours}, {"ECO", 4, UnitOrigin::local}};
const std::vector<std::pair<books::DimensionKind, std::string>> rows_of_kinds{
    {books::DimensionKind::fund, "media"},         {books::DimensionKind::fund, "garden"},
    {books::DimensionKind::member, "M0001"},       {books::DimensionKind::member, "M0002"},
    {books::DimensionKind::cost_object, "server"}, {books::DimensionKind::tax_code, "VAT21"}};

}  // namespace

RandomBooks::RandomBooks(Database& database, const std::string& name, std::uint64_t seed)
    : database_{database}, dice_{seed}, name_{name}, now_{instant_from_text("2024-01-01T09:00:00Z")} {
  database_.in_tx([&](Tx& tx) {
    const books::Author author{std::nullopt, now_};
    for (const auto& [code, scale, origin] : random_units) {
      if (!books::find_unit(tx, code)) books::insert_unit(tx, code, code, scale, origin);
    }
    node_ = books::make_node(tx, {name, "Random", "EUR", "ES", "Europe/Madrid", {4, 6}}, author).id;
    for (const auto& [path, type] : chart) {
      for (const auto& [code, scale, origin] : random_units) {
        const books::AccountDraft draft{path, code, type, "", {}, {}, first_day.plus_days(-100)};
        accounts_.emplace_back(path, books::open_account(tx, *node_, draft, author).unit);
      }
      paths_.push_back(path);
    }
    std::vector<books::Dimension> dimensions;
    for (const auto& [kind, code] : rows_of_kinds)
      dimensions.push_back({DimensionId{1}, kind, code, "The " + code});
    books::add_dimensions(tx, *node_, dimensions, author);
  });
}

int RandomBooks::some_number(int end) { return static_cast<int>(dice_() % static_cast<std::uint64_t>(end)); }

bool RandomBooks::chance(int one_in) { return some_number(one_in) == 0; }

Day RandomBooks::some_day() { return first_day.plus_days(some_number(days + 60) - 30); }

Instant RandomBooks::some_instant() {
  const auto span = (now_ - instant_from_text("2024-01-01T00:00:00Z")).count() / 1'000'000 + 100'000;
  return instant_from_text("2023-12-31T20:00:00Z") +
         std::chrono::seconds{some_number(static_cast<int>(span))};
}

void RandomBooks::record(int count) {
  while (count > 0) {
    const int batch = std::min(count, 1 + some_number(chance(4) ? 60 : 5));
    record_batch(batch);
    count -= batch;
    if (chance(3)) reverse_one();
    now_ += std::chrono::microseconds{some_number(40'000'000)} + std::chrono::seconds{some_number(30'000)};
  }
}

void RandomBooks::record_batch(int count) {
  std::vector<books::Draft> drafts;
  for (int i = 0; i < count; ++i) {
    const int spread = chance(10) ? days : 20;
    const int usual = std::min(days - 1, static_cast<int>(last_ / 3));
    const int day = std::clamp(usual - some_number(spread) + 10, 0, days - 1);
    books::Draft draft{
        .request_key = books::fingerprint_of(name_ + std::to_string(asked_++)),
        .asked_by = std::nullopt,
        .booked_on = first_day.plus_days(day),
        .description = "Entry " + std::to_string(asked_) + (chance(5) ? " for Server rent" : ""),
        .reference = chance(4) ? "RF" + std::to_string(some_number(20)) : "",
        .source = chance(6) ? "bank:statement/" + std::to_string(some_number(9)) : "",
        .reverses = std::nullopt,
        .uses_hold = std::nullopt,
        .postings = {}};
    for (int unit = some_number(3), parts = chance(5) ? 2 : 1; parts > 0; --parts, unit = (unit + 1) % 3) {
      std::int64_t rest = 0;
      const int lines = 1 + some_number(2);
      for (int line = 0; line <= lines; ++line) {
        const auto& [path, unit_id] = accounts_[static_cast<std::size_t>(some_number(9) * 3 + unit)];
        const std::int64_t minor = line < lines ? 1 + some_number(chance(9) ? 2'000'000 : 900) : -rest;
        rest += minor;
        books::DraftPosting posting{
            path, Money::of_minor(line < lines && chance(4) ? -minor : minor, unit_id), {}, ""};
        if (posting.amount.minor() != minor) rest -= 2 * minor;
        if (posting.amount.minor() == 0) posting.amount = Money::of_minor(1, unit_id), rest += 1;
        const auto& [kind, code] = rows_of_kinds[static_cast<std::size_t>(some_number(6))];
        if (chance(3)) posting.about[static_cast<std::size_t>(kind)] = code;
        if (chance(8)) posting.note = "note " + std::to_string(line);
        draft.postings.push_back(std::move(posting));
      }
      if (rest != 0) {
        const auto& [path, unit_id] = accounts_[static_cast<std::size_t>(unit)];
        draft.postings.push_back({path, Money::of_minor(-rest, unit_id), {}, ""});
      }
    }
    drafts.push_back(std::move(draft));
  }
  database_.in_tx([&](Tx& tx) {
    for (const auto& outcome : books::post(tx, *node_, drafts, books::Together::each_alone, now_)) {
      last_ = books::recorded_or_throw(outcome).number.number();
    }
  });
}

void RandomBooks::record_crowded(int entries, int lines) {
  for (; entries > 0; --entries) {
    books::Draft draft{.request_key = books::fingerprint_of(name_ + std::to_string(asked_++)),
                       .asked_by = std::nullopt,
                       .booked_on = first_day.plus_days(some_number(days)),
                       .description = "Crowded",
                       .reference = "",
                       .source = "",
                       .reverses = std::nullopt,
                       .uses_hold = std::nullopt,
                       .postings = {}};
    std::int64_t rest = 0;
    const auto add = [&](std::size_t account, std::int64_t minor) {
      const auto& [path, unit_id] = accounts_[account];
      draft.postings.push_back({path, Money::of_minor(minor, unit_id), {}, ""});
      rest += minor;
    };
    for (int line = 2; line < lines; ++line) add(0, (1 + some_number(900)) * (chance(3) ? -1 : 1));
    if (rest == 0) add(0, 1);
    add(3 * static_cast<std::size_t>(1 + some_number(8)), -rest);
    database_.in_tx([&](Tx& tx) {
      const auto outcomes = books::post(tx, *node_, {&draft, 1}, books::Together::each_alone, now_);
      last_ = books::recorded_or_throw(outcomes.front()).number.number();
    });
    if (chance(10)) reverse(EntryNumber{last_});
    now_ += std::chrono::seconds{some_number(40'000)};
  }
}

void RandomBooks::reverse_one() { reverse(EntryNumber{1 + some_number(static_cast<int>(last_))}); }

void RandomBooks::reverse(EntryNumber target) {
  try {
    database_.in_tx([&](Tx& tx) {
      const books::ReversalDraft draft{
          .request_key = books::fingerprint_of(name_ + "r" + std::to_string(asked_++)),
          .reverses = target,
          .booked_on = chance(2) ? std::optional{first_day.plus_days(some_number(days))} : std::nullopt,
          .description = ""};
      last_ = books::reverse(tx, *node_, draft, {std::nullopt, now_}).number.number();
    });
  } catch (const Refused&) {
    // reversed already, or a reversal itself
  }
}

}  // namespace coop::test
