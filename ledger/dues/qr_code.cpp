#include "ledger/dues/qr_code.hpp"

#include <png.h>
#include <qrencode.h>

#include <memory>

#include "ledger/values/markup.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

constexpr int quiet_zone = 4;
constexpr int latest_version = 13;

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

QrCode QrCode::of(std::string_view bytes) {
  ensure(!bytes.empty(), "a QR code carries something");
  if (bytes.size() > most_bytes) {
    throw Refused{Refusal::payment_code_impossible,
                  "a payment's QR code carries " + std::to_string(most_bytes) + " bytes, and these are " +
                      std::to_string(bytes.size())};
  }
  const std::unique_ptr<QRcode, FreeCode> code{QRcode_encodeData(
      static_cast<int>(bytes.size()), reinterpret_cast<const unsigned char*>(bytes.data()), 0, QR_ECLEVEL_M)};
  ensure(code != nullptr && code->version <= latest_version, "331 bytes fit into version 13 at level M");
  std::vector<bool> dark;
  // The lowest bit of each byte says dark; the others say what the module is for.
  for (int at = 0; at < code->width * code->width; ++at) dark.push_back((code->data[at] & 1) != 0);
  return QrCode{code->width, std::move(dark)};
}

bool QrCode::is_dark(int row, int column) const {
  ensure(row >= 0 && row < side_ && column >= 0 && column < side_, "the module lies within the code");
  return dark_[static_cast<std::size_t>(row * side_ + column)];
}

std::string QrCode::svg(std::string_view title) const {
  const std::string size = std::to_string(side_ + 2 * quiet_zone);
  const std::string name = markup_escaped(title);
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size +
                    "\" role=\"img\" aria-label=\"" + name + "\" shape-rendering=\"crispEdges\"><title>" +
                    name + "</title><path fill=\"#fff\" d=\"M0 0h" + size + "v" + size + "H0z\"/><path d=\"";
  for (int row = 0; row < side_; ++row) {
    for (int column = 0; column < side_; ++column) {
      if (!is_dark(row, column)) continue;
      const int first = column;
      while (column + 1 < side_ && is_dark(row, column + 1)) ++column;
      const std::string width = std::to_string(column - first + 1);
      out += "M" + std::to_string(first + quiet_zone) + " " + std::to_string(row + quiet_zone) + "h" + width +
             "v1h-" + width + "z";
    }
  }
  return out + "\"/></svg>\n";
}

std::string QrCode::png(int scale) const {
  ensure(scale >= 1 && scale <= 40, "a module is 1 to 40 pixels wide");
  const int size = (side_ + 2 * quiet_zone) * scale;
  const auto pixels_of = [&](int row, int column) {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(size) + static_cast<std::size_t>(column);
  };
  std::vector<unsigned char> pixels(pixels_of(size, 0), 255);
  for (int row = 0; row < side_ * scale; ++row) {
    for (int column = 0; column < side_ * scale; ++column) {
      if (!is_dark(row / scale, column / scale)) continue;
      pixels[pixels_of(row + quiet_zone * scale, column + quiet_zone * scale)] = 0;
    }
  }
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = image.height = static_cast<png_uint_32>(size);
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t length = 0;
  ensure(png_image_write_get_memory_size(image, length, 0, pixels.data(), size, nullptr) != 0,
         "libpng measures the image");
  std::string out(length, '\0');
  ensure(png_image_write_to_memory(&image, out.data(), &length, 0, pixels.data(), size, nullptr) != 0,
         "libpng writes the image");
  out.resize(length);
  return out;
}

}  // namespace coop::dues
