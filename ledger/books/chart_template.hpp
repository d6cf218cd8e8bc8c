#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/values/unit.hpp"

namespace coop::books {

/// In which of a node's units a chart opens an account.
enum class ChartUnits {
  currencies,  ///< in every currency that is named
  locals,      ///< in every local unit that is named
  hours,       ///< in every unit of hours that is named
  all          ///< in every unit that is named
};

/// An account that a chart proposes.
struct ChartAccount {
  std::string_view path;
  AccountType type;
  std::string_view title;
  std::string_view purpose;  ///< one sentence: what is booked here
  ChartUnits units = ChartUnits::currencies;
  std::vector<DimensionKind> required = {};  ///< dimensions that every posting must carry
};

/// A chart of accounts for one kind of co-operative: pure data, in English, to start from; it may be changed
/// afterwards.
struct ChartTemplate {
  std::string_view name;  ///< lower case with '-': how it is asked for
  std::string_view title;
  std::string_view purpose;  ///< for whom it is
  std::vector<ChartAccount> accounts;
};

/// All charts, the smallest first.
std::span<const ChartTemplate> chart_templates();
/// The chart of this name. Throws Refused: template_unknown.
const ChartTemplate& require_chart_template(std::string_view name);

/// True if the account is opened in a unit of this origin.
bool opens_in(const ChartAccount& account, UnitOrigin origin);

}  // namespace coop::books
