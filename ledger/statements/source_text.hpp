#pragma once
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace coop::statements {

/// The largest file, and the most lines of a file, that are read: a large co-operative's year many times
/// over.
inline constexpr std::size_t most_file_bytes = std::size_t{64} << 20;
/// See most_file_bytes.
inline constexpr std::size_t most_source_lines = 2'000'000;

/// A line of a file, without its end.
struct SourceLine {
  std::size_t number;  ///< from 1
  std::string_view text;
};

/// The lines of a text that end in CR LF, LF or CR. Throws Refused: statement_unreadable, if there are more
/// than most_source_lines.
std::vector<SourceLine> source_lines(std::string_view text);

/// Throws Refused: statement_unreadable, if the file has more than most_file_bytes.
void require_readable_size(std::string_view bytes);
/// Throws Refused: statement_unreadable with "place: why".
[[noreturn]] void refuse_unreadable(const std::string& place, const std::string& why);
/// "line 12"
std::string place_of(std::size_t line);

/// Where a cell of a file stands.
struct CellPlace {
  std::size_t line = 0;    ///< from 1; 0: nowhere
  std::string field = {};  ///< as the file calls it
};
/// Throws Refused: statement_unreadable at the later of two places that cannot both be right, the mark or
/// order of one being another than that of the other: "line 4, T: the decimal mark is another than in line
/// 2".
[[noreturn]] void refuse_contradiction(const CellPlace& one, const CellPlace& other, const std::string& what);
/// Keeps the first place: does nothing if there is one.
void keep_first(CellPlace& place, std::size_t line, std::string_view field);

/// The beginning of what a file says, in quotation marks, for messages.
std::string cited(std::string_view text);

/// True for blanks, tabs and line ends.
constexpr bool is_gap(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
/// See trimmed.
std::string_view without_gaps(std::string_view text) noexcept;
/// Without blanks, tabs and line ends at both ends.
inline std::string_view trimmed(std::string_view text) noexcept {
  return !text.empty() && (is_gap(text.front()) || is_gap(text.back())) ? without_gaps(text) : text;
}
/// From place to place, both within the text.
constexpr std::string_view between(std::string_view text, std::size_t begin, std::size_t end) noexcept {
  return {text.data() + begin, end - begin};
}
/// True if the text is that word: == without a call for it.
template <std::size_t size>
bool is_word(std::string_view text, const char (&word)[size]) noexcept {
  return text.size() == size - 1 && std::memcmp(text.data(), word, size - 1) == 0;
}
/// Every run of blanks, tabs and line ends as one blank, none at the ends.
std::string one_line(std::string_view text);
/// What the text says in one line; nothing for a placeholder such as NOTPROVIDED, NONREF, "keine Information
/// vorhanden".
std::string said(std::string_view text);
/// An account or bank code as it is compared: what it says without blanks, in capitals.
std::string compared_code(std::string_view text);
/// A currency's code in capitals; empty unless it is three letters.
std::string currency_code(std::string_view text);
/// ASCII letters as capitals.
std::string in_capitals(std::string_view text);
/// True for "0" to "9", and for nothing else.
constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
/// True for one or more digits.
constexpr bool is_number(std::string_view text) noexcept {
  for (const char c : text)
    if (!is_digit(c)) return false;
  return !text.empty();
}
/// Adds `piece` as one line after a blank, if it says anything.
void add_words(std::string& text, std::string_view piece);
/// The same, unless it is a placeholder.
void add_said(std::string& text, std::string_view piece);
/// The same of what is one line already.
void add_line(std::string& text, std::string&& line);

}  // namespace coop::statements
