#include "ledger/journals/export_service.hpp"

#include "ledger/books/node_service.hpp"
#include "ledger/journals/export_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

Exported export_journal(Database& database, std::string_view node_name, Dialect dialect, const Sink& sink,
                        const Watch& watch) {
  bool begun = false;
  return database.in_snapshot([&](Tx& tx) {
    // What the sink has cannot be taken back, so a second try would write it twice.
    if (begun) throw Unavailable{"the snapshot was lost while the journal was being written"};
    allow_long_statements(tx);
    const books::Node node = books::read_node(tx, node_name);
    const std::int64_t total = read_last_number(tx, node.id);
    const auto writer = journal_writer(dialect, sink);
    begun = true;
    writer->begin(read_journal_head(tx, node));
    Exported exported{0, true};
    Day day = Day::parse("0001-01-01");
    std::int64_t number = 0;
    while (true) {
      const auto page = read_entries_by_day(tx, node.id, day, number);
      if (page.empty()) break;
      for (const NativeEntry& stored : page) writer->write(stored.entry);
      day = page.back().entry.booked_on;
      number = page.back().entry.number.number();
      exported.entries += static_cast<std::int64_t>(page.size());
      watch.tell("writing", exported.entries, total);
      if (watch.is_cancelled()) return Exported{exported.entries, false};
    }
    writer->end();
    return exported;
  });
}

}  // namespace coop::journals
