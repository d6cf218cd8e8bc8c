#include "ledger/statements/mt940_line.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "ledger/statements/written_amount.hpp"
#include "ledger/values/iban.hpp"

namespace coop::statements {

namespace {

constexpr std::size_t longest_amount = 40;

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/// Cuts what is at the front of a field, piece by piece, and refuses by the field's place.
class FieldCutter {
 public:
  FieldCutter(const TagField& field, std::string_view text) : field_{field}, rest_{text} {}

  std::string_view rest() const { return rest_; }
  bool is_next_digit() const { return !rest_.empty() && is_digit(rest_.front()); }

  [[noreturn]] void refuse(const std::string& why) const {
    refuse_unreadable(field_.place(),
                      "field " + std::string{field_.tag} + ", " + why + ": " + cited(field_.first()));
  }

  [[noreturn]] void refuse_missing(const std::string& what) const { refuse(what + " is missing"); }

  void skip_blanks() {
    while (rest_.starts_with(' ')) rest_.remove_prefix(1);
  }

  /// A number of one digit.
  int digit(const char* what) {
    if (!is_next_digit()) refuse_missing(what);
    const int value = rest_.front() - '0';
    rest_.remove_prefix(1);
    return value;
  }

  /// So many numbers of two digits each: {26, 3, 31} of "260331".
  template <std::size_t count>
  std::array<int, count> two_digits_each(const char* what) {
    if (rest_.size() < 2 * count || !is_number(between(rest_, 0, 2 * count))) refuse_missing(what);
    std::array<int, count> numbers{};
    for (std::size_t i = 0; i < count; ++i) numbers[i] = (rest_[2 * i] - '0') * 10 + (rest_[2 * i + 1] - '0');
    rest_.remove_prefix(2 * count);
    return numbers;
  }

  bool is_next_letter() const { return !rest_.empty() && is_letter(rest_.front()); }

  /// The next letter as a capital; a blank if there is none.
  char letter() {
    if (!is_next_letter()) return ' ';
    const char letter = rest_.front();
    rest_.remove_prefix(1);
    return letter >= 'a' ? static_cast<char>(letter - 'a' + 'A') : letter;
  }

  std::string currency() {
    skip_blanks();
    const std::string code = currency_code(rest_.substr(0, 3));
    if (code.empty()) refuse("the currency is missing");
    rest_.remove_prefix(3);
    skip_blanks();
    return code;
  }

  /// An amount without sign: digits, a comma, decimals or none. A dot is taken for the comma, if it cannot
  /// group thousands, and groups them where a comma follows.
  Decimal amount() {
    std::size_t end = 0;
    std::size_t dot = std::string_view::npos;
    bool has_comma = false;
    for (; end < rest_.size(); ++end) {
      const char c = rest_[end];
      if (!is_digit(c) && c != ',' && c != '.') break;
      has_comma = has_comma || c == ',';
      if (c == '.') dot = std::min(dot, end);
    }
    const std::string_view written = between(rest_, 0, end);
    const bool has_dot = dot != std::string_view::npos;
    const bool is_grouped = has_dot && has_comma;
    const bool may_group = has_dot && !is_grouped && written.size() - dot == 4;
    const bool is_fraction = written.size() > 1 && written.front() == ',';
    const bool begins_well = is_fraction || (!written.empty() && is_digit(written.front()));
    if (!begins_well || written.size() > longest_amount || may_group) refuse("the amount is not readable");
    std::optional<Decimal> amount = is_grouped    ? find_written_amount(written, ',')
                                    : is_fraction ? find_decimal('0' + std::string{written}, ',')
                                                  : find_decimal(written, has_dot ? '.' : ',');
    if (!amount) refuse("the amount is not readable");
    rest_.remove_prefix(end);
    return *std::move(amount);
  }

