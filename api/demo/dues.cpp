#include <algorithm>

#include "api/demo/chance.hpp"
#include "api/demo/year.hpp"

namespace coop::api::demo {

namespace {

constexpr std::int64_t member_share = 2'500;
constexpr std::int64_t opening_bank = 150'000;
constexpr int unpaid_from = 7;     ///< August: a struggling member stops paying …
constexpr int unpaid_through = 9;  ///< … and goes on in November

DiaryLine bank_in(std::int64_t minor) { return debit("assets:bank:main", "EUR", minor); }
DiaryLine bank_out(std::int64_t minor) { return credit("assets:bank:main", "EUR", minor); }

/// What is special about January 2026 (E1): who does not pay, and who pays three months at once.
struct January {
  std::vector<std::string> unpaid;
  std::string three_months;
};

January january_of(const NodeYear& year) {
  January january;
  const auto take = [&](int tier, std::size_t count) {
    std::vector<std::string> codes;
    for (const Member& member : year.members) {
      const bool steady = member.left > last_month && member.habit != Habit::struggling;
      if (member.tier == tier && steady && codes.size() < count) codes.push_back(member.code);
    }
    return codes;
  };
  if (year.facts.name == "mcr") january.unpaid = take(0, 2);
  if (year.facts.name == "mtl") january.unpaid = take(3, 1);
  if (year.facts.name == "got") january.three_months = take(1, 1).front();
  return january;
}

class Dues {
 public:
  explicit Dues(NodeYear& year)
      : year_{year}, january_{january_of(year)}, chance_{"dues of " + year.name()} {}

  void write() {
    write_opening();
    for (const Member& member : year_.members) {
      if (member.tier < 0) continue;
      if (member.joined > 0) write_joining(member);
      for (int month = member.joined; month < member.left && month <= last_month; ++month)
        write_month(member, month);
      if (member.left <= last_month) write_leaving(member);
      if (member.habit == Habit::struggling) write_waiver(member);
    }
  }

 private:
  std::int64_t price(const Member& member) const {
    return tier_prices[static_cast<std::size_t>(member.tier)];
  }
  DiaryLine owed(const Member& member, std::int64_t minor) const {
    return (minor >= 0 ? debit("assets:receivable:dues", "EUR", minor)
                       : credit("assets:receivable:dues", "EUR", -minor))
        .of_member(member.code);
  }
  std::string reference(const Member& member, int month) const {
    return "D" + month_text(month) + "-" + member.code;
  }

  void write_opening() {
    std::vector<DiaryLine> lines{bank_in(opening_bank)};
    std::int64_t shares = 0;
    for (const Member& member : year_.members) {
      if (member.joined > 0 || member.tier < 0) continue;
      lines.push_back(credit("equity:member-shares", "EUR", member_share).of_member(member.code));
      shares += member_share;
    }
    lines.push_back(credit("equity:opening", "EUR", opening_bank - shares));
    year_.diary.write(
        {"opening", first_day_of(0), "Brought forward from the spreadsheet", "", std::move(lines)});
  }

  void write_joining(const Member& member) {
    year_.diary.write({"joins " + member.code,
                       first_day_of(member.joined),
                       member.code + " joins",
                       member.code,
                       {bank_in(member_share),
                        credit("equity:member-shares", "EUR", member_share).of_member(member.code)}});
  }

  void write_leaving(const Member& member) {
    year_.diary.write({"leaves " + member.code,
                       first_day_of(member.left).plus_days(13),
                       member.code + " leaves",
                       member.code,
                       {debit("equity:member-shares", "EUR", member_share).of_member(member.code),
                        bank_out(member_share)}});
  }

  void write_month(const Member& member, int month) {
    const std::int64_t dues = price(member);
    year_.diary.write({"dues " + reference(member, month),
                       first_day_of(month),
                       "Dues " + month_text(month),
                       reference(member, month),
                       {owed(member, dues), credit("income:dues", "EUR", dues).of_member(member.code)}});
    if (month == last_month) {
      write_january(member);
    } else if (member.habit == Habit::quarterly && member.joined <= month - month % 3) {
      if (month % 3 == 0) write_three_months(member, month);
      else write_release(member, month);
    } else if (member.habit != Habit::struggling || month < unpaid_from || month > unpaid_through) {
      const bool late = member.habit == Habit::late && month < last_month - 1 && chance_.once_in(2);
      write_payment(member, month, late ? month + 1 : month);
    }
  }

  void write_january(const Member& member) {
    for (const std::string& code : january_.unpaid) {
      if (code == member.code) return;
    }
    if (member.code == january_.three_months) write_three_months(member, last_month);
    else write_payment(member, last_month, last_month);
  }

  void write_payment(const Member& member, int of_month, int in_month) {
    const Day day = first_day_of(in_month).plus_days(2 + chance_.below(20));
    const std::int64_t dues = price(member);
    year_.diary.write({"paid " + reference(member, of_month),
                       day,
                       "Dues " + month_text(of_month) + " received",
                       reference(member, of_month),
                       {bank_in(dues), owed(member, -dues)}});
    year_.dues_received[static_cast<std::size_t>(in_month)] += dues;
  }

  void write_three_months(const Member& member, int month) {
    const Day day = first_day_of(month).plus_days(2 + chance_.below(20));
    const std::int64_t dues = price(member);
    year_.diary.write({"paid " + reference(member, month),
                       day,
                       "Dues for three months received",
                       reference(member, month),
                       {bank_in(3 * dues), owed(member, -dues),
                        credit("liabilities:deferred:dues", "EUR", 2 * dues).of_member(member.code)}});
    year_.dues_received[static_cast<std::size_t>(month)] += 3 * dues;
  }

  void write_release(const Member& member, int month) {
    const std::int64_t dues = price(member);
    year_.diary.write(
        {"release " + reference(member, month),
         first_day_of(month).plus_days(1),
         "Dues " + month_text(month) + ", paid ahead",
         reference(member, month),
         {debit("liabilities:deferred:dues", "EUR", dues).of_member(member.code), owed(member, -dues)}});
  }

  void write_waiver(const Member& member) {
    const std::int64_t waived = price(member) * (unpaid_through - unpaid_from + 1);
    year_.diary.write(
        {"waiver " + member.code,
         Day::parse("2025-12-12"),
         "Dues waived by the assembly",
         "A2025-12-12",
         {debit("expenses:solidarity", "EUR", waived).of_member(member.code), owed(member, -waived)}});
  }

  NodeYear& year_;
  January january_;
  Chance chance_;
};

}  // namespace

void write_dues(NodeYear& year) { Dues{year}.write(); }

std::map<std::string, std::int64_t> left_from_january(const NodeYear& year) {
  std::map<std::string, std::int64_t> left;
  const January january = january_of(year);
  for (const Member& member : year.members) {
    if (member.tier < 0) continue;
    const std::int64_t price = tier_prices[static_cast<std::size_t>(member.tier)];
    if (std::ranges::find(january.unpaid, member.code) != january.unpaid.end()) left[member.code] = price;
    if (member.code == january.three_months) left[member.code] = -2 * price;
  }
  return left;
}

}  // namespace coop::api::demo
