#include "ledger/bank/reading.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "ledger/statements/equation.hpp"
#include "ledger/statements/line_key.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

std::int64_t minor_of(const Decimal& amount, const Unit& unit, const std::string& place) {
  const auto whole = whole_minor(amount, unit.scale);
  const auto minor = whole ? find_int64(*whole) : std::nullopt;
  if (minor) return *minor;
  throw Refused{Refusal::statement_contradicts, place + ": " + text_of(amount) + " is no amount of " +
                                                    unit.code + " with " + std::to_string(unit.scale) +
                                                    " decimals"};
}

std::optional<std::int64_t> maybe_minor(const std::optional<statements::Balance>& balance, const Unit& unit,
                                        const char* place) {
  if (!balance) return std::nullopt;
  return minor_of(balance->amount, unit, place);
}

std::optional<Day> day_of(const std::optional<statements::Balance>& balance) {
  return balance ? balance->on : std::nullopt;
}

std::int64_t charges_of(const std::vector<statements::BankCharge>& charges, const Unit& unit,
                        const std::string& place) {
  std::int64_t sum = 0;
  for (const statements::BankCharge& charge : charges)
    if (charge.is_included && (charge.currency.empty() || charge.currency == unit.code))
      sum = checked_add(sum, minor_of(charge.amount, unit, place));
  return sum;
}

/// Stored text has no more than this; what a line says is short.
std::string cut(std::string text, std::size_t most = 4'000) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  text.resize(most);
  return text;
}

BankDetail detail_of(const statements::Detail& detail, const Unit& unit, const std::string& place) {
  BankDetail made{{}, detail.counterparty, detail.references, cut(detail.text), detail.return_code, 0};
  const bool is_in_unit = detail.currency.empty() || detail.currency == unit.code;
  if (detail.amount && is_in_unit) made.amount_minor = minor_of(*detail.amount, unit, place);
  made.charges_minor = charges_of(detail.charges, unit, place);
  return made;
}

std::optional<int> batch_count_of(const statements::Line& line) {
  if (!line.batch) return std::nullopt;
  constexpr std::size_t most = std::numeric_limits<int>::max();
  return static_cast<int>(std::min(line.batch->count.value_or(0), most));
}

class Reader {
 public:
  Reader(std::span<const KnownAccount> accounts, std::optional<BankAccountNumber> said)
      : accounts_{accounts}, said_{said} {}

  void add(const statements::ReadFile& file) {
    keys_.clear();
    for (const statements::Note& note : file.notes) reading_.notes.push_back(note);
    for (const statements::Statement& statement : file.statements) {
      ++position_;
      if (const KnownAccount* known = find(statement)) add(file.kind, statement, *known);
      else leave_out(statement);
    }
  }

  Reading take() {
    if (reading_.statements.empty())
      throw Refused{Refusal::bank_account_unknown,
                    left_out_.empty() ? "the file holds no statement" : left_out_};
    return std::move(reading_);
  }

 private:
  const KnownAccount* find(const statements::Statement& statement) const {
    for (const KnownAccount& known : accounts_) {
      if (known.account.is_closed || (said_ && known.account.number != *said_)) continue;
      const bool is_currency = statement.currency.empty() || statement.currency == known.unit.code;
      const bool is_account = statement.account.empty() ? said_.has_value()
                              : said_ && known.account.identifier.empty()
                                  ? true
                                  : is_same_account(statement.account, known.account.identifier);
      if (is_currency && is_account) return &known;
    }
    return nullptr;
  }

  void leave_out(const statements::Statement& statement) {
    left_out_ = "no account with statements of the node is " +
                (statement.account.empty() ? "said to be that of the file" : "'" + statement.account + "'") +
                (statement.currency.empty() ? "" : " in " + statement.currency);
    reading_.notes.push_back({"account_unknown", "statement " + std::to_string(position_), left_out_});
  }

  void add(statements::FileKind kind, const statements::Statement& statement, const KnownAccount& known) {
    const Unit& unit = known.unit;
    const statements::Equation equation = statements::equation_of(statement, known.account.flips_reversals);
    const bool flips =
        equation.proof == statements::Proof::flipped || known.account.flips_reversals.value_or(false);
    ReadStatement read{
        {position_, known.account.number, kind, statement.purpose, cut(statement.account, 100),
         cut(statement.currency, 10), cut(statement.id, 100), cut(statement.number, 40),
         maybe_minor(statement.opening, unit, "opening balance"), day_of(statement.opening),
         maybe_minor(statement.closing, unit, "closing balance"), day_of(statement.closing),
         statement.first_day, statement.last_day, static_cast<int>(equation.lines),
         minor_of(equation.sum, unit, "lines"), equation.proof, minor_of(equation.difference, unit, "lines")},
        {}};
    for (const statements::Line& line : statement.lines) {
      read.lines.push_back(line_of(line, flips, known));
      BankStatement& made = read.statement;
      if (!made.first_day || line.booked_on < *made.first_day) made.first_day = line.booked_on;
      if (!made.last_day || line.booked_on > *made.last_day) made.last_day = line.booked_on;
    }
    reading_.statements.push_back(std::move(read));
  }

  BankLine line_of(const statements::Line& line, bool flips, const KnownAccount& known) {
    const statements::LineKey key = keys_[known.account.number].of(line);
    BankLine made{BankLineNumber{1},
                  BankImportNumber{1},
                  position_,
                  0,
                  known.account.number,
                  line.status,
                  line.booked_on,
                  line.valued_on,
                  minor_of(statements::amount_of(line, flips), known.unit, line.place),
                  charges_of(line.charges, known.unit, line.place),
                  line.is_reversal,
                  key.key,
                  key.occurrence,
                  cut(line.bank_id, 200),
                  cut(line.code, 200),
                  cut(line.text),
                  cut(line.place, 200),
                  cut(line.raw, 100'000),
                  line.batch ? cut(line.batch->message, 100) : "",
                  line.batch ? cut(line.batch->payment_group, 100) : "",
                  LineState::silent,
                  {},
                  batch_count_of(line)};
    made.position = ++lines_[position_];
    for (const statements::Detail& detail : line.details)
      made.details.push_back(detail_of(detail, known.unit, line.place));
    return made;
  }

  std::span<const KnownAccount> accounts_;
  std::optional<BankAccountNumber> said_;
  Reading reading_;
  std::string left_out_;
  int position_ = 0;
  std::map<BankAccountNumber, statements::LineKeys> keys_;
  std::map<int, int> lines_;
};

}  // namespace

bool is_same_account(std::string_view written, std::string_view identifier) {
  const std::string bare = compact_code(written);
  if (bare == identifier) return true;
  const std::size_t stroke = bare.find('/');
  if (!identifier.starts_with("DE") || identifier.size() != 22 || stroke != 8) return false;
  const std::string number = bare.substr(stroke + 1);
  if (number.empty() || number.size() > 10) return false;
  return identifier.substr(4) == bare.substr(0, 8) + std::string(10 - number.size(), '0') + number;
}

Reading reading_of(std::span<const statements::ReadFile> files, std::span<const KnownAccount> accounts,
                   std::optional<BankAccountNumber> said) {
  Reader reader{accounts, said};
  for (const statements::ReadFile& file : files) reader.add(file);
  return reader.take();
}

}  // namespace coop::bank
