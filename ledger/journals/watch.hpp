#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

namespace coop::journals {

/// How far long work has come: `done` of `total` of what the stage counts. `total` is 0 while it is not
/// known.
struct Progress {
  std::string_view stage;  ///< "reading", "writing", "recording" …
  std::int64_t done;
  std::int64_t total;
};

/// How a caller follows long work, and stops it. Either may be empty. Both are asked about every thousand
/// entries.
struct Watch {
  std::function<void(const Progress&)> progress;
  std::function<bool()> cancelled;

  void tell(std::string_view stage, std::int64_t done, std::int64_t total) const {
    if (progress) progress(Progress{stage, done, total});
  }
  bool is_cancelled() const { return cancelled && cancelled(); }
};

}  // namespace coop::journals
