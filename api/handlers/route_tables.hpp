#pragma once
#include <span>

#include "api/route.hpp"

namespace coop::api {

/// The routes of tiers, runs, charges and payments; where dues are paid, references, notices and payment
/// codes.
std::span<const Route> dues_routes();

/// The routes of direct debits: creditor, mandates, collections.
std::span<const Route> collecting_routes();

/// The routes of reminders, pauses and messages, and of lists that come in.
std::span<const Route> reminder_routes();

/// The routes of accounts with statements, files of banks, their lines and reconciliation.
std::span<const Route> bank_routes();

/// The routes of how files of banks are read, of signing that books and bank agree, and of counts of cash.
std::span<const Route> reconciling_routes();

/// The routes of payments that leave.
std::span<const Route> disbursement_routes();

/// The routes of circles, kinds of work and hours.
std::span<const Route> work_routes();

/// The routes of funds and spending mandates.
std::span<const Route> fund_routes();

/// The routes of shares, capital accounts and the surplus that is divided.
std::span<const Route> capital_routes();

/// The routes of rules by which sums are divided, and of values of places.
std::span<const Route> sharing_routes();

/// The routes of tariffs, pay runs and deferred claims.
std::span<const Route> pay_routes();

/// The routes of shared costs.
std::span<const Route> cost_routes();

/// The routes of rolls and votes.
std::span<const Route> roll_routes();

}  // namespace coop::api
