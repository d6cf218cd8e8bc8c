#include "ledger/bank/reading.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

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
std::string cut(std::string text, std::size_t most = statements::most_kept_text) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  text.resize(most);
  return text;
}

BankDetail detail_of(statements::Detail&& detail, const Unit& unit, const std::string& place) {
  BankDetail made{{},
                  std::move(detail.counterparty),
                  std::move(detail.references),
                  cut(std::move(detail.text)),
                  std::move(detail.return_code),
                  0};
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

// As the line stands; its place, its import and its state are not known here.
BankLine line_of(statements::Line&& line, statements::LineKey&& key, const KnownAccount& known) {
  BankLine made{BankLineNumber{1},
                BankImportNumber{1},
                0,
                0,
                known.account.number,
                line.status,
                line.booked_on,
                line.valued_on,
                minor_of(line.amount, known.unit, line.place),
                charges_of(line.charges, known.unit, line.place),
                line.is_reversal,
                std::move(key.key),
                key.occurrence,
                cut(std::move(line.bank_id), statements::most_kept_id),
                cut(std::move(line.code), 200),
                cut(std::move(line.text)),
                {},
                cut(std::move(line.raw), 100'000),
                line.batch ? cut(std::move(line.batch->message), 100) : "",
                line.batch ? cut(std::move(line.batch->payment_group), 100) : "",
                LineState::silent,
                {},
                batch_count_of(line)};
  made.details.reserve(line.details.size());
  for (statements::Detail& detail : line.details)
    made.details.push_back(detail_of(std::move(detail), known.unit, line.place));
  made.place = cut(std::move(line.place), 200);
  return made;
}

// Of a bank whose reversals count against the sign that they carry.
void flip(std::vector<BankLine>& lines, const Unit& unit) {
  for (BankLine& line : lines)
    if (line.is_reversal) line.amount_minor = (-Money::of_minor(line.amount_minor, unit.id)).minor();
}

void span_days(BankStatement& statement, const std::vector<BankLine>& lines) {
  for (const BankLine& line : lines) {
    if (!statement.first_day || line.booked_on < *statement.first_day) statement.first_day = line.booked_on;
    if (!statement.last_day || line.booked_on > *statement.last_day) statement.last_day = line.booked_on;
  }
}

}  // namespace

const KnownAccount* AccountReader::find(const statements::Statement& statement) const {
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

void AccountReader::leave_out(const statements::Statement& statement) {
  left_out_ = "no account with statements of the node is " +
              (statement.account.empty() ? "said to be that of the file" : "'" + statement.account + "'") +
              (statement.currency.empty() ? "" : " in " + statement.currency);
  notes_.push_back({"account_unknown", "statement " + std::to_string(position_), left_out_});
}

void AccountReader::begin(const statements::Statement& head) {
  ++position_;
  known_ = find(head);
  if (!known_) leave_out(head);
  sums_ = {};
}

void AccountReader::take(statements::Line&& line) {
  if (!known_) return;
  sums_.add(line);
  statements::LineKey key = keys_[known_->account.number].of(line);
  BankLine& made = lines_.emplace_back(line_of(std::move(line), std::move(key), *known_));
  made.statement = position_;
  made.position = static_cast<int>(lines_.size());
}

void AccountReader::end(const statements::Statement& head) {
  if (!known_) return;
  const Unit& unit = known_->unit;
  const auto flips = known_->account.flips_reversals;
  const statements::Equation equation = statements::equation_of(head, sums_, flips);
  if (equation.proof == statements::Proof::flipped || flips.value_or(false)) flip(lines_, unit);
  BankStatement statement{position_,
                          known_->account.number,
                          statements::FileKind{},  // finish tells
                          head.purpose,
                          cut(head.account, 100),
                          cut(head.currency, 10),
                          cut(head.id, 100),
                          cut(head.number, 40),
                          maybe_minor(head.opening, unit, "opening balance"),
                          day_of(head.opening),
                          maybe_minor(head.closing, unit, "closing balance"),
                          day_of(head.closing),
                          head.first_day,
                          head.last_day,
                          static_cast<int>(equation.lines),
                          minor_of(equation.sum, unit, "lines"),
                          equation.proof,
                          minor_of(equation.difference, unit, "lines")};
  span_days(statement, lines_);
  reading_.statements.push_back({std::move(statement), std::exchange(lines_, {})});
}

void AccountReader::finish(const statements::ReadFile& file) {
  for (; first_of_file_ < reading_.statements.size(); ++first_of_file_)
    reading_.statements[first_of_file_].statement.file_kind = file.kind;
  reading_.notes.insert(reading_.notes.end(), file.notes.begin(), file.notes.end());
  std::ranges::move(std::exchange(notes_, {}), std::back_inserter(reading_.notes));
  keys_.clear();
}

Reading AccountReader::reading() && {
  if (reading_.statements.empty())
    throw Refused{Refusal::bank_account_unknown,
                  left_out_.empty() ? "the file holds no statement" : left_out_};
  return std::move(reading_);
}

bool is_same_account(std::string_view written, std::string_view identifier) {
  const std::string bare = compact_code(written);
  if (bare == identifier) return true;
  const std::size_t stroke = bare.find('/');
  if (!identifier.starts_with("DE") || identifier.size() != 22 || stroke != 8) return false;
  const std::string number = bare.substr(stroke + 1);
  if (number.empty() || number.size() > 10) return false;
  return identifier.substr(4) == bare.substr(0, 8) + std::string(10 - number.size(), '0') + number;
}

}  // namespace coop::bank
