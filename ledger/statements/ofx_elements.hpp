#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace coop::statements {

/// A tag of an OFX file, and the text behind it up to the next one.
struct OfxElement {
  std::string name;       ///< in capitals, without prefix: "STMTTRN"
  bool is_end = false;    ///< </STMTTRN>
  std::string value;      ///< in one line, escapes undone
  std::size_t line = 0;   ///< on which it begins, from 1
  std::size_t begin = 0;  ///< of the tag within the text
  std::size_t end = 0;    ///< behind the tag and its value
};

/// Walks through OFX, SGML (values without end tags) and XML alike, without building a tree.
class OfxElements {
 public:
  /// From the first tag <OFX> on. `text` must live as long.
  explicit OfxElements(std::string_view text);

  /// False if there is no tag <OFX>.
  bool is_ofx() const noexcept { return is_ofx_; }
  /// Moves to the next tag; false at the end. Comments, declarations and instructions are passed over.
  bool next(OfxElement& element);

 private:
  bool cut_markup();
  std::string cut_value();
  void move_to(std::size_t place);

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  bool is_ofx_ = false;
};

/// Undoes &amp; and its kin, twice: some banks escape what is escaped already.
std::string unescaped(std::string_view text);

}  // namespace coop::statements