 private:
  const TagField& field_;
  std::string_view rest_;
};

ClampedDay day_after(FieldCutter& cutter, int year, int month, int day) {
  const std::optional<ClampedDay> found = find_clamped_day(year, month, day);
  if (!found) cutter.refuse("there is no such day");
  return *found;
}

// The entry day has no year: it is the one nearest to the value day.
ClampedDay nearest_day(FieldCutter& cutter, Day valued, int month, int day) {
  const int year = static_cast<int>(valued.ymd().year());
  constexpr int half_year = 182;
  ClampedDay best = day_after(cutter, year, month, day);
  if (std::abs(best.day.count() - valued.count()) <= half_year) return best;
  for (const int other : {year - 1, year + 1}) {
    const std::optional<ClampedDay> found = find_clamped_day(other, month, day);
    if (found && std::abs(found->day.count() - valued.count()) < std::abs(best.day.count() - valued.count()))
      best = *found;
  }
  return best;
}

/// Whether money came in, and how sure that is.
struct Direction {
  bool is_reversal = false;
  bool is_expected = false;
  bool is_in = false;
};

// C, D, RC, RD, EC, ED, then the third letter of the currency or none.
Direction cut_direction(FieldCutter& cutter) {
  Direction direction;
  char mark = cutter.letter();
  if (mark == 'R' || mark == 'E') {
    direction.is_reversal = mark == 'R';
    direction.is_expected = mark == 'E';
    mark = cutter.letter();
  }
  if (mark != 'C' && mark != 'D') cutter.refuse("neither C nor D");
  direction.is_in = (mark == 'C') != direction.is_reversal;
  cutter.letter();
  cutter.skip_blanks();
  return direction;
}

/// What stands behind the amount, as it is written.
struct WrittenReferences {
  std::string_view type;
  std::string_view own;
  std::string_view bank;
};

WrittenReferences cut_references(std::string_view rest) {
  const std::size_t type_end = std::min<std::size_t>(rest.size(), 4);
  WrittenReferences written{between(rest, 0, type_end), between(rest, type_end, rest.size()), {}};
  const std::size_t slashes = written.own.find("//");
  if (slashes == std::string_view::npos) return written;
  written.bank = written.own.substr(slashes + 2);
  written.own = written.own.substr(0, slashes);
  return written;
}

std::string own_reference(std::string_view written) {
  written = trimmed(written);
  // What some banks make of NONREF, and how Dutch ones say in which part of field 86 it stands.
  const bool says_nothing = is_word(written, "NONREF") || is_word(written, "N") || is_word(written, "EREF") ||
                            is_word(written, "MARF") || is_word(written, "PREF");
  return says_nothing ? std::string{} : said(written);
}

bool is_iban(std::string_view text) { return text.size() >= 15 && iban_fault(text).empty(); }

bool is_currency_behind(std::string_view account) {
  if (account.size() < 7 || currency_code(account.substr(account.size() - 3)).empty()) return false;
  const std::string_view before = account.substr(0, account.size() - 3);
  return is_iban(before) || is_number(before);
}

}  // namespace

LineField line_field_from(const TagField& field) {
  FieldCutter cutter{field, field.first()};
  const auto [year, month, day] = cutter.two_digits_each<3>("the value day");
  const ClampedDay valued = day_after(cutter, year_of_two_digits(year), month, day);
  std::optional<ClampedDay> booked;
  cutter.skip_blanks();
  if (cutter.is_next_digit()) {
    const auto [entry_month, entry_day] = cutter.two_digits_each<2>("the entry day");
    const bool is_value_day = entry_month == month && entry_day == day;
    booked = is_value_day ? valued : nearest_day(cutter, valued.day, entry_month, entry_day);
  }
  const Direction direction = cut_direction(cutter);
  Decimal amount = cutter.amount();
  if (!direction.is_in) amount.mantissa = -amount.mantissa;
  const WrittenReferences written = cut_references(trimmed(cutter.rest()));
  LineField line{.valued = valued,
                 .booked = booked,
                 .amount = std::move(amount),
                 .is_reversal = direction.is_reversal,
                 .is_expected = direction.is_expected,
                 .type = written.type,
                 .reference = own_reference(written.own),
                 .bank_reference = said(written.bank),
                 .supplement = {}};
  for (const SourceLine& more : field.lines.subspan(1)) add_said(line.supplement, more.text);
  return line;
}

BalanceField balance_field_from(const TagField& field) {
  FieldCutter cutter{field, field.first()};
  const char mark = cutter.letter();
  if ((mark != 'C' && mark != 'D') || cutter.is_next_letter()) cutter.refuse("neither C nor D");
  BalanceField read{};
  const auto [year, month, day] = cutter.two_digits_each<3>("the day");
  if (year + month + day != 0) {
    const ClampedDay found = day_after(cutter, year_of_two_digits(year), month, day);
    read.balance.on = found.day;
    read.is_clamped = found.is_clamped;
  }
  read.currency = cutter.currency();
  read.balance.amount = cutter.amount();
  if (mark == 'D') read.balance.amount = -read.balance.amount;
  if (!trimmed(cutter.rest()).empty()) cutter.refuse("something follows the amount");
  return read;
}

TurnoverField turnover_field_from(const TagField& field) {
  FieldCutter cutter{field, field.first()};
  std::size_t count = 0;
  for (std::size_t digits = 0; cutter.is_next_digit(); ++digits) {
    if (digits == 9) cutter.refuse("the count is too large");
    count = count * 10 + static_cast<std::size_t>(cutter.digit("the count"));
  }
  std::string currency = cutter.currency();
  return {count, std::move(currency), cutter.amount()};
}

AccountField account_field_from(const TagField& field) {
  AccountField read{};
  std::string written = compared_code(field.first());
  while (written.starts_with('/')) written.erase(0, 1);
  const std::size_t slash = written.find('/');
  if (slash == std::string::npos) {
    read.account = written;
  } else if (const std::string behind = written.substr(slash + 1); !currency_code(behind).empty()) {
    read.account = written.substr(0, slash);
    read.currency = behind;
  } else {
    read.bank = written.substr(0, slash);
    read.account = behind;
  }
  if (is_currency_behind(read.account)) {
    read.currency = read.account.substr(read.account.size() - 3);
    read.account.resize(read.account.size() - 3);
  }
  if (read.bank.empty() && field.tag == "25P" && field.lines.size() > 1)
    read.bank = compared_code(field.lines[1].text);
  return read;
}

}  // namespace coop::statements
