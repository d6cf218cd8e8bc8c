#pragma once
#include <map>
#include <string>
#include <utility>

#include "ledger/journals/journal.hpp"

namespace coop::journals {

/// Writes a journal that both hledger and ledger read, and check strictly: commodities, tags and accounts
/// declared, no group marks, no virtual postings, every posting with its amount. What the books know of an
/// entry and the programs do not (number, hash, dimensions …) stands in tags, their values percent-encoded.
class PlainWriter : public JournalWriter {
 public:
  /// `dialect` is hledger or ledger.
  PlainWriter(Dialect dialect, Sink sink) : dialect_{dialect}, sink_{std::move(sink)} {}
  void begin(const JournalHead& head) override;
  void write(const books::Entry& entry) override;
  void end() override {}

 private:
  struct Closing {
    std::int64_t balance_minor;
    LastPosting last;
  };
  struct Named {
    std::string name;
    std::optional<Closing> closing;
  };
  void append_commodities(const JournalHead& head);
  void append_accounts(const JournalHead& head);
  void append_head_line(const books::Entry& entry);
  void append_entry_tags(const books::Entry& entry);
  void append_posting(const books::Entry& entry, const books::Posting& posting);
  void append_tag(std::string_view name, std::string_view value);
  void flush();

  Dialect dialect_;
  Sink sink_;
  std::string out_;
  std::map<std::pair<std::string, std::string>, Named> accounts_;  ///< by path and unit
};

}  // namespace coop::journals
