#include "tests/support/test_collecting.hpp"

#include "ledger/collecting/mandate_store.hpp"
#include "ledger/values/money.hpp"

namespace coop::test {

namespace {

// A German account whose number follows from the member's.
Iban account_of(const std::string& number) {
  std::string digits;
  for (const char c : number)
    if (c >= '0' && c <= '9') digits += c;
  const std::string body = "37040044" + std::string(10 - digits.size(), '0') + digits;
  for (int check = 2; check < 99; ++check) {
    const std::string text = "DE" + std::string(check < 10 ? "0" : "") + std::to_string(check) + body;
    if (iban_fault(text).empty()) return Iban::parse(text);
  }
  throw std::logic_error{"some check digits are right"};
}

}  // namespace

CollectingTest::CollectingTest() {
  superuser_sql(
      "INSERT INTO user_account (name, title, created_at) VALUES ('ann', '', now()), "
      "('ben', '', now())");
  db().in_tx([&](Tx& tx) {
    collecting::set_creditor(
        tx, node(),
        {collecting::CreditorIdentifier::parse("DE98ZZZ09999999999"), "Meeting Coöperative",
         Iban::parse("DE89370400440532013000"), std::nullopt, "assets:bank:main"},
        author());
  });
}

collecting::MandateRecord CollectingTest::sign(const std::string& number, std::string_view signed_on,
                                               collecting::MandateUse use) {
  return db().in_tx([&](Tx& tx) {
    return collecting::sign_mandate(tx, node(),
                                    {.member = number,
                                     .reference = {},
                                     .use = use,
                                     .signed_on = Day::parse(signed_on),
                                     .used_on = {},
                                     .iban = account_of(number),
                                     .bic = {},
                                     .name = {},
                                     .address = {}},
                                    author());
  });
}

collecting::MandateRecord CollectingTest::change(const collecting::MandateRecord& mandate,
                                                 collecting::MandateChangeKind kind, std::string_view on,
                                                 const std::string& code) {
  return db().in_tx([&](Tx& tx) {
    return collecting::change_mandate(tx, node(), {mandate.id, kind, Day::parse(on), code}, author());
  });
}

collecting::MandateRecord CollectingTest::move(const collecting::MandateRecord& mandate, std::string_view on,
                                               const std::string& iban) {
  return db().in_tx([&](Tx& tx) {
    collecting::MandateChangeDraft draft{mandate.id, collecting::MandateChangeKind::account_changed,
                                         Day::parse(on)};
    draft.account = collecting::MandateAccount{0, Iban::parse(iban), std::nullopt, "Somebody", std::nullopt};
    return collecting::change_mandate(tx, node(), draft, author());
  });
}

std::string CollectingTest::status(const collecting::MandateRecord& mandate, std::string_view on) {
  return db().in_tx([&](Tx& tx) {
    return std::string{
        collecting::status_on(collecting::read_mandate(tx, node(), mandate.id), Day::parse(on))};
  });
}

collecting::Collection CollectingTest::propose(std::string_view due_on,
                                               const std::vector<std::string>& last_for) {
  return db().in_tx([&](Tx& tx) {
    return collecting::propose(tx, books::read_node(tx, "bcn"), {Day::parse(due_on), last_for}, author());
  });
}

collecting::Collection CollectingTest::exclude(const collecting::Collection& collection, int line) {
  return db().in_tx([&](Tx& tx) {
    return collecting::exclude_line(tx, node(), {collection.number, line}, "pays in cash", author());
  });
}

collecting::Collection CollectingTest::approve(const collecting::Collection& collection,
                                               const std::string& user) {
  return db().in_tx([&](Tx& tx) { return collecting::approve(tx, node(), collection.number, as(user)); });
}

collecting::Collection CollectingTest::hand_in(const collecting::Collection& collection,
                                               std::string_view on) {
  return db().in_tx([&](Tx& tx) {
    return collecting::hand_in(tx, books::read_node(tx, "bcn"), collection.number, Day::parse(on), author());
  });
}

collecting::Collection CollectingTest::cancel(const collecting::Collection& collection) {
  return db().in_tx(
      [&](Tx& tx) { return collecting::cancel(tx, node(), collection.number, "a mistake", author()); });
}

collecting::Collection CollectingTest::settle(const collecting::Collection& collection, std::string_view on) {
  return db().in_tx(
      [&](Tx& tx) { return collecting::settle(tx, node(), collection.number, Day::parse(on), author()); });
}

collecting::Collection CollectingTest::come_back(const collecting::Collection& collection, int line,
                                                 std::string_view on, const std::string& code,
                                                 std::optional<std::int64_t> fee_minor) {
  return db().in_tx([&](Tx& tx) {
    return collecting::return_line(
        tx, node(), {{collection.number, line}, Day::parse(on), code, fee_minor, std::nullopt}, author());
  });
}

collecting::Collection CollectingTest::at_the_bank(std::string_view due_on) {
  const auto collection = propose(due_on);
  approve(collection, "ann");
  approve(collection, "ben");
  return hand_in(collection, "2026-01-31");
}

collecting::Collection CollectingTest::read(const collecting::Collection& collection) {
  return db().in_tx([&](Tx& tx) { return collecting::read_collection(tx, node(), collection.number); });
}

std::string CollectingTest::lines_of(const collecting::Collection& collection) {
  std::string text;
  for (const collecting::CollectionLine& line : collection.lines)
    text += line.member + " " + text_from_minor(line.minor, 2) + " " +
            std::string{collecting::text_of(line.sequence)} + "; ";
  return text;
}

std::string CollectingTest::skips_of(const collecting::Collection& collection) {
  std::string text;
  for (const collecting::CollectionSkip& skip : collection.skips)
    text += skip.member + " " + std::string{collecting::text_of(skip.reason)} + "; ";
  return text;
}

books::Author CollectingTest::as(const std::string& user) const {
  const std::string id = superuser_value("SELECT id FROM user_account WHERE name = '" + user + "'");
  return {UserId{std::stoi(id)}, now};
}

}  // namespace coop::test
