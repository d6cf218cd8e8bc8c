#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/journals/doubts.hpp"
#include "ledger/journals/import_survey.hpp"
#include "ledger/journals/import_tags.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/unit.hpp"

namespace coop::journals {

/// What an import needs to know of an account that exists.
struct ExistingAccount {
  books::AccountType type;
  Day opened_on;
  std::optional<Day> closed_on;
};

/// What is in the books already.
struct ExistingBooks {
  std::map<std::string, Unit> units;                                        ///< by code
  std::map<std::pair<std::string, std::string>, ExistingAccount> accounts;  ///< by path and unit's code
  Dimensions dimensions;
  std::optional<Day> closed_through;
};

/// The unit that a commodity is: one of the commodity is 10^shift of the unit.
struct MeantUnit {
  Unit unit;
  int shift = 0;
};

/// What the names of a file mean here.
struct ImportMeanings {
  /// By commodity; ids are of this server, or stand-ins while a unit is not made.
  std::map<std::string, MeantUnit> units;
  std::map<std::string, std::string> paths;         ///< by account name
  std::map<std::string, books::AccountType> types;  ///< by path
  std::map<std::string, std::string> titles;        ///< by path, the names that differ from it
  Dimensions dimensions;                            ///< the node's, and those of the file's postings
};

/// Finds a unit for each commodity, and a path and a type for each account that a survey saw. What cannot be
/// told from the file, the books or the options is an obstacle that names the option to say it with.
ImportMeanings meanings_of(const ImportSurvey& survey, const ImportOptions& options,
                           const ExistingBooks& existing, Doubts& doubts);

/// The units of an import as a report lists them, by commodity.
std::vector<ImportUnit> import_units_of(const ImportMeanings& meanings, const ExistingBooks& existing);

}  // namespace coop::journals
