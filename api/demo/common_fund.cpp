#include <algorithm>
#include <numeric>

#include "api/demo/chance.hpp"
#include "api/demo/year.hpp"
#include "ledger/values/ratio.hpp"
#include "ledger/values/split.hpp"

namespace coop::api::demo {

namespace {

constexpr std::array<const char*, 4> commons{"media", "venue", "community", "civil-society"};

/// A worker's claim of a month, and what the pot pays of it. Cents of EUR.
struct Claim {
  std::size_t node;
  std::string worker;
  std::int64_t time_minor;
  std::int64_t claimed;
  std::int64_t paid = 0;
};

/// The figures of one month's end.
struct MonthEnd {
  int month;
  std::vector<std::int64_t> contributed;  ///< by node
  std::int64_t host_fee = 0;
  std::int64_t reserve = 0;
  std::int64_t commons = 0;
  std::vector<Claim> claims;  ///< by worker's name

  std::int64_t paid_in(std::size_t node) const {
    std::int64_t paid = 0;
    for (const Claim& claim : claims) paid += claim.node == node ? claim.paid : 0;
    return paid;
  }
};

std::vector<Claim> claims_of(const std::vector<NodeYear>& years, int month) {
  std::vector<Claim> claims;
  for (std::size_t node = 0; node < years.size(); ++node) {
    for (const auto& [worker, time] : years[node].time) {
      const std::int64_t minor = time[static_cast<std::size_t>(month)].claimed_minor;
      if (minor > 0) claims.push_back({node, worker, minor, minor * hour_price / 100});
    }
  }
  std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) { return a.worker < b.worker; });
  return claims;
}

MonthEnd month_end_of(const std::vector<NodeYear>& years, int month) {
  MonthEnd end{month, {}, 0, 0, 0, claims_of(years, month)};
  std::int64_t total = 0;
  std::int64_t bills = 0;
  for (const NodeYear& year : years) {
    end.contributed.push_back(
        times_half_up(year.dues_received[static_cast<std::size_t>(month)], Ratio{7, 10}));
    total += end.contributed.back();
    bills += year.bills_paid[static_cast<std::size_t>(month)];
  }
  end.host_fee = times_half_up(total, Ratio{5, 100});
  end.reserve = times_half_up(total, Ratio{10, 100});
  end.commons = times_half_up(total, Ratio{5, 100});
  const std::int64_t pot = total - bills - end.host_fee - end.reserve - end.commons;
  std::vector<std::int64_t> claimed;
  for (const Claim& claim : end.claims) claimed.push_back(claim.claimed);
  const std::int64_t all = std::accumulate(claimed.begin(), claimed.end(), std::int64_t{0});
  const auto paid = split_exactly(std::clamp<std::int64_t>(pot, 0, all), claimed);
  for (std::size_t i = 0; i < paid.size(); ++i) end.claims[i].paid = paid[i];
  return end;
}

void write_wage(NodeYear& year, const Claim& claim, int month) {
  const std::string code = code_of_worker(year.members, claim.worker);
  std::vector<DiaryLine> lines{debit("expenses:wages", "EUR", claim.claimed).of_member(code)};
  if (claim.paid > 0) lines.push_back(credit("assets:bank:main", "EUR", claim.paid));
  if (claim.paid < claim.claimed) {
    lines.push_back(credit("liabilities:deferred:wages", "EUR", claim.claimed - claim.paid).of_member(code));
  }
  lines.push_back(debit("liabilities:time:claimed", "HOUR", claim.time_minor).of_member(code));
  lines.push_back(credit("equity:time:settled", "HOUR", claim.time_minor));
  year.diary.write({"wage " + month_text(month) + " " + code, last_day_of(month),
                    "Wage of " + claim.worker + " for " + month_text(month),
                    "W" + month_text(month) + "-" + code, std::move(lines)});
}

/// A debit of so much; a credit, if it is negative.
DiaryLine moved(std::string account, std::int64_t minor) {
  return minor >= 0 ? debit(std::move(account), "EUR", minor) : credit(std::move(account), "EUR", -minor);
}

