#pragma once
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "ledger/statements/statement.hpp"
#include "ledger/values/refusal.hpp"
#include "tests/support/source_folder.hpp"

namespace coop::statements::test {

/// The bytes of a file; nothing if there is none.
inline std::optional<std::string> find_bytes(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>{file}, {}};
}

/// A file of tests/statements/files. Throws std::runtime_error if there is none.
inline std::string own_file(const std::string& name) {
  const auto bytes = find_bytes(coop::test::source_folder() / "tests/statements/files" / name);
  if (!bytes) throw std::runtime_error{"no file " + name};
  return *bytes;
}

/// A real file of a bank, "mt940/asnb.txt", from COOP_BANK_SAMPLES or beside the sources; nothing if there
/// are none here.
inline std::optional<std::string> find_sample(const std::string& name) {
  const char* folder = std::getenv("COOP_BANK_SAMPLES");
  const std::filesystem::path samples =
      folder ? std::filesystem::path{folder} : coop::test::source_folder() / "../shared/samples";
  return find_bytes(samples / name);
}

/// "statement_unreadable: line 3: …" of what refuses, or "read".
template <class Read>
std::string refusal_of(Read&& read) {
  try {
    read();
  } catch (const Refused& refused) {
    return std::string{text_of(refused.refusal()).code} + ": " + refused.detail();
  }
  return "read";
}

/// The sum of a statement's lines.
inline Decimal sum_of(const Statement& statement) {
  Decimal sum;
  for (const Line& line : statement.lines) sum = sum + line.amount;
  return sum;
}

/// How far the lines are from what the balances say, "0" if they meet; empty where a balance is missing.
inline std::string gap_of(const Statement& statement) {
  if (!statement.opening || !statement.closing) return {};
  const Decimal gap = statement.closing->amount + -(statement.opening->amount + sum_of(statement));
  return is_zero(gap) ? "0" : text_of(gap);
}

/// What a statement says, in one line: account, number/page, opening, closing, count of lines.
inline std::string shown(const Statement& statement) {
  const auto balance = [](const std::optional<Balance>& stated) {
    return stated ? text_of(stated->amount) + (stated->on ? " on " + stated->on->text() : "")
                  : std::string{"?"};
  };
  return statement.bank + "/" + statement.account + " " + statement.currency + " " + statement.number + "/" +
         statement.page + ": " + balance(statement.opening) + " -> " + balance(statement.closing) + ", " +
         std::to_string(statement.lines.size()) + " lines";
}

/// What a line says, without its details: days, amount, code, bank's id, text.
inline std::string shown(const Line& line) {
  return line.booked_on.text() + (line.valued_on ? "/" + line.valued_on->text() : "") + " " +
         text_of(line.amount) + " " + line.code + " [" + line.bank_id + "] " + line.text;
}

/// What a detail says: name, account, bank, text.
inline std::string shown(const Detail& detail) {
  return detail.counterparty.name + "|" + detail.counterparty.account + "|" + detail.counterparty.bank + "|" +
         detail.text;
}

/// The notes' codes, with a blank behind each.
inline std::string codes_of(const ReadFile& file) {
  std::string codes;
  for (const Note& note : file.notes) codes += note.code + " ";
  return codes;
}

}  // namespace coop::statements::test
