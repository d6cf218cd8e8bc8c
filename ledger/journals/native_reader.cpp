#include "ledger/journals/native_reader.hpp"

#include "ledger/journals/json_fields.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

// The longest line we write: an entry of a thousand postings with all their notes is a third of it.
constexpr std::size_t longest_line = 4'000'000;

// Reads up to a line feed; false at the end of the file.
bool read_line(std::istream& in, std::string& line) {
  line.clear();
  std::streambuf& bytes = *in.rdbuf();
  for (int byte = bytes.sbumpc(); byte != std::char_traits<char>::eof(); byte = bytes.sbumpc()) {
    if (byte == '\n') return true;
    if (line.size() == longest_line) refuse_unreadable("the line is too long");
    line += static_cast<char>(byte);
  }
  return !line.empty();
}

}  // namespace

NativeLine NativeReader::checked_line() {
  NativeLine line = native_line_from(text_, checks_.scales());
  if (const auto* end = std::get_if<NativeEnd>(&line); end != nullptr && end->file_hash != hash_.value()) {
    throw Refused{Refusal::import_contradicts,
                  "the file was altered: it has another SHA-256 than its last line says"};
  }
  checks_.take(line);
  hash_.add(text_);
  hash_.add("\n");
  return line;
}

// A refusal is told with the line it arose in, whatever value refused.
std::optional<NativeLine> NativeReader::next() {
  try {
    if (!read_line(in_, text_)) {
      if (!checks_.is_complete()) refuse_unreadable("the file is cut off");
      return std::nullopt;
    }
    ++line_number_;
    return checked_line();
  } catch (const Refused& refused) {
    const bool is_unreadable = refused.refusal() == Refusal::import_unreadable;
    throw Refused{is_unreadable ? Refusal::import_unreadable : Refusal::import_contradicts,
                  "line " + std::to_string(line_number_) + ": " + refused.detail()};
  }
}

}  // namespace coop::journals
