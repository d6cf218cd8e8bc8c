#pragma once
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/journals/doubts.hpp"
#include "ledger/journals/hledger_entry.hpp"
#include "ledger/journals/import_plan.hpp"
#include "ledger/journals/json_elements.hpp"
#include "ledger/journals/program.hpp"
#include "ledger/journals/watch.hpp"

namespace coop::journals {

/// The entries of a file, as JSON that can be read as often as needed.
class ImportFile {
 public:
  /// A file that is no JSON, and those that the options add, are read by hledger, if it may be run. As
  /// hledger takes it, a name may begin with a format: "timedot:hours.txt". Throws Refused:
  /// import_unreadable.
  ImportFile(const std::filesystem::path& file, const ImportOptions& options);

  /// True if hledger read the files here, and so judged their balance assertions.
  bool is_read_by_hledger() const noexcept { return printed_.has_value(); }

  /// Calls `take(entry, index)` for each entry; false if the caller stops it.
  template <class Take>
  bool each(std::string_view stage, std::int64_t total, const Watch& watch, const Take& take) const {
    constexpr std::int64_t told_every = 1'000;
    std::ifstream in{json_, std::ios::binary};
    JsonElements elements{in};
    std::int64_t index = 0;
    for (auto element = elements.next(); element; element = elements.next(), ++index) {
      take(hledger_entry_from(*element), index);
      if ((index + 1) % told_every != 0) continue;
      watch.tell(stage, index + 1, total);
      if (watch.is_cancelled()) return false;
    }
    watch.tell(stage, index, total);
    return true;
  }

 private:
  std::filesystem::path json_;
  std::optional<TemporaryFile> printed_;
};

/// Notes how many directives of journals are no entries and so left out: market prices (P), rules of
/// automatic postings (=), periodic entries (~). `files` are those that entries stand in; other formats are
/// passed over.
void note_directives(const std::set<std::string>& files, Doubts& doubts);

}  // namespace coop::journals
