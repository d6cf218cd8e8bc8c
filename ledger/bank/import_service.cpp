#include "ledger/bank/import_service.hpp"

#include <boost/json.hpp>

#include <algorithm>

#include "ledger/bank/bank_account_service.hpp"
#include "ledger/bank/candidate_store.hpp"
#include "ledger/bank/reading.hpp"
#include "ledger/bank/statement_words.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/database/undoable.hpp"
#include "ledger/statements/statement_reader.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

bool is_still_used(const BankImport& import) {
  return import.state == ImportState::received || import.state == ImportState::read ||
         import.state == ImportState::taken_in;
}

void require_file(Tx& tx, NodeId node, const ReceivedFile& file) {
  if (file.name.empty() || file.name.size() > 255)
    throw Refused{Refusal::field_invalid, "the name of a file has 1 to 255 bytes", "?name"};
  if (file.bytes.empty()) throw Refused{Refusal::statement_unreadable, "there is nothing in the file"};
  if (file.bytes.size() > most_file_bytes)
    throw Refused{Refusal::too_large,
                  "a bank's file has at most " + std::to_string(most_file_bytes) + " bytes"};
  if (file.account) read_bank_account(tx, node, *file.account);
}

std::vector<KnownAccount> known_accounts(Tx& tx, NodeId node) {
  std::map<UnitId, Unit> units;
  for (const books::ListedUnit& listed : books::read_units(tx)) units.emplace(listed.unit.id, listed.unit);
  std::vector<KnownAccount> known;
  for (BankAccount& account : read_bank_accounts(tx, node)) {
    Unit unit = units.at(account.unit);
    known.push_back({std::move(account), std::move(unit)});
  }
  return known;
}

// Lines are written in stretches, so that no statement of SQL grows without bound, and somebody who follows
// the work hears of it and can stop it.
constexpr std::int64_t lines_at_once = 2'000;

bool goes_on(const FileWatch& watch, std::string_view stage, std::int64_t done, std::int64_t total) {
  return !watch || watch(stage, done, total);
}

// False if it was stopped: then only a part is kept.
bool store(Tx& tx, NodeId node, BankImportNumber number, const Reading& reading, const FileWatch& watch) {
  const std::int64_t first = read_last_line(tx, node);
  std::int64_t last = first;
  std::int64_t total = 0;
  for (const ReadStatement& read : reading.statements) total += std::ssize(read.lines);
  for (const ReadStatement& read : reading.statements) {
    insert_statement(tx, node, number, read.statement);
    for (std::span<const BankLine> rest{read.lines}; !rest.empty();) {
      if (!goes_on(watch, "keeping", last - first, total)) return false;
      const auto stretch = rest.first(std::min<std::size_t>(rest.size(), lines_at_once));
      insert_lines(tx, node, BankLineNumber{last + 1}, stretch);
      last += static_cast<std::int64_t>(stretch.size());
      rest = rest.subspan(stretch.size());
    }
  }
  insert_notes(tx, node, number, reading.notes);
  return goes_on(watch, "keeping", total, total);
}

void require_state(const BankImport& import, ImportState state) {
  if (import.state == state) return;
  throw Refused{Refusal::bank_import_not_open, "file " + std::to_string(import.number.number()) + " is " +
                                                   std::string{text_of(import.state)}};
}

void require_consistent(const std::vector<BankStatement>& all, const std::vector<KnownAccount>& known) {
  for (const BankStatement& one : all)
    if (one.purpose == statements::Purpose::booked && one.proof == statements::Proof::contradicts)
      throw Refused{Refusal::statement_contradicts, words_of_proof(one, unit_among(known, one))};
}

void remember_flips(Tx& tx, NodeId node, const std::vector<BankStatement>& all,
                    const std::vector<KnownAccount>& known, const books::Author& author) {
  for (const BankStatement& one : all)
    for (const KnownAccount& account : known)
      if (one.account == account.account.number && one.proof == statements::Proof::flipped &&
          !account.account.flips_reversals)
        insert_bank_account_trait(tx, node, account.account.number, "flips_reversals", "true", author);
}

