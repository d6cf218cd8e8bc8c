#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ledger/books/dimension.hpp"
#include "ledger/journals/json_fields.hpp"
#include "ledger/journals/native_member_checks.hpp"
#include "ledger/journals/native_row.hpp"
#include "ledger/journals/native_work_checks.hpp"

namespace coop::journals {

/// Follows the rows of budgets in a complete export, and refuses the first that contradicts the lines before
/// it: numbers that have a gap, unknown units, circles, funds and cost objects, a budget without revisions, a
/// revision with other lines than it came with.
class BudgetChecks {
 public:
  /// What the lines before have told.
  struct Before {
    const Scales& scales;
    const std::map<std::pair<books::DimensionKind, std::string>, int>& dimensions;
    const WorkChecks& work;
  };
  /// True if the row is one of these. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Before& before);
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish() const;

 private:
  struct KnownRevision {
    std::int64_t lines_said;
    std::int64_t lines = 0;
  };
  void take_budget(JsonFields& row, const Before& before);
  void take_revision(JsonFields& row);
  void take_line(JsonFields& row, const Before& before);
  std::vector<KnownRevision>& revisions_of(JsonFields& row);

  std::vector<std::vector<KnownRevision>> budgets_;
};

}  // namespace coop::journals