/// What a node still owes the common fund, or gets back, is paid at once: both books say so.
void write_net(std::vector<NodeYear>& years, std::size_t node, std::int64_t net, int month) {
  const std::string key = "net " + month_text(month) + " " + years[node].name();
  const std::string words = "Common fund, net of " + month_text(month);
  const Day day = last_day_of(month);
  if (net == 0) return;
  if (node == host) {
    years[host].diary.write(
        {key, day, words, "", {moved("assets:bank:common-fund", net), moved("assets:bank:main", -net)}});
    return;
  }
  years[node].diary.write(
      {key, day, words, "", {moved("assets:nodes:mcr", net), moved("assets:bank:main", -net)}});
  years[host].diary.write(
      {key,
       day,
       words + ", " + years[node].name(),
       "",
       {moved("assets:bank:common-fund", net), moved("liabilities:nodes:" + years[node].name(), -net)}});
}

void write_set_aside(NodeYear& year, const MonthEnd& end) {
  const Day day = last_day_of(end.month);
  year.diary.write({"host fee " + month_text(end.month),
                    day,
                    "Host fee, 5%",
                    "",
                    {debit("expenses:host-fee", "EUR", end.host_fee),
                     credit("assets:bank:common-fund", "EUR", end.host_fee)}});
  std::vector<DiaryLine> lines{debit("equity:surplus", "EUR", end.reserve + end.commons),
                               credit("equity:reserves:indivisible", "EUR", end.reserve)};
  const std::vector<std::int64_t> equal(commons.size(), 1);
  const auto parts = split_exactly(end.commons, equal);
  for (std::size_t i = 0; i < commons.size(); ++i) {
    lines.push_back(credit("equity:funds:commons", "EUR", parts[i]).of_fund(commons[i]));
  }
  year.diary.write({"set aside " + month_text(end.month), day, "Reserve 10%, commons 5% in four equal parts",
                    "", std::move(lines)});
}

/// At the end of 2025 a foundation pays what was still owed for the year's work.
void write_grant(NodeYear& year, const std::map<std::string, std::int64_t>& owed) {
  const Day day = Day::parse("2025-12-31");
  for (const auto& [worker, minor] : owed) {
    if (minor == 0) continue;
    const std::string code = code_of_worker(year.members, worker);
    year.diary.write({"grant " + code,
                      day,
                      "Grant of the foundation for the unpaid work of " + worker,
                      "G2025-7",
                      {debit("assets:bank:main", "EUR", minor),
                       credit("income:grants", "EUR", minor).of_fund("community")}});
    year.diary.write({"settled " + code,
                      day,
                      "Wages of 2025 still owed to " + worker,
                      "",
                      {debit("liabilities:deferred:wages", "EUR", minor).of_member(code),
                       credit("assets:bank:main", "EUR", minor)}});
  }
}

}  // namespace

void write_bills(NodeYear& year) {
  Chance chance{"bills of " + year.name()};
  for (int month = 0; month <= last_month; ++month) {
    for (const ServerBill& bill : year.facts.bills) {
      const std::int64_t minor = month == last_month ? bill.minor : bill.minor + chance.between(-300, 300);
      const std::string object{bill.cost_object};
      const std::string key = month_text(month) + " " + object;
      const std::string supplier{bill.supplier};
      year.diary.write({"bill " + key,
                        first_day_of(month).plus_days(19),
                        "Bill of " + supplier + ", " + object,
                        "B" + month_text(month) + "-" + object,
                        {debit("expenses:servers", "EUR", minor).of_cost_object(object),
                         credit("liabilities:payable:suppliers", "EUR", minor)}});
      year.diary.write(
          {"bill paid " + key,
           first_day_of(month).plus_days(26),
           supplier + " paid, " + object,
           "B" + month_text(month) + "-" + object,
           {debit("liabilities:payable:suppliers", "EUR", minor), credit("assets:bank:main", "EUR", minor)}});
      year.bills_paid[static_cast<std::size_t>(month)] += minor;
    }
  }
}

void write_month_ends(std::vector<NodeYear>& years) {
  std::vector<std::map<std::string, std::int64_t>> owed(years.size());
  for (int month = 0; month <= last_month; ++month) {
    const MonthEnd end = month_end_of(years, month);
    for (const Claim& claim : end.claims) {
      write_wage(years[claim.node], claim, month);
      if (month < last_month) owed[claim.node][claim.worker] += claim.claimed - claim.paid;
    }
    for (std::size_t node = 0; node < years.size(); ++node) {
      const std::int64_t for_all =
          years[node].bills_paid[static_cast<std::size_t>(month)] + end.paid_in(node);
      write_net(years, node, end.contributed[node] - for_all, month);
    }
    write_set_aside(years[host], end);
  }
  for (std::size_t node = 0; node < years.size(); ++node) write_grant(years[node], owed[node]);
}

}  // namespace coop::api::demo
