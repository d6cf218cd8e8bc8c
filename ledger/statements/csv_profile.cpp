#include "ledger/statements/csv_profile.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "ledger/statements/source_text.hpp"
#include "ledger/values/hex_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::statements {

namespace {

// U+00C0 to U+00FF without accents; a blank for what is no letter.
constexpr std::string_view latin_letters = "AAAAAAACEEEEIIIIDNOOOOO OUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuyty";
constexpr std::size_t longest_name = 200;

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

std::string without_accents(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
    if (byte == 0xC3 && next >= 0x80 && next < 0xC0) {
      plain += latin_letters[next - 0x80U];
      if (next == 0x9F) plain += 's';
      ++i;
    } else if (byte == 0xCC && next >= 0x80) {
      ++i;  // an accent of its own, behind its letter
    } else if (byte == 0xC2) {
      plain += next == 0xA3 ? " gbp " : " ";
      ++i;
    } else if (byte == 0xE2) {
      plain += text.substr(i).starts_with("\xE2\x82\xAC") ? " eur " : " ";  // other signs, dashes, blanks
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

}  // namespace

std::string column_key(std::string_view written) {
  std::size_t end = std::min(written.size(), longest_name);
  while (end > 0 && end < written.size() && (static_cast<unsigned char>(written[end]) & 0xC0U) == 0x80U)
    --end;
  written = written.substr(0, end);
  std::string key;
  char before = ' ';
  for (const char c : without_accents(trimmed(written))) {
    const bool counts = is_small(c) || is_capital(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
    const bool begins_word = !counts || (is_capital(c) && is_small(before));
    if (begins_word && !key.empty() && key.back() != ' ') key += ' ';
    if (counts) key += is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
    before = c;
  }
  if (key.ends_with(' ')) key.pop_back();
  return key.empty() ? one_line(written) : key;
}

std::string header_fingerprint(const std::vector<std::string>& cells) {
  std::string keys;
  std::size_t end = 0;
  for (const std::string& cell : cells) {
    keys += column_key(cell) + '\n';
    if (!cell.empty()) end = keys.size();
  }
  keys.resize(end);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  ensure(EVP_Digest(keys.data(), keys.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1,
         "SHA-256 can be computed");
  return hex_text({reinterpret_cast<const char*>(digest.data()), size});
}

std::optional<std::size_t> find_column(const std::vector<std::string>& header, const std::string& column) {
  if (column.starts_with('#') && is_number(std::string_view{column}.substr(1)) && column.size() < 5) {
    const std::size_t place = std::stoul(column.substr(1));
    if (place == 0 || place > header.size()) return std::nullopt;
    return place - 1;
  }
  std::optional<std::size_t> found;
  if (column.empty()) return found;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (column_key(header[i]) != column) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

std::vector<std::string> named_columns(const CsvProfile& profile) {
  std::vector<std::string> columns{
      profile.day,     profile.valued_on, profile.amount,     profile.debit,   profile.credit,
      profile.flag,    profile.name,      profile.payer,      profile.payee,   profile.account,
      profile.bank,    profile.reference, profile.end_to_end, profile.mandate, profile.creditor,
      profile.bank_id, profile.code,      profile.currency,   profile.balance, profile.own_account,
      profile.status};
  columns.insert(columns.end(), profile.text.begin(), profile.text.end());
  std::erase(columns, "");
  return columns;
}

}  // namespace coop::statements
