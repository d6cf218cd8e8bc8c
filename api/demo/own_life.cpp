#include "api/demo/chance.hpp"
#include "api/demo/year.hpp"
#include "ledger/values/ratio.hpp"

namespace coop::api::demo {

namespace {

constexpr std::array<const char*, 4> errands{"Paper and pens", "Cables", "Postage", "Printer ink"};

class OwnLife {
 public:
  explicit OwnLife(NodeYear& year)
      : year_{year},
        currency_{year.facts.currency},
        rate_{Ratio::parse(year.facts.units_per_eur)},
        chance_{"own life of " + year.name()} {}

  void write() {
    const bool in_eur = currency_ == "EUR";
    if (!in_eur) write_opening();
    // January 2026 in EUR is the worked example's and nothing else's.
    for (int month = 0; month <= (in_eur ? last_month - 1 : last_month); ++month) write_month(month);
    if (!in_eur) {
      write_exchange(2, 15'000);
      write_exchange(8, 12'500);
    }
  }

 private:
  /// So many cents of EUR in the node's own currency.
  std::int64_t own(std::int64_t cents) const {
    return converted_half_up(cents, 2, rate_, year_.facts.currency_scale);
  }
  DiaryLine in(const std::string& account, std::int64_t minor) const {
    return debit(account, currency_, minor);
  }
  DiaryLine out(const std::string& account, std::int64_t minor) const {
    return credit(account, currency_, minor);
  }

  void write_opening() {
    const std::int64_t bank = own(60'000);
    year_.diary.write({"opening " + currency_,
                       first_day_of(0),
                       "Brought forward in " + currency_,
                       "",
                       {in("assets:bank:main", bank), out("equity:opening", bank)}});
  }

  void write_month(int month) {
    for (int week = 0; week < 4; ++week) write_evening(month, week);
    const std::string text = month_text(month);
    const std::int64_t rent = own(3'500);
    const std::int64_t fee = own(350);
    year_.diary.write(
        {"room " + text,
         first_day_of(month).plus_days(6),
         std::string{year_.facts.meeting_place} + ", monthly meeting",
         "",
         {in("expenses:meetings", rent).of_cost_object("assembly"), out("assets:bank:main", rent)}});
    year_.diary.write({"bank fee " + text,
                       first_day_of(month).plus_days(24),
                       "Bank, monthly fee",
                       "",
                       {in("expenses:bank-fees", fee), out("assets:bank:main", fee)}});
    for (int i = 0; i < 3; ++i) write_errand(month, i);
  }

  /// An open evening: a few gifts at the door, counted, and the box taken to the bank.
  void write_evening(int month, int week) {
    const Day day = first_day_of(month).plus_days(3 + week * 7);
    const std::string key = month_text(month) + " " + std::to_string(week);
    std::int64_t box = 0;
    const int gifts = chance_.between(2, 4);
    for (int i = 0; i < gifts; ++i) {
      const std::int64_t gift = own(chance_.between(1, 8) * 250);
      box += gift;
      year_.diary.write({"gift " + key + " " + std::to_string(i),
                         day,
                         "Open evening, gift at the door",
                         "",
                         {in("assets:cash", gift), out("income:donations", gift)}});
    }
    year_.diary.write({"box " + key,
                       day.plus_days(1),
                       "Cash box taken to the bank",
                       "",
                       {in("assets:bank:main", box), out("assets:cash", box)}});
  }

  void write_errand(int month, int number) {
    const Day day = first_day_of(month).plus_days(4 + number * 6);
    const std::string key = month_text(month) + " " + std::to_string(number);
    const std::int64_t cost = own(chance_.between(3, 30) * 100);
    const char* words = errands[static_cast<std::size_t>(chance_.below(4))];
    year_.diary.write({"errand " + key,
                       day,
                       words,
                       "",
                       {in("expenses:office", cost), out("liabilities:payable:expenses", cost)}});
    year_.diary.write({"errand paid " + key,
                       day.plus_days(5),
                       std::string{words} + ", paid back",
                       "",
                       {in("liabilities:payable:expenses", cost), out("assets:bank:main", cost)}});
  }

  void write_exchange(int month, std::int64_t cents) {
    const std::int64_t bought = own(cents);
    year_.diary.write({"exchange " + month_text(month),
                       first_day_of(month).plus_days(14),
                       "Exchanged EUR for " + currency_ + " at " + std::string{year_.facts.units_per_eur},
                       "",
                       {credit("assets:bank:main", "EUR", cents), debit("equity:conversion", "EUR", cents),
                        in("assets:bank:main", bought), out("equity:conversion", bought)}});
  }

  NodeYear& year_;
  std::string currency_;
  Ratio rate_;
  Chance chance_;
};

}  // namespace

void write_own_life(NodeYear& year) { OwnLife{year}.write(); }

void write_local_currency(NodeYear& year) {
  if (year.facts.local_unit.empty()) return;
  const std::string unit{year.facts.local_unit};
  const Ratio rate = Ratio::parse(year.facts.local_per_eur);
  for (int month = 0; month <= last_month; ++month) {
    std::int64_t received = 0;
    for (std::size_t i = 0; i < year.members.size(); i += 2) {
      const Member& member = year.members[i];
      if (member.tier < 0 || member.joined > month || month >= member.left) continue;
      const std::int64_t part =
          times_half_up(tier_prices[static_cast<std::size_t>(member.tier)], Ratio{3, 10});
      const std::int64_t minor = converted_half_up(part, 2, rate, 2);
      received += minor;
      year.diary.write({"local " + month_text(month) + " " + member.code,
                        first_day_of(month).plus_days(9),
                        "Contribution in " + unit,
                        "",
                        {debit("assets:local:wallet", unit, minor),
                         credit("income:local", unit, minor).of_member(member.code)}});
    }
    const std::int64_t spent = times_half_up(received, Ratio{3, 4});
    year.diary.write({"local spent " + month_text(month),
                      first_day_of(month).plus_days(20),
                      "Bread and vegetables for the assembly",
                      "",
                      {debit("expenses:local", unit, spent), credit("assets:local:wallet", unit, spent)}});
  }
}

}  // namespace coop::api::demo
