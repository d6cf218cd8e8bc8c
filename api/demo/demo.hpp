#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ledger/database/database.hpp"

namespace coop::api::demo {

/// Somebody who can sign in to the demonstration.
struct SignIn {
  std::string user;
  std::string password;
  std::string title;
  std::string roles;  ///< "treasurer of bcn"
};

/// What loading did.
struct DemoReport {
  std::int64_t entries_recorded = 0;
  std::int64_t entries_there_already = 0;
  std::vector<SignIn> sign_ins;  ///< everybody; their passwords are in the documentation for all to read
};

/// Told after each step: what was done, and how much of the whole.
using DemoProgress = std::function<void(const std::string& step, int done, int of)>;

/// Loads the demonstration: five nodes with their chart, members and users, a year of entries (2025) and the
/// month of the worked example E1 (January 2026). Deterministic: the same chain hashes in every database.
/// Loading it again adds nothing. Never meant for a server with real books, since its passwords are public.
/// Throws Refused: node_exists, if a node of one of its names has other books.
DemoReport load_demo(Database& database, const DemoProgress& progress);

/// Everybody's sign-in, as documented.
std::vector<SignIn> demo_sign_ins();

}  // namespace coop::api::demo
