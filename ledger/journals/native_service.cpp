#include "ledger/journals/native_service.hpp"

#include <fstream>

#include "ledger/books/node_service.hpp"
#include "ledger/journals/export_store.hpp"
#include "ledger/journals/json_fields.hpp"
#include "ledger/journals/native_reader.hpp"
#include "ledger/journals/native_row_store.hpp"
#include "ledger/journals/native_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

/// Writes lines to a sink, counts them and keeps their hash.
class NativeWriter {
 public:
  explicit NativeWriter(const Sink& sink) : sink_{sink} {}

  void write(const NativeLine& line) {
    if (const auto* unit = std::get_if<NativeUnit>(&line)) scales_.emplace(unit->code, unit->scale);
    append_native_line(text_, line, scales_);
    ++lines_[std::string{kind_of(line)}];
    constexpr std::size_t enough = 256'000;
    if (text_.size() > enough) flush();
  }
  template <class Line>
  void write_all(const std::vector<Line>& lines) {
    for (const Line& line : lines) write(line);
  }
  void end(const Hash& last_hash) {
    flush();
    append_native_line(text_, NativeEnd{lines_, last_hash, hash_.value()}, scales_);
    flush();
  }

 private:
  void flush() {
    hash_.add(text_);
    sink_(text_);
    text_.clear();
  }
  const Sink& sink_;
  std::string text_;
  Scales scales_;
  std::map<std::string, std::int64_t> lines_;
  RunningHash hash_;
};

// Writes page after page of `read(after)`; `last` of a page says where the next one begins.
template <class After, class Read, class Last>
void write_pages(NativeWriter& writer, After after, const Read& read, const Last& last) {
  for (auto page = read(after); !page.empty(); page = read(after)) {
    writer.write_all(page);
    after = last(page.back());
  }
}

// Entries and the checkpoints made of them, in order. False if the caller stops it.
bool write_entries(Tx& tx, NodeId node, NativeWriter& writer, Exported& exported, const Watch& watch) {
  const std::int64_t total = read_last_number(tx, node);
  while (true) {
    const auto page = read_entries_after(tx, node, exported.entries);
    if (page.empty()) return true;
    const std::int64_t through = page.back().entry.number.number();
    const auto checkpoints = read_native_checkpoints(tx, node, exported.entries, through);
    auto checkpoint = checkpoints.begin();
    for (const NativeEntry& entry : page) {
      writer.write(entry);
      if (checkpoint != checkpoints.end() && checkpoint->entry == entry.entry.number.number()) {
        writer.write(*checkpoint++);
      }
    }
    exported.entries = through;
    watch.tell("writing", through, total);
    if (watch.is_cancelled()) return false;
  }
}

// The rows of the rooms beside the books, those of a few hundred members at a time.
void write_rows(Tx& tx, NodeId node, NativeWriter& writer) {
  const auto write = [&](const NativeRow& row) { writer.write(row); };
  for (const RowKind& kind : row_kinds()) {
    const int last = last_of_native_rows(tx, node, kind);
    for (int after = 0; after < last; after += kind.at_once)
      read_native_rows(tx, node, kind, after, after + kind.at_once, write);
  }
}

Exported write_books(Tx& tx, NodeId node, Instant exported_at, const Sink& sink, const Watch& watch) {
  Exported exported{0, false};
  NativeWriter writer{sink};
  const NativeHead head = read_native_head(tx, node, exported_at);
  writer.write(head);
  writer.write_all(read_native_units(tx, node));
  const auto last_id = [](const auto& row) { return row.id; };
  const auto last_number = [](const auto& row) { return row.number; };
  write_pages(writer, 0, [&](int after) { return read_native_dimensions(tx, node, after); }, last_id);
  write_pages(writer, 0, [&](int after) { return read_native_accounts(tx, node, after); }, last_id);
  write_pages(
      writer, std::int64_t{0}, [&](std::int64_t after) { return read_native_holds(tx, node, after); },
      last_number);
  if (!write_entries(tx, node, writer, exported, watch)) return exported;
  write_pages(
      writer, std::int64_t{0}, [&](std::int64_t after) { return read_native_hold_ends(tx, node, after); },
      [](const NativeHoldEnd& end) { return end.hold; });
  writer.write_all(read_native_locks(tx, node));
  writer.write_all(read_native_unlocks(tx, node));
  write_pages(
      writer, std::int64_t{0}, [&](std::int64_t after) { return read_native_events(tx, node, after); },
      last_number);
  write_pages(
      writer, std::string{"00000000-0000-0000-0000-000000000000"},
      [&](const std::string& after) { return read_native_answers(tx, node, after); },
      [](const NativeAnswer& answer) { return answer.request_key; });
  write_rows(tx, node, writer);
  writer.end(head.last_hash);
  exported.complete = true;
  return exported;
}

}  // namespace

Exported export_native(Database& database, std::string_view node_name, Instant exported_at, const Sink& sink,
                       const Watch& watch) {
  bool begun = false;
  return database.in_snapshot([&](Tx& tx) {
    if (begun) throw Unavailable{"the snapshot was lost while the books were being written"};
    allow_long_statements(tx);
    const books::Node node = books::read_node(tx, node_name);
    begun = true;
    return write_books(tx, node.id, exported_at, sink, watch);
  });
}

NativeSummary check_native(const std::filesystem::path& file, const Watch& watch) {
  std::ifstream in{file, std::ios::binary};
  if (!in) refuse_unreadable("the file " + file.string() + " cannot be opened");
  NativeReader reader{in};
  NativeSummary summary{"", {}, 0, {}, false};
  std::int64_t total = 0;
  for (auto line = reader.next(); line; line = reader.next()) {
    if (const auto* head = std::get_if<NativeHead>(&*line)) {
      summary.node = head->node;
      total = head->entries;
    } else if (const auto* entry = std::get_if<NativeEntry>(&*line)) {
      summary.entries = entry->entry.number.number();
    } else if (const auto* end = std::get_if<NativeEnd>(&*line)) {
      summary.lines = end->lines;
      summary.last_hash = end->last_hash;
    }
    if (reader.line_number() % page_of_entries != 0) continue;
    watch.tell("checking", summary.entries, total);
    if (watch.is_cancelled()) return summary;
  }
  summary.complete = true;
  return summary;
}

}  // namespace coop::journals
