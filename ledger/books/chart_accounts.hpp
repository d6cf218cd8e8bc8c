#pragma once
#include <vector>

#include "ledger/books/chart_template.hpp"

namespace coop::books {

// The parts that charts are put together from (chart_template.cpp).

/// Bank, cash, what every organisation earns and spends, opening and conversion.
std::vector<ChartAccount> accounts_of_every_chart();
/// What an association has besides: events, gifts in kind, one fund of members.
std::vector<ChartAccount> accounts_of_an_association();
/// Dues, prepaid dues, shares, reserves and named funds.
std::vector<ChartAccount> accounts_of_members();
/// Wages, deferred wages, and hours in the unit of hours.
std::vector<ChartAccount> accounts_of_workers();
/// Shared servers, claims on and debts to other nodes, local currency.
std::vector<ChartAccount> accounts_of_a_node();
/// Classes of shares, loans, grants with conditions, services for pay, surplus to be divided.
std::vector<ChartAccount> accounts_of_a_society();

}  // namespace coop::books
