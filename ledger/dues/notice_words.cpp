#include "ledger/dues/notice_words.hpp"

#include <array>

#include "ledger/values/money.hpp"

namespace coop::dues {

std::string day_in_words(Day day) {
  static constexpr std::array<const char*, 12> months{"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
  const date::year_month_day ymd = day.ymd();
  return std::to_string(static_cast<unsigned>(ymd.day())) + " " +
         months[static_cast<unsigned>(ymd.month()) - 1] + " " + std::to_string(static_cast<int>(ymd.year()));
}

std::string period_in_words(const Period& period) {
  const Day first = period.first();
  const Day last = period.last();
  if (first == last) return day_in_words(first);
  if (first == first.first_of_month() && last == first.last_of_month()) return day_in_words(first).substr(2);
  const bool is_year = first.text().ends_with("-01-01") && last == first.plus_months(12).plus_days(-1);
  if (is_year) return first.text().substr(0, 4);
  return day_in_words(first) + " to " + day_in_words(last);
}

std::string amount_in_words(const Notice& notice, std::int64_t minor) {
  return text_from_minor(minor, notice.unit_scale) + " " + notice.unit_code;
}

std::int64_t total_of(const Notice& notice) {
  std::int64_t total = 0;
  for (const NoticeLine& line : notice.lines) total = checked_add(total, line.amount_minor);
  return total;
}

std::string request_of(const Notice& notice) {
  const std::int64_t total = total_of(notice);
  if (total == 0) return "There is nothing to pay.";
  if (total < 0)
    return "There is nothing to pay: " + text_from_minor(total, notice.unit_scale).substr(1) + " " +
           notice.unit_code + " are left to your credit.";
  std::string request = "Please pay " + amount_in_words(notice, total);
  if (notice.due_on) request += " by " + day_in_words(*notice.due_on);
  return request + ".";
}

std::vector<std::pair<std::string, std::string>> transfer_form_of(const Notice& notice) {
  if (!notice.route || total_of(notice) <= 0) return {};
  std::vector<std::pair<std::string, std::string>> form{{"To", notice.route->account_holder},
                                                        {"Account (IBAN)", notice.route->iban.printed()}};
  if (notice.route->bic) form.emplace_back("Bank (BIC)", notice.route->bic->text());
  form.emplace_back("Amount", amount_in_words(notice, total_of(notice)));
  form.emplace_back("Reference", notice.route->reference.printed());
  return form;
}

std::optional<EpcPayment> code_payment_of(const Notice& notice) {
  const std::int64_t total = total_of(notice);
  if (!notice.route || total <= 0 || notice.unit_scale != 2) return {};
  const PaymentRoute& route = *notice.route;
  EpcPayment payment{route.account_holder, route.iban, route.bic, notice.unit_code, total, {},
                     route.reference,      {},         {}};
  if (!epc_fault(payment).empty()) return {};
  return payment;
}

}  // namespace coop::dues
