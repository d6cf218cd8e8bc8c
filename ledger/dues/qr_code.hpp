#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace coop::dues {

/// A QR code (ISO 18004) of bytes as they are, error correction level M, version 13 at most: what EPC069-12
/// allows. Holds dark and light modules; draws itself.
class QrCode {
 public:
  /// The most bytes that a code of version 13 at level M carries.
  static constexpr std::size_t most_bytes = 331;

  /// The smallest code that carries `bytes`, of which there is at least one.
  /// Throws Refused: payment_code_impossible, if there are more than `most_bytes`.
  static QrCode of(std::string_view bytes);

  /// Modules along one side, without the quiet zone: 17 + 4 × version.
  int side() const noexcept { return side_; }
  int version() const noexcept { return (side_ - 17) / 4; }
  /// Row and column count from 0 at the top left.
  bool is_dark(int row, int column) const;

  /// A picture of its own (SVG, no script, nothing fetched), with the quiet zone of four modules around.
  /// `title` is what a screen reader says; it is escaped.
  std::string svg(std::string_view title) const;
  /// The same as PNG, `scale` pixels a module (1 to 40), grey of 8 bits.
  std::string png(int scale) const;

 private:
  QrCode(int side, std::vector<bool> dark) : side_{side}, dark_{std::move(dark)} {}
  int side_;
  std::vector<bool> dark_;
};

}  // namespace coop::dues
