#include "ledger/work/work_kind.hpp"

#include <array>

#include "ledger/work/work_text.hpp"

namespace coop::work {

std::span<const WorkKind> usual_work_kinds() {
  static const std::array<WorkKind, 4> usual{{{"livelihood", "Work that earns", true},
                                              {"love", "Work for the commons", true},
                                              {"care", "Care for the co-operative and its people", false},
                                              {"travel", "Ways to work", true}}};
  return usual;
}

void require_work_kind(const WorkKind& kind) {
  require_work_code(kind.code, "/code");
  require_work_text(kind.title, 1, 200, "/title");
}

}  // namespace coop::work
