#include "ledger/database/binary_array.hpp"

#include <array>

#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

constexpr std::int32_t days_from_1970_to_2000 = 10'957;

// The last `bytes` bytes of the number, the highest first.
void append_big_endian(std::string& out, std::int64_t number, int bytes) {
  auto bits = static_cast<std::uint64_t>(number);
  std::array<char, 8> written;
  for (int place = bytes; place > 0; bits >>= 8) written[--place] = static_cast<char>(bits & 0xff);
  out.append(written.data(), bytes);
}

int width_of(BinaryArray::Of element) {
  switch (element) {
    case BinaryArray::Of::boolean:
      return 1;
    case BinaryArray::Of::int2:
      return 2;
    case BinaryArray::Of::int4:
    case BinaryArray::Of::date:
      return 4;
    case BinaryArray::Of::int8:
      return 8;
    case BinaryArray::Of::bytea:
    case BinaryArray::Of::text:
    case BinaryArray::Of::uuid:
      return 0;
  }
  return 0;
}

}  // namespace

BinaryArray::BinaryArray(Of element) : element_{element} {}

void BinaryArray::add(std::int64_t number) {
  const int width = width_of(element_);
  const std::int64_t most = width == 8 ? INT64_MAX : (std::int64_t{1} << (8 * width - 1)) - 1;
  ensure(
      element_ != Of::date && element_ != Of::boolean && width != 0 && number <= most && number >= -most - 1,
      "a number fits the column it is sent for");
  append_big_endian(elements_, width, 4);
  append_big_endian(elements_, number, width);
  ++count_;
}

void BinaryArray::add(bool truth) {
  ensure(element_ == Of::boolean, "a truth is sent for a column of truths");
  append_big_endian(elements_, 1, 4);
  append_big_endian(elements_, truth ? 1 : 0, 1);
  ++count_;
}

void BinaryArray::add(Day day) {
  ensure(element_ == Of::date, "a day is sent for a column of days");
  append_big_endian(elements_, 4, 4);
  append_big_endian(elements_, day.count() - days_from_1970_to_2000, 4);
  ++count_;
}

void BinaryArray::add_uuid(std::span<const unsigned char, 16> bytes) {
  ensure(element_ == Of::uuid, "a uuid is sent for a column of uuids");
  add_element({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void BinaryArray::add_null() {
  append_big_endian(elements_, -1, 4);
  has_null_ = true;
  ++count_;
}

void BinaryArray::add_element(std::string_view bytes) {
  ensure(width_of(element_) == 0, "bytes are sent for a column of bytes or text");
  append_big_endian(elements_, static_cast<std::int64_t>(bytes.size()), 4);
  elements_ += bytes;
  ++count_;
}

std::string BinaryArray::value() const {
  std::string out;
  out.reserve(20 + elements_.size());
  append_big_endian(out, count_ == 0 ? 0 : 1, 4);  // dimensions
  append_big_endian(out, has_null_ ? 1 : 0, 4);
  append_big_endian(out, static_cast<std::int64_t>(element_), 4);
  if (count_ == 0) return out;
  append_big_endian(out, count_, 4);
  append_big_endian(out, 1, 4);  // the first index
  return out += elements_;
}

}  // namespace coop