// Reads what is in `state`; what another job has done meanwhile stays.
BankImport read_from(Database& database, NodeId node, BankImportNumber number, ImportState state,
                     const std::optional<ReadingProfile>& given, const books::Author& author,
                     const FileWatch& watch) {
  const auto [import, bytes, known, profile] = database.in_snapshot([&](Tx& tx) {
    const BankImport found = read_import(tx, node, number);
    return std::tuple{found, read_import_bytes(tx, node, number), known_accounts(tx, node),
                      file_profile_of(tx, node, found.account, given)};
  });
  if (import.state != state || !goes_on(watch, "reading", 0, 0)) return import;
  ImportStep step{ImportState::read};
  Reading reading;
  try {
    AccountReader reader{known, import.account};
    statements::read_statements(bytes, profile, reader);
    reading = std::move(reader).reading();
    for (ReadStatement& read : reading.statements)
      for (BankLine& line : read.lines) line.import = number;
  } catch (const Refused& refused) {
    step = {ImportState::unreadable, std::string{text_of(refused.refusal()).code}, refused.detail()};
  }
  std::int64_t lines = 0;
  for (const ReadStatement& read : reading.statements) lines += std::ssize(read.lines);
  const BankImport kept_import = database.in_tx([&](Tx& tx) {
    lock_imports(tx, node);
    const BankImport now = read_import(tx, node, number);
    if (now.state != state) return now;
    Undoable kept{tx, "bank_reading"};
    if (step.state == ImportState::read && !store(tx, node, number, reading, watch)) {
      kept.undo();
      return now;
    }
    kept.keep();
    insert_import_step(tx, node, number, step, author);
    books::tell(tx, node, author, "bank_file_read", {{"import", number.number()}});
    return read_import(tx, node, number);
  });
  if (lines >= many_lines && kept_import.state == ImportState::read)
    database.in_tx([](Tx& tx) { refresh_statistics(tx); });
  return kept_import;
}

// How many lines began to count; nothing if it was stopped: then only a part is taken in.
std::optional<std::int64_t> take_lines_in(Tx& tx, NodeId node, BankImportNumber number,
                                          bool although_it_contradicts, const books::Author& author,
                                          const FileWatch& watch) {
  lock_imports(tx, node);
  require_can_be_taken_in(tx, node, number, although_it_contradicts);
  insert_import_step(tx, node, number, {ImportState::taken_in}, author);
  const LineRange range = read_line_range(tx, node, number);
  std::int64_t fresh = 0;
  for (std::int64_t done = 0; done < range.count; done += lines_at_once) {
    if (!goes_on(watch, "taking in", done, range.count)) return std::nullopt;
    fresh += insert_live_lines(tx, node, number, range.first + done, range.first + done + lines_at_once - 1);
  }
  books::lock_book_head(tx, node);
  remember_flips(tx, node, read_statements(tx, node, number), known_accounts(tx, node), author);
  keep_set_aside(tx, node, number, author);
  books::tell(tx, node, author, "bank_file_taken_in", {{"import", number.number()}});
  if (!goes_on(watch, "taking in", range.count, range.count)) return std::nullopt;
  return fresh;
}

// Only what is undecided, or has no form that is known, waits for an answer.
std::optional<statements::FileSurvey> survey_of(Tx& tx, NodeId node, const BankImport& import) {
  const bool is_open = import.code == text_of(Refusal::statement_undecided).code ||
                       import.code == text_of(Refusal::statement_format_unknown).code;
  if (import.state != ImportState::unreadable || !is_open) return std::nullopt;
  return statements::survey_file(read_import_bytes(tx, node, import.number),
                                 file_profile_of(tx, node, import.account, std::nullopt));
}

}  // namespace

