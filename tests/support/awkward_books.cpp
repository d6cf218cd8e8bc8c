#include "tests/support/awkward_books.hpp"

#include "ledger/books/account_service.hpp"
#include "ledger/books/hold_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/period_lock_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/unit.hpp"

namespace coop::test {

namespace {

const Instant first_instant = instant_from_text("2026-02-01T09:05:00.123456Z");
const books::Author author{std::nullopt, first_instant};
const std::vector<std::string> unit_codes{"EUR", "JPY", "H2.X-9"};

const std::vector<std::string> awkward_texts{"Dues",
                                             "",
                                             "(refund) x",
                                             "* star",
                                             "! bang ; ; semi",
                                             "a | b",
                                             "= 2020-01-01",
                                             "date:2020-01-01",
                                             "[2020-01-01] x",
                                             ":tag:",
                                             "key: value",
                                             "key:: 1/0",
                                             "quote\" \\ back",
                                             "comma, x",
                                             "100%",
                                             "%41",
                                             "; x",
                                             "@ y",
                                             "naïve 日本",
                                             "()",
                                             "(",
                                             "$ {x} `y`",
                                             "#hash ^link",
                                             "a  b  ; c",
                                             "inv-1",
                                             "nb\u00A0sp",
                                             "{\"json\": 1}"};

}  // namespace

const std::vector<std::string>& awkward_paths() {
  static const std::vector<std::string> paths{"assets:Crédit Coopératif (Lyon)",
                                              "assets:a;b",
                                              "receivable:Smith, John",
                                              "assets:y [x]",
                                              "x\"y",
                                              "assets",
                                              "Assets",
                                              "ASSETS:bank",
                                              "assets:bank",
                                              "bank",
                                              "a%3Bb",
                                              "100%",
                                              "é:ß:日本",
                                              "deep:a:b:c:d",
                                              "nb\u00A0sp",
                                              "1234",
                                              "-5 EUR",
                                              "2026-01-01",
                                              "= 5",
                                              "a:<b>",
                                              "date:2020-01-01",
                                              "assets:@ 5 EUR",
                                              "a # b",
                                              "note ; x",
                                              "Ωmega",
                                              "{x}",
                                              "~p",
                                              "`t",
                                              "end comment",
                                              "income:dues_2026",
                                              "expenses:travel"};
  return paths;
}

AwkwardBooks::AwkwardBooks(Database& database, std::string name, std::uint32_t seed, int entries)
    : name_{std::move(name)}, random_{seed} {
  database.in_tx([&](Tx& tx) { make_accounts(tx); });
  database.in_tx([&](Tx& tx) { record(tx, entries); });
  database.in_tx([&](Tx& tx) { record_holds(tx); });
  database.in_tx([&](Tx& tx) { lock(tx); });
}

void AwkwardBooks::make_accounts(Tx& tx) {
  books::insert_iso4217(tx);
  if (!books::find_unit(tx, "H2.X-9"))
    books::insert_unit(tx, "H2.X-9", "Hours, \"kept\"", 4, UnitOrigin::hours);
  for (const std::string& code : unit_codes) units_.push_back(books::find_unit(tx, code)->id);
  node_ = books::make_node(
      tx, books::NodeDraft{name_, "Coop \"" + name_ + "\"; x", "EUR", "ES", "Europe/Madrid", {4, 6}}, author);
  std::vector<books::AccountDraft> accounts;
  for (std::size_t i = 0; i < awkward_paths().size(); ++i) {
    for (const std::string& unit : unit_codes) {
      accounts.push_back({awkward_paths()[i],
                          unit,
                          static_cast<books::AccountType>(i % 5),
                          "Title of " + awkward_paths()[i],
                          {},
                          {},
                          Day::parse("2019-01-01")});
    }
  }
  accounts[0].limits = {-9'000'000'000'000, 9'000'000'000'000};
  books::open_accounts(tx, node_->id, accounts, author);
  books::add_dimensions(tx, node_->id,
                        {{DimensionId{1}, books::DimensionKind::member, "M0042", "Smith, \"John\""},
                         {DimensionId{1}, books::DimensionKind::fund, "media", "Média"}},
                        author);
}

std::string AwkwardBooks::text() { return awkward_texts[draw(awkward_texts.size())]; }

std::vector<books::DraftPosting> AwkwardBooks::postings() {
  std::vector<books::DraftPosting> lines;
  for (std::size_t pairs = draw(3) + 1; pairs > 0; --pairs) {
    const UnitId unit = units_[draw(units_.size())];
    const auto amount = static_cast<std::int64_t>(draw(2'000'000)) + 1;
    const std::size_t part = draw(static_cast<std::size_t>(amount)) + 1;
    const auto rest = amount - static_cast<std::int64_t>(part);
    for (const std::int64_t minor : {amount, -static_cast<std::int64_t>(part), -rest}) {
      if (minor == 0) continue;
      lines.push_back(
          {awkward_paths()[draw(awkward_paths().size())], Money::of_minor(minor, unit), {}, text()});
      if (draw(4) == 0) lines.back().about[static_cast<std::size_t>(books::DimensionKind::member)] = "M0042";
      if (draw(4) == 0) lines.back().about[static_cast<std::size_t>(books::DimensionKind::fund)] = "media";
    }
  }
  return lines;
}

books::Draft AwkwardBooks::draft(int number) {
  return {books::fingerprint_of(name_ + " entry " + std::to_string(number)),
          std::nullopt,
          Day::parse("2020-01-01").plus_days(static_cast<int>(draw(900))),
          books::LateEntry::refuse,
          text(),
          text(),
          text(),
          std::nullopt,
          std::nullopt,
          postings()};
}

void AwkwardBooks::record(Tx& tx, int entries) {
  std::vector<books::Draft> drafts;
  for (int number = 1; number <= entries; ++number) drafts.push_back(draft(number));
  for (std::size_t first = 0; first < drafts.size(); first += 1'000) {
    const auto batch = std::span{drafts}.subspan(first, std::min<std::size_t>(1'000, drafts.size() - first));
    for (const auto& outcome :
         books::post(tx, node_->id, batch, books::Together::all_or_none, first_instant)) {
      books::recorded_or_throw(outcome);
    }
  }
  for (std::int64_t number = 3; number <= entries; number += 9) {
    const books::ReversalDraft reversal{books::fingerprint_of("reversal " + std::to_string(number)),
                                        EntryNumber{number}, std::nullopt, books::LateEntry::first_open_day,
                                        ""};
    books::reverse(tx, node_->id, reversal, author);
  }
}

void AwkwardBooks::record_holds(Tx& tx) {
  for (int number = 1; number <= 4; ++number) {
    const books::HoldDraft hold{books::fingerprint_of("hold " + std::to_string(number)),
                                std::nullopt,
                                first_instant + std::chrono::hours{number},
                                text(),
                                text(),
                                postings()};
    const auto made = books::make_hold(tx, node_->id, hold, author);
    if (number == 1) books::void_hold_of(tx, node_->id, made.number, author);
    if (number != 2) continue;
    books::Draft posted = draft(-number);
    posted.uses_hold = made.number;
    posted.postings.clear();
    books::post_hold(tx, node_->id, posted, author);
  }
}

void AwkwardBooks::lock(Tx& tx) {
  const auto soft = books::lock_period(tx, node_->id, books::LockKind::soft, Day::parse("2020-12-31"),
                                       "Year closed", author);
  books::lift_lock(tx, node_->id, soft.number, "A bill was forgotten; \"late\"", author);
  books::lock_period(tx, node_->id, books::LockKind::hard, Day::parse("2020-03-31"), "Audited", author);
}

}  // namespace coop::test
