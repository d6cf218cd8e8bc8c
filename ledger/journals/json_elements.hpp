#pragma once
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

namespace coop::journals {

/// Cuts a JSON list into its elements without reading the whole of it into memory.
class JsonElements {
 public:
  /// `in` outlives the object.
  explicit JsonElements(std::istream& in) : in_{in} {}
  /// The text of the next element; valid until the next call. Nothing after the last.
  /// Throws Refused: import_unreadable, if it is no list, is cut off, or goes on after its end.
  std::optional<std::string_view> next();
  /// How many bytes were read.
  std::int64_t bytes() const noexcept { return bytes_; }

 private:
  int take();
  int take_visible();
  void read_element(int first);
  std::istream& in_;
  std::string text_;
  std::int64_t bytes_ = 0;
  bool has_begun_ = false;
  bool has_ended_ = false;
};

}  // namespace coop::journals
