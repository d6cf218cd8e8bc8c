#include "ledger/books/chart_accounts.hpp"

namespace coop::books {

namespace {

constexpr AccountType asset = AccountType::asset;
constexpr AccountType liability = AccountType::liability;
constexpr AccountType equity = AccountType::equity;
constexpr AccountType income = AccountType::income;
constexpr AccountType expense = AccountType::expense;
const std::vector<DimensionKind> by_member{DimensionKind::member};
const std::vector<DimensionKind> by_fund{DimensionKind::fund};

}  // namespace

std::vector<ChartAccount> accounts_of_every_chart() {
  return {
      {"assets:bank:main", asset, "Bank, main account", "Money in the account that bills are paid from."},
      {"assets:bank:savings", asset, "Bank, savings", "Money set aside that is not needed this month."},
      {"assets:cash", asset, "Cash box", "Notes and coins; counted when somebody hands the box over."},
      {"assets:receivable:other", asset, "Owed to us by others",
       "Bills sent to others than members, not yet paid."},
      {"assets:prepaid", asset, "Paid ahead", "Insurance, domains and the like, paid for months to come."},
      {"liabilities:payable:suppliers", liability, "Bills to pay",
       "Bills of suppliers that have come and are not paid."},
      {"liabilities:payable:expenses", liability, "Expenses to pay back",
       "What people laid out for us and get back."},
      {"liabilities:tax", liability, "Taxes to pay", "Sales tax and other taxes owed to the state."},
      {"equity:opening", equity, "Opening balances",
       "The other side of balances brought in from earlier books."},
      {"equity:conversion", equity, "Conversion between units",
       "The other side when one unit is exchanged for another, so that each unit balances by itself.",
       ChartUnits::all},
      {"income:donations", income, "Donations", "Gifts without conditions."},
      {"income:interest", income, "Interest", "Interest on money in the bank."},
      {"income:other", income, "Other income", "What fits nowhere else."},
      {"expenses:bank-fees", expense, "Bank fees", "Fees of banks and payment services."},
      {"expenses:meetings", expense, "Meetings", "Rooms, food and travel for meetings and assemblies."},
      {"expenses:office", expense, "Office", "Post, paper, small tools, books."},
      {"expenses:insurance", expense, "Insurance", "Insurance of things and people."},
      {"expenses:fees", expense, "Advice and registers", "Accountants, registers, legal advice."},
      {"expenses:exchange", expense, "Exchange differences",
       "What is lost or won when currencies are exchanged."},
      {"expenses:rounding", expense, "Rounding", "Single minor units that exact splits leave over."},
      {"expenses:other", expense, "Other expenses", "What fits nowhere else."},
  };
}

std::vector<ChartAccount> accounts_of_an_association() {
  return {
      {"assets:receivable:dues", asset, "Dues not yet paid", "Dues that members owe."},
      {"equity:members", equity, "Members' fund", "What the members have built up over the years."},
      {"income:dues", income, "Dues", "Members' dues for the year or month."},
      {"income:events", income, "Events", "Tickets, stalls, raffles."},
      {"expenses:events", expense, "Events", "What events cost."},
      {"expenses:gifts", expense, "Gifts and solidarity", "Given away, or waived for who cannot pay."},
  };
}

std::vector<ChartAccount> accounts_of_members() {
  return {
      {"assets:receivable:dues", asset, "Dues not yet paid", "Dues billed and not yet paid, by member.",
       ChartUnits::currencies, by_member},
      {"liabilities:deferred:dues", liability, "Dues paid ahead",
       "Dues that members have paid for months to come.", ChartUnits::currencies, by_member},
      {"equity:member-shares", equity, "Member shares",
       "What members put in when they joined; theirs when they leave.", ChartUnits::currencies, by_member},
      {"equity:reserves:indivisible", equity, "Indivisible reserve", "Set aside for ever: never shared out."},
      {"equity:reserves:general", equity, "General reserve", "Set aside for bad months."},
      {"equity:funds:commons", equity, "Commons funds", "Set aside for a named purpose, by fund.",
       ChartUnits::currencies, by_fund},
      {"equity:surplus", equity, "Surplus set aside",
       "The other side when an assembly moves surplus into reserves."},
      {"income:dues", income, "Dues", "Members' dues by tier."},
      {"income:services", income, "Services", "Work and hosting sold to others."},
      {"income:grants", income, "Grants", "Public or foundation money."},
      {"expenses:solidarity", expense, "Solidarity",
       "Dues waived for members who cannot pay: a cost, not a debt."},
  };
}

std::vector<ChartAccount> accounts_of_workers() {
  return {
      {"liabilities:deferred:wages", liability, "Wages still owed",
       "Hours worked that a month's money could not pay: owed to the worker.", ChartUnits::currencies,
       by_member},
      {"liabilities:payable:wages", liability, "Wages to pay", "Wages agreed and not yet transferred.",
       ChartUnits::currencies, by_member},
      {"expenses:wages", expense, "Wages", "Hours worked for pay, whether paid now or owed."},
      {"expenses:training", expense, "Training", "Courses, mentoring, conferences."},
      {"expenses:time", expense, "Hours worked", "Every hour worked, by member and cost object.",
       ChartUnits::hours, by_member},
      {"liabilities:time:claimed", liability, "Hours claimed",
       "Hours for which pay is asked and not yet settled.", ChartUnits::hours, by_member},
      {"equity:time:contributed", equity, "Hours contributed", "Hours that count as a member's contribution.",
       ChartUnits::hours, by_member},
      {"equity:time:settled", equity, "Hours settled",
       "Claimed hours that a pay run has turned into money or a debt.", ChartUnits::hours},
      {"income:time:given", income, "Hours given", "Hours for which nothing is asked.", ChartUnits::hours,
       by_member},
  };
}

std::vector<ChartAccount> accounts_of_a_node() {
  return {
      {"assets:nodes", asset, "Claims on other nodes",
       "What other nodes owe us; one account below this a node."},
      {"assets:equipment", asset, "Equipment", "Servers and other things of lasting value."},
      {"assets:local:wallet", asset, "Local currency", "Local currency that we can spend.",
       ChartUnits::locals},
      {"liabilities:nodes", liability, "Debts to other nodes",
       "What we owe other nodes; one account below this a node."},
      {"liabilities:local:issued", liability, "Local currency issued",
       "Our promise to those who hold local currency.", ChartUnits::locals},
      {"income:local", income, "Income in local currency", "Dues and services paid in local currency.",
       ChartUnits::locals},
      {"expenses:local", expense, "Spent in local currency", "What local currency was spent on.",
       ChartUnits::locals},
      {"expenses:servers", expense, "Servers", "Hosting and server bills, by cost object."},
      {"expenses:domains", expense, "Domains and certificates", "Names and certificates."},
      {"expenses:host-fee", expense, "Host fee", "What the fiscal host takes for holding the common fund."},
      {"expenses:shared", expense, "Share of common costs", "Our share of what other nodes paid for all."},
  };
}

std::vector<ChartAccount> accounts_of_a_society() {
  return {
      {"assets:receivable:services", asset, "Services not yet paid", "Services billed to users and funders."},
      {"liabilities:grants", liability, "Grants not yet earned",
       "Grants received whose conditions are not yet met.", ChartUnits::currencies, by_fund},
      {"liabilities:loans:members", liability, "Loans of members", "Money that members lent.",
       ChartUnits::currencies, by_member},
      {"liabilities:withdrawals", liability, "Shares to pay out",
       "Shares that leaving members are to get back.", ChartUnits::currencies, by_member},
      {"equity:shares:workers", equity, "Shares of workers", "Shares of the workers' class.",
       ChartUnits::currencies, by_member},
      {"equity:shares:users", equity, "Shares of users", "Shares of the users' class.",
       ChartUnits::currencies, by_member},
      {"equity:shares:supporters", equity, "Shares of supporters", "Shares of the supporters' class.",
       ChartUnits::currencies, by_member},
      {"equity:capital-accounts", equity, "Capital accounts",
       "Surplus credited to members by their work or use.", ChartUnits::currencies, by_member},
      {"income:care", income, "Care and services for pay", "Services sold by the hour."},
      {"expenses:travel", expense, "Travel between places of work", "Travel of people at work."},
      {"expenses:dividends", expense, "Bonus to members", "What is paid back to members by their purchases."},
      {"expenses:hardship", expense, "Hardship fund", "Help to members in need.", ChartUnits::currencies,
       by_fund},
  };
}

}  // namespace coop::books
