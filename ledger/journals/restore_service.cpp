#include <boost/json.hpp>
#include <fstream>
#include <tuple>

#include "ledger/books/posting_store.hpp"
#include "ledger/journals/export_store.hpp"
#include "ledger/journals/json_fields.hpp"
#include "ledger/journals/native_message_rows_store.hpp"
#include "ledger/journals/native_reader.hpp"
#include "ledger/journals/native_row_store.hpp"
#include "ledger/journals/native_service.hpp"
#include "ledger/journals/restore_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

/// Takes the lines of a checked export and writes them, a thousand of a kind at a time.
class Restoration {
 public:
  Restoration(Tx& tx, const NativeChecks& checks, Instant now) : tx_{tx}, checks_{checks}, now_{now} {}

  void take(NativeLine&& line) {
    if (kind_of(line) != kind_) flush();
    kind_ = kind_of(line);
    std::visit([this](auto& one) { keep(std::move(one)); }, line);
  }

 private:
  using Pending = std::tuple<std::vector<NativeDimension>, std::vector<NativeAccount>,
                             std::vector<NativeHold>, std::vector<NativeEntry>, std::vector<NativeCheckpoint>,
                             std::vector<NativeHoldEnd>, std::vector<NativeLock>, std::vector<NativeUnlock>,
                             std::vector<NativeEvent>, std::vector<NativeAnswer>, std::vector<NativeRow>>;

  // The node can be made when its base unit is known, which follows on the first line.
  void keep(NativeHead&& head) {
    head_ = RestoredHead{head.entries, head.last_hash, std::nullopt, head.holds, 0};
    node_line_ = std::move(head);
  }
  void keep(NativeUnit&& unit) {
    ids_.units.emplace(unit.code, require_restored_unit(tx_, unit));
    if (unit.code == node_line_->base_unit)
      node_ = insert_restored_node(tx_, *node_line_, ids_.units.at(unit.code));
  }
  void keep(NativeEnd&&) {
    const NodeId node = require_node();
    insert_restored_balances(tx_, node, checks_.standings());
    std::vector<AccountId> marked;  // as often as the posting engine marks them
    std::vector<AccountId> busy;
    for (const auto& [id, standing] : checks_.standings()) {
      if (standing.posting_count >= books::mark_step) marked.push_back(AccountId{id});
      if (standing.posting_count >= books::day_totals_from) busy.push_back(AccountId{id});
    }
    books::start_marks(tx_, node, marked);
    books::start_day_totals(tx_, node, busy);
    insert_restored_debtors(tx_, node);
    insert_restored_deliveries(tx_, node);
    update_restored_head(tx_, node, *head_);
  }
  template <class Line>
  void keep(Line&& line) {
    note(line);
    auto& pending = std::get<std::vector<std::remove_cvref_t<Line>>>(pending_);
    pending_bytes_ += bytes_of(line);
    pending.push_back(std::move(line));
    if (pending.size() == page_of_entries || pending_bytes_ > most_pending_bytes) flush();
  }

  // Rows may be long: a part of a bank's file is.
  static constexpr std::size_t most_pending_bytes = 8'000'000;
  static std::size_t bytes_of(const NativeRow& row) { return row.json.size(); }
  template <class Line>
  static std::size_t bytes_of(const Line&) {
    return 0;
  }

  // What else a line says.
  void note(const NativeEntry& native) {
    head_->last_recorded_at = native.entry.recorded_at;
    know(native.entry.recorded_by);
  }
  void note(const NativeHold& hold) { know(hold.made_by); }
  void note(const NativeHoldEnd& end) { know(end.ended_by); }
  void note(const NativeLock& lock) { know(lock.locked_by); }
  void note(const NativeUnlock& unlock) { know(unlock.lifted_by); }
  void note(const NativeEvent& event) {
    head_->last_event = event.number;
    head_->last_recorded_at = std::max(head_->last_recorded_at, std::optional{event.recorded_at});
  }
  void note(const NativeRow& row) {
    const auto value = boost::json::parse(row.json);
    JsonFields fields = JsonFields::of(value);
    for (const RowField& field : row.of->fields)
      if (field.type == FieldType::user) know(fields.maybe_text(field.name));
  }
  template <class Line>
  void note(const Line&) {}

