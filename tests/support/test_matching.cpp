#include "tests/support/test_matching.hpp"

#include "ledger/bank/bank_account_store.hpp"
#include "ledger/bank/match_store.hpp"
#include "ledger/dues/creditor_reference.hpp"
#include "ledger/values/money.hpp"

namespace coop::test {

namespace {

constexpr const char* overcleared_sql = R"sql(
  SELECT string_agg(format('entry %s/%s of %s is cleared by %s', p.entry_number, p.line, p.amount_minor,
                           x.cleared), '; ')
    FROM posting p
    JOIN (SELECT y.node_id, y.entry_number, y.posting_line, sum(y.amount_minor) AS cleared
            FROM bank_match_part y
            JOIN bank_match m ON m.node_id = y.node_id AND m.number = y.match_number AND m.live
           GROUP BY 1, 2, 3) x ON x.node_id = p.node_id AND x.entry_number = p.entry_number
                              AND x.posting_line = p.line
   WHERE abs(x.cleared) > abs(p.amount_minor) OR sign(x.cleared) <> sign(p.amount_minor)
)sql";

std::string words_of_part(const bank::ProposedPart& part) {
  std::string words = std::string{bank::text_of(part.made)};
  if (!part.payer.empty()) words = part.payer;
  if (part.entry) words = "entry " + std::to_string(part.entry->number());
  if (part.collection) words += " " + std::to_string(*part.collection);
  if (part.collection_line) words += "/" + std::to_string(*part.collection_line);
  if (part.charge) words += " charge " + std::to_string(part.charge->number());
  if (!part.account.empty()) words += " " + part.account;
  return words + " " + text_from_minor(part.amount_minor, 2);
}

}  // namespace

MatchingTest::MatchingTest() {
  bool is_there = false;
  for (const bank::BankAccount& one :
       db().in_tx([&](Tx& tx) { return bank::read_bank_accounts(tx, node()); }))
    is_there = is_there || one.path == "assets:bank:main";
  if (!is_there)
    db().in_tx([&](Tx& tx) {
      bank::open_bank_account(tx, node(),
                              {.path = "assets:bank:main",
                               .unit = units().at("EUR").id,
                               .identifier = "DE89370400440532013000",
                               .title = "Where members pay"},
                              author());
    });
  main_ = account_of("assets:bank:main");
  for (const char* path : {"income:other", "expenses:bank"}) open(path);
}

bank::BankAccount MatchingTest::account_of(const std::string& path) {
  for (bank::BankAccount& one : db().in_tx([&](Tx& tx) { return bank::read_bank_accounts(tx, node()); }))
    if (one.path == path) return one;
  throw std::logic_error{"there is an account " + path};
}

void MatchingTest::TearDown() {
  EXPECT_EQ(superuser_value(overcleared_sql), "") << "no posting is cleared twice";
  for (const auto& [path, closing] : closing_minor_) {
    const auto found = reconciled(path, "2026-12-31");
    EXPECT_EQ(found.difference_minor, error_minor_[path]) << path << " is explained";
  }
  BankTest::TearDown();
}

bank::BankImport MatchingTest::take_statement(const bank::BankAccount& account,
                                              const std::vector<StatementLine>& lines,
                                              std::int64_t error_minor) {
  std::int64_t& closing = closing_minor_[account.path];
  WrittenStatement written{std::to_string(++statements_), text_from_minor(closing, 2), {}, lines};
  for (const StatementLine& one : lines) closing += minor_from_text(one.amount, 2);
  error_minor_[account.path] = error_minor;
  written.closing = text_from_minor(closing + error_minor, 2);
  written.iban = account.identifier;
  const bank::BankImport import = bring(camt053({written}));
  EXPECT_EQ(text_of(import.state), "read") << import.words;
  take_in(import, error_minor != 0);
  return import;
}

bank::BankImport MatchingTest::statement(const std::vector<StatementLine>& lines, const std::string& error) {
  return take_statement(main(), lines, minor_from_text(error, 2));
}

bank::BankImport MatchingTest::other_statement(const std::vector<StatementLine>& lines) {
  return take_statement(account_of("assets:bank"), lines, 0);
}

bank::BankLine MatchingTest::line(const std::string& amount) {
  std::optional<bank::BankLine> found;
  for (const bank::BankLine& one : lines())
    if (one.amount_minor == minor_from_text(amount, 2) && one.state != bank::LineState::silent) found = one;
  if (!found) throw std::logic_error{"there is a line of " + amount};
  return *found;
}

std::vector<bank::Proposal> MatchingTest::proposals(const bank::BankLine& line,
                                                    const std::string& fee_account) {
  return db()
      .in_snapshot([&](Tx& tx) {
        return bank::propose(tx, node(), std::span{&line, 1}, {.fee_account = fee_account});
      })
      .front();
}

std::string MatchingTest::seems(const bank::BankLine& line, const std::string& fee_account) {
  std::string all;
  for (const bank::Proposal& one : proposals(line, fee_account)) {
    all += std::string{bank::text_of(one.method)} + (one.is_certain ? "!" : "");
    for (const bank::ProposedPart& part : one.parts) all += " [" + words_of_part(part) + "]";
    for (const bank::Reason& reason : one.reasons) all += " " + reason.code;
    all += "; ";
  }
  return all;
}

bank::Match MatchingTest::accept(const bank::BankLine& line, const std::vector<bank::ProposedPart>& parts,
                                 bank::MatchMethod method) {
  return db().in_tx(
      [&](Tx& tx) { return bank::accept(tx, node(), line.number, {method, parts, {}, true}, author()); });
}

bank::Match MatchingTest::accept_proposal(const bank::BankLine& line, std::size_t index) {
  const bank::Proposal proposal = proposals(line).at(index);
  return db().in_tx([&](Tx& tx) {
    return bank::accept(tx, node(), line.number, {proposal.method, proposal.parts, proposal.reasons, true},
                        author());
  });
}

bank::MatchRun MatchingTest::run_unattended(const bank::BankImport& import, const std::string& fee_account) {
  return bank::match_unattended(
      db(), node(), import.number, {.fee_account = fee_account}, [&] { return author(); },
      [](const bank::MatchRun&) { return true; });
}

bank::Match MatchingTest::undo(const bank::Match& match, const std::string& reason) {
  return db().in_tx([&](Tx& tx) { return bank::undo_match(tx, node(), match.number, reason, author()); });
}

bank::UndoReport MatchingTest::undo(const bank::BankImport& import) {
  return db().in_tx(
      [&](Tx& tx) { return bank::undo_import(tx, node(), import.number, "the wrong file", author()); });
}

std::string MatchingTest::reference_of(const std::string& member) {
  return dues::reference_of_member(ReferenceKind::creditor, member).text();
}

bank::ProposedPart MatchingTest::payment(const std::string& member, const std::string& amount) const {
  return {.amount_minor = minor_from_text(amount, 2), .made = bank::Made::payment, .payer = member};
}

bank::ProposedPart MatchingTest::entry(const std::string& account, const std::string& amount) const {
  return {.amount_minor = minor_from_text(amount, 2), .made = bank::Made::entry, .account = account};
}

reports::Reconciliation MatchingTest::reconciled(const std::string& path, std::string_view day) {
  const bank::BankAccount account = account_of(path);
  return db().in_snapshot([&](Tx& tx) {
    return reports::read_reconciliation(tx, node(), account, units().at("EUR"), Day::parse(day), false);
  });
}

}  // namespace coop::test
