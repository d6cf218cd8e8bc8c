#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/journals/journal.hpp"

namespace coop::test {

/// What an account holds of a unit, as decimal text without needless zeros ("12.5", "-3"); accounts at zero
/// are left out.
using Balances = std::map<std::pair<std::string, std::string>, std::string>;

/// What another program says of a journal of ours.
struct Judgement {
  std::string complaint;  ///< empty: it checks the journal as strictly as it can, and accepts it
  Balances balances;      ///< by its own names of accounts and units
};

/// True if the program of this dialect is installed. A test that cannot be judged is skipped, visibly.
bool is_judge_installed(journals::Dialect dialect);
/// Lets the program check the journal in `file` and tell its balances.
Judgement judge(journals::Dialect dialect, const std::filesystem::path& file);
/// What hledger says of any journal, as of the end of `day` where one is given.
Balances hledger_balances(const std::filesystem::path& file, const std::optional<Day>& day);
/// The same exactly, however the units are shown; several files are read as belonging together. Throws
/// std::runtime_error with hledger's complaint, if it cannot read them.
Balances exact_hledger_balances(const std::vector<std::filesystem::path>& files,
                                const std::optional<Day>& day);
/// One line for each balance that differs; empty if none does.
std::string differences(const Balances& ours, const Balances& theirs);
/// Decimal text without needless zeros: "12.50" is "12.5", "-0.00" is "0".
std::string without_needless_zeros(std::string_view decimal);

}  // namespace coop::test