  void know(const std::optional<std::string>& user) {
    if (user && !ids_.users.contains(*user))
      ids_.users.emplace(*user, require_restored_user(tx_, *user, now_));
  }

  NodeId require_node() const {
    if (!node_) throw Refused{Refusal::import_contradicts, "the node's base unit is not described"};
    return *node_;
  }

  void flush() {
    std::apply([this](auto&... pending) { (flush_one(pending), ...); }, pending_);
    pending_bytes_ = 0;
  }
  template <class Line>
  void flush_one(std::vector<Line>& pending) {
    if (pending.empty()) return;
    write(pending);
    pending.clear();
  }
  void write(const std::vector<NativeDimension>& lines) { insert_restored(tx_, require_node(), lines); }
  void write(const std::vector<NativeAccount>& lines) { insert_restored(tx_, require_node(), lines, ids_); }
  void write(const std::vector<NativeHold>& lines) {
    insert_restored(tx_, require_node(), lines, checks_, ids_);
  }
  void write(const std::vector<NativeEntry>& lines) {
    insert_restored(tx_, require_node(), lines, checks_, ids_);
  }
  void write(const std::vector<NativeCheckpoint>& lines) { insert_restored(tx_, require_node(), lines); }
  void write(const std::vector<NativeHoldEnd>& lines) { insert_restored(tx_, require_node(), lines, ids_); }
  void write(const std::vector<NativeLock>& lines) { insert_restored(tx_, require_node(), lines, ids_); }
  void write(const std::vector<NativeUnlock>& lines) { insert_restored(tx_, require_node(), lines, ids_); }
  void write(const std::vector<NativeEvent>& lines) { insert_restored(tx_, require_node(), lines); }
  void write(const std::vector<NativeAnswer>& lines) { insert_restored(tx_, require_node(), lines); }
  void write(const std::vector<NativeRow>& lines) {
    insert_restored_rows(tx_, require_node(), *lines.front().of, lines);
  }

  Tx& tx_;
  const NativeChecks& checks_;
  Instant now_;
  RestoredIds ids_;
  std::optional<NodeId> node_;
  std::optional<NativeHead> node_line_;
  std::optional<RestoredHead> head_;
  std::string_view kind_;
  Pending pending_;
  std::size_t pending_bytes_ = 0;
};

}  // namespace

namespace {

/// The caller stopped it: what was written is rolled back.
struct Stopped {};

void restore_lines(Tx& tx, const std::filesystem::path& file, Instant now, const Watch& watch) {
  allow_long_statements(tx);
  begin_restored_files(tx);
  std::ifstream in{file, std::ios::binary};
  NativeReader reader{in};
  Restoration restoration{tx, reader.checks(), now};
  for (auto line = reader.next(); line; line = reader.next()) {
    restoration.take(std::move(*line));
    if (reader.line_number() % page_of_entries != 0) continue;
    watch.tell("restoring", reader.line_number(), 0);
    if (watch.is_cancelled()) throw Stopped{};
  }
}

}  // namespace

NativeSummary restore_native(Database& database, const std::filesystem::path& file, Instant now,
                             const Watch& watch) {
  NativeSummary summary = check_native(file, watch);
  if (!summary.complete) return summary;
  try {
    database.in_tx([&](Tx& tx) { restore_lines(tx, file, now, watch); });
  } catch (const Stopped&) {
    summary.complete = false;
  } catch (const RefusedBySchema& refused) {
    // Lines that contradict each other where only the schema looks, at the end of the database transaction.
    throw Refused{Refusal::import_contradicts, "the books would not hold together: " + refused.words()};
  }
  return summary;
}

}  // namespace coop::journals
