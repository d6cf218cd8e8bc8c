#include "ledger/dues/qr_code.hpp"

#include <gtest/gtest.h>
#include <png.h>
#include <qrencode.h>
#include <rapidcheck/gtest.h>

#include <regex>

#include "ledger/values/refusal.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::dues {
namespace {

using test::refusal_code;
using Modules = std::vector<std::vector<bool>>;

constexpr int quiet_zone = 4;

Modules modules_of(const QrCode& code) {
  Modules modules;
  for (int row = 0; row < code.side(); ++row) {
    modules.emplace_back();
    for (int column = 0; column < code.side(); ++column) modules.back().push_back(code.is_dark(row, column));
  }
  return modules;
}

/// What the library itself makes of the text, as text.
Modules encoded_by_the_library(const std::string& text) {
  QRcode* code = QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M);
  Modules modules;
  for (int row = 0; row < code->width; ++row) {
    modules.emplace_back();
    for (int column = 0; column < code->width; ++column)
      modules.back().push_back((code->data[row * code->width + column] & 1) != 0);
  }
  QRcode_free(code);
  return modules;
}

/// The dark modules that an SVG of ours draws.
Modules drawn_in(const std::string& svg, int side) {
  Modules modules(static_cast<std::size_t>(side), std::vector<bool>(static_cast<std::size_t>(side)));
  const std::regex run{"M([0-9]+) ([0-9]+)h([0-9]+)v1h-([0-9]+)z"};
  for (std::sregex_iterator at{svg.begin(), svg.end(), run}, end; at != end; ++at) {
    EXPECT_EQ((*at)[3], (*at)[4]);
    const std::size_t column = std::stoul((*at)[1]) - quiet_zone;
    const std::size_t row = std::stoul((*at)[2]) - quiet_zone;
    for (std::size_t i = 0; i < std::stoul((*at)[3]); ++i) modules.at(row).at(column + i) = true;
  }
  return modules;
}

struct Pixels {
  int width = 0;
  std::vector<unsigned char> grey;
};

Pixels read_png(const std::string& file) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  Pixels pixels;
  EXPECT_NE(png_image_begin_read_from_memory(&image, file.data(), file.size()), 0) << image.message;
  image.format = PNG_FORMAT_GRAY;
  pixels.width = static_cast<int>(image.width);
  EXPECT_EQ(image.width, image.height);
  pixels.grey.resize(PNG_IMAGE_SIZE(image));
  EXPECT_NE(png_image_finish_read(&image, nullptr, pixels.grey.data(), 0, nullptr), 0) << image.message;
  return pixels;
}

TEST(QrCode, HasTheModulesThatTheLibraryMakes) {
  const std::string text = "BCD\n002\n1\nSCT\n\nRivers' Co-op\nBE68539007547034\nEUR12.34\n\nRF23M0042";
  const QrCode code = QrCode::of(text);
  EXPECT_EQ(code.version(), 5);
  EXPECT_EQ(code.side(), 37);
  EXPECT_EQ(modules_of(code), encoded_by_the_library(text));
}

TEST(QrCode, HasItsThreeEyes) {
  const QrCode code = QrCode::of("x");
  EXPECT_EQ(code.version(), 1);
  const int last = code.side() - 7;
  for (const auto& [top, left] : {std::pair{0, 0}, std::pair{0, last}, std::pair{last, 0}}) {
    for (int i = 0; i < 7; ++i) {
      EXPECT_TRUE(code.is_dark(top, left + i));
      EXPECT_TRUE(code.is_dark(top + i, left));
      EXPECT_TRUE(code.is_dark(top + 6, left + i));
    }
    EXPECT_FALSE(code.is_dark(top + 1, left + 1));
    EXPECT_TRUE(code.is_dark(top + 3, left + 3));
  }
  EXPECT_THROW(code.is_dark(21, 0), InvariantBroken);
  EXPECT_THROW(code.is_dark(0, -1), InvariantBroken);
}

TEST(QrCode, CarriesAtMostWhatVersion13Does) {
  EXPECT_EQ(QrCode::of(std::string(QrCode::most_bytes, 'x')).version(), 13);
  EXPECT_EQ(refusal_code([] { QrCode::of(std::string(QrCode::most_bytes + 1, 'x')); }),
            "payment_code_impossible");
  EXPECT_THROW(QrCode::of(""), InvariantBroken);
}

TEST(QrCode, IsDrawnWithAQuietZoneAndAName) {
  const QrCode code = QrCode::of("x");
  const std::string svg = code.svg("Pay \"A & B\" <now>");
  EXPECT_NE(svg.find("viewBox=\"0 0 29 29\""), std::string::npos);
  EXPECT_NE(svg.find("aria-label=\"Pay &quot;A &amp; B&quot; &lt;now&gt;\""), std::string::npos);
  EXPECT_EQ(svg.find("<now>"), std::string::npos);
}

TEST(QrCode, HasItsPixelsWhereItsModulesAre) {
  const QrCode code = QrCode::of("Rivers' Co-op");
  for (const int scale : {1, 3, 40}) {
    const Pixels pixels = read_png(code.png(scale));
    ASSERT_EQ(pixels.width, (code.side() + 2 * quiet_zone) * scale);
    for (int row = 0; row < pixels.width; ++row) {
      for (int column = 0; column < pixels.width; ++column) {
        const int y = row / scale - quiet_zone;
        const int x = column / scale - quiet_zone;
        const bool inside = y >= 0 && x >= 0 && y < code.side() && x < code.side();
        const int grey = pixels.grey[static_cast<std::size_t>(row * pixels.width + column)];
        ASSERT_EQ(grey, inside && code.is_dark(y, x) ? 0 : 255) << row << " " << column;
      }
    }
  }
  EXPECT_THROW(code.png(0), InvariantBroken);
}

RC_GTEST_PROP(QrCode, DrawsWhatTheLibraryMakesOfAnyText, ()) {
  const auto length = *rc::gen::inRange<std::size_t>(1, 200);
  const auto text = *rc::gen::container<std::string>(
      length, rc::gen::map(rc::gen::inRange(1, 256),
                           [](int byte) { return static_cast<char>(static_cast<unsigned char>(byte)); }));
  const QrCode code = QrCode::of(text);
  RC_ASSERT(modules_of(code) == encoded_by_the_library(text));
  RC_ASSERT(drawn_in(code.svg("x"), code.side()) == modules_of(code));
}

}  // namespace
}  // namespace coop::dues
