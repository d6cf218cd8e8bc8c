#pragma once
#include <map>
#include <string>
#include <utility>

#include "ledger/journals/account_names.hpp"
#include "ledger/journals/journal.hpp"

namespace coop::journals {

/// Writes a journal for beancount 2 and 3: accounts opened with their units, balances checked without
/// tolerance, closed accounts closed, original paths and what the programs do not know in metadata, reversals
/// linked to what they reverse.
class BeancountWriter : public JournalWriter {
 public:
  explicit BeancountWriter(Sink sink) : sink_{std::move(sink)} {}
  void begin(const JournalHead& head) override;
  void write(const books::Entry& entry) override;
  void end() override;

 private:
  struct Opened;
  void append_units(const JournalHead& head, const std::string& first_day);
  void append_opened(const Opened& opened);
  void close(const std::vector<Opened>& opened);
  void append_entry_metadata(const books::Entry& entry);
  void append_posting(const books::Posting& posting);
  void append_metadata(std::string_view indent, std::string_view key, std::string_view value);
  void flush();

  Sink sink_;
  std::string out_;
  std::string closing_;  ///< balances and closings, written at the end
  BeancountNames names_;
  std::map<std::pair<std::string, std::string>, std::string> by_path_and_unit_;  ///< names
};

}  // namespace coop::journals