Received receive_file(Tx& tx, NodeId node, const ReceivedFile& file, const books::Author& author) {
  require_file(tx, node, file);
  books::lock_book_head(tx, node);
  const std::string hash = hex_of(sha256_of(file.bytes));
  for (const BankImport& import : list_imports(tx, node, {.file_hash = hash}))
    if (is_still_used(import) && import.account == file.account) return {import, true};
  const BankImportNumber number = insert_import(tx, node, file, hash, author);
  books::tell(tx, node, author, "bank_file_received", {{"import", number.number()}});
  return {read_import(tx, node, number), false};
}

BankImport read_file(Database& database, NodeId node, BankImportNumber number, const books::Author& author,
                     const FileWatch& watch) {
  return read_from(database, node, number, ImportState::received, std::nullopt, author, watch);
}

BankImport read_file_again(Database& database, NodeId node, BankImportNumber number,
                           const std::optional<ReadingProfile>& given, const books::Author& author,
                           const FileWatch& watch) {
  return read_from(database, node, number, ImportState::unreadable, given, author, watch);
}

void require_unreadable(const BankImport& import) { require_state(import, ImportState::unreadable); }

BankImport read_import(Tx& tx, NodeId node, BankImportNumber number) {
  const auto found = list_imports(tx, node, {.number = number});
  if (found.empty())
    throw Refused{Refusal::bank_import_unknown, "there is no file " + std::to_string(number.number())};
  return found.front();
}

ImportPreview preview_import(Tx& tx, NodeId node, BankImportNumber number) {
  ImportPreview preview{read_import(tx, node, number), {}, read_notes(tx, node, number), std::nullopt};
  preview.survey = survey_of(tx, node, preview.import);
  const auto known = known_accounts(tx, node);
  const auto counts = count_lines(tx, node, number);
  const bool has_standing = preview.import.state == ImportState::taken_in;
  const auto standing = has_standing ? count_standing(tx, node, number) : std::vector<StandingCounts>{};
  for (const BankStatement& statement : read_statements(tx, node, number)) {
    const Unit unit = unit_among(known, statement);
    const auto precedent = find_precedent(tx, node, number, statement, unit.scale);
    StatementPreview one{
        statement, counts.at(preview.statements.size()), continuity_of(statement, precedent, unit), {}};
    one.words = words_of_statement(one.statement, one.counts, one.continuity, unit);
    if (has_standing && statement.purpose == statements::Purpose::booked)
      one.words += "; " + words_of_standing(standing.at(preview.statements.size()));
    preview.statements.push_back(std::move(one));
  }
  return preview;
}

void require_can_be_taken_in(Tx& tx, NodeId node, BankImportNumber number, bool although_it_contradicts) {
  require_state(read_import(tx, node, number), ImportState::read);
  if (!although_it_contradicts)
    require_consistent(read_statements(tx, node, number), known_accounts(tx, node));
}

std::int64_t take_in(Tx& tx, NodeId node, BankImportNumber number, bool although_it_contradicts,
                     const books::Author& author) {
  return take_lines_in(tx, node, number, although_it_contradicts, author, {}).value();
}

std::optional<std::int64_t> take_in_watched(Database& database, NodeId node, BankImportNumber number,
                                            bool although_it_contradicts, const books::Author& author,
                                            const FileWatch& watch) {
  return database.in_tx([&](Tx& tx) {
    Undoable all{tx, "bank_taking_in"};
    const auto fresh = take_lines_in(tx, node, number, although_it_contradicts, author, watch);
    if (fresh) all.keep();
    else all.undo();
    return fresh;
  });
}

BankImport drop_import(Tx& tx, NodeId node, BankImportNumber number, const std::string& reason,
                       const books::Author& author) {
  if (reason.empty() || reason.size() > 500)
    throw Refused{Refusal::field_invalid, "a reason has 1 to 500 bytes", "/reason"};
  lock_imports(tx, node);
  books::lock_book_head(tx, node);
  require_state(read_import(tx, node, number), ImportState::read);
  insert_import_step(tx, node, number, {ImportState::dropped, {}, reason}, author);
  books::tell(tx, node, author, "bank_file_dropped", {{"import", number.number()}});
  return read_import(tx, node, number);
}

}  // namespace coop::bank
