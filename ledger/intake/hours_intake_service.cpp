#include "ledger/intake/hours_intake_service.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/database/undoable.hpp"
#include "ledger/intake/hours_import_store.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/sha256.hpp"
#include "ledger/work/hours_service.hpp"

namespace coop::intake {

namespace {

using statements::HourRow;

// A row that can be read, and what it says however its cells are mapped.
struct ReadHours {
  int line;
  books::Fingerprint key;
  work::HoursDraft draft;
};

std::string words_of(const HourRow& row) {
  std::string text;
  for (const std::string& part : {row.day->text(), std::to_string(row.minutes), row.member, row.circle,
                                  row.work, row.intent, row.cost_object, row.task, row.note, row.id})
    text += std::to_string(part.size()) + ":" + part;
  return text;
}

void add_doubt(IntakeReport& report, std::size_t line, const std::string& column, const std::string& text) {
  report.doubts.push_back({static_cast<int>(line), column, text});
}

/// Reads rows into drafts; what cannot be read becomes a doubt.
class HoursReading {
 public:
  HoursReading(const HoursMapping& mapping, const std::map<std::string, std::string>& members_of_users)
      : mapping_{mapping}, members_of_users_{members_of_users} {}

  std::vector<ReadHours> read(const std::vector<HourRow>& rows, IntakeReport& report) {
    std::vector<ReadHours> all;
    for (const HourRow& row : rows) {
      for (const statements::HourFault& fault : row.faults)
        add_doubt(report, row.line, fault.column, fault.why);
      if (!row.faults.empty()) continue;
      auto draft = draft_of(row, report);
      if (!draft) continue;
      const std::string said = words_of(row);
      const int times = ++seen_[said];  // two rows that say the same are two pieces of work
      all.push_back({static_cast<int>(row.line),
                     books::fingerprint_of("hours row " + std::to_string(times) + " " + said),
                     std::move(*draft)});
    }
    return all;
  }

 private:
  std::optional<work::HoursDraft> draft_of(const HourRow& row, IntakeReport& report) const {
    const std::string intent = mapping_.meant("intent", row.intent);
    for (const char* known : {"obligation", "gift", "paid"})
      if (intent == known) {
        work::HoursDraft draft{.member = member_of(row),
                               .circle = mapping_.meant("circle", row.circle),
                               .worked_on = *row.day,
                               .minutes = static_cast<int>(std::min<std::int64_t>(row.minutes, 1'000'000)),
                               .kind = mapping_.meant("work", row.work),
                               .intent = work::intent_from(intent),
                               .task = row.task,
                               .note = row.note};
        const std::string cost_object = mapping_.meant("cost_object", row.cost_object);
        if (!cost_object.empty()) draft.cost_object = cost_object;
        return draft;
      }
    add_doubt(report, row.line, "intent",
              intent.empty() ? "what the hours are for: say intent:=paid, gift or obligation"
                             : "'" + intent.substr(0, 60) + "' is none of obligation, gift, paid");
    return std::nullopt;
  }

  std::string member_of(const HourRow& row) const {
    const std::string meant = mapping_.meant("member", row.member);
    const auto found = members_of_users_.find(meant);
    return found == members_of_users_.end() ? meant : found->second;
  }

  const HoursMapping& mapping_;
  const std::map<std::string, std::string>& members_of_users_;
  std::map<std::string, int> seen_ = {};
};

// Those that no row recorded before.
std::vector<ReadHours> without_known(Tx& tx, NodeId node, std::vector<ReadHours> read, IntakeReport& report) {
  std::vector<books::Fingerprint> keys;
  for (const ReadHours& one : read) keys.push_back(one.key);
  const auto known = read_known_rows(tx, node, keys);
  report.known = static_cast<std::int64_t>(
      std::erase_if(read, [&](const ReadHours& one) { return known.contains(one.key); }));
  return read;
}

// Submits them a thousand at a time.
std::vector<ImportedRow> submit(Tx& tx, const books::Node& node, const std::vector<ReadHours>& read,
                                IntakeReport& report, const books::Author& author) {
  std::vector<ImportedRow> imported;
  for (std::size_t first = 0; first < read.size(); first += work::most_hours_at_once) {
    const std::size_t end = std::min(read.size(), first + work::most_hours_at_once);
    std::vector<work::HoursDraft> drafts;
    for (std::size_t i = first; i < end; ++i) drafts.push_back(read[i].draft);
    const auto outcomes = work::submit_hours(tx, node, drafts, {author, true});
    for (std::size_t i = first; i < end; ++i) {
      const work::HoursOutcome& outcome = outcomes[i - first];
      if (const auto* refused = std::get_if<Refused>(&outcome))
        add_doubt(report, static_cast<std::size_t>(read[i].line),
                  refused->field().empty() ? "" : refused->field().substr(1), refused->detail());
      else imported.push_back({read[i].line, read[i].key, std::get<work::Hours>(outcome).number});
    }
  }
  return imported;
}

void require_some_rows(const std::vector<HourRow>& rows) {
  if (rows.empty()) throw Refused{Refusal::import_unreadable, "the table has no rows"};
  if (rows.size() > most_rows)
    throw Refused{Refusal::import_unreadable,
                  "the table has " + std::to_string(rows.size()) + " rows, at most 20000 come in at once"};
}

}  // namespace

HoursIntake import_hours(Tx& tx, const books::Node& node, std::string_view bytes, const HoursMapping& mapping,
                         Doubtful doubtful, const books::Author& author) {
  const auto rows = statements::hour_rows_from(bytes, mapping.columns, mapping.day_order);
  require_some_rows(rows);
  books::lock_book_head(tx, node.id);
  HoursIntake intake;
  IntakeReport& report = intake.report;
  report.rows = static_cast<std::int64_t>(rows.size());
  const std::string file_hash = hex_of(sha256_of(bytes));
  const auto before = find_import(tx, node.id, file_hash);
  if (before && before->recorded + before->known == before->rows) {
    report.known = report.rows;
    intake.same_as = before->number;
    return intake;
  }
  const auto members_of_users = read_members_of_users(tx, node.id);
  Undoable whole{tx, "hours_table"};
  const auto read =
      without_known(tx, node.id, HoursReading{mapping, members_of_users}.read(rows, report), report);
  const auto imported = submit(tx, node, read, report, author);
  std::ranges::stable_sort(report.doubts, {}, &IntakeDoubt::line);
  report.is_complete = report.doubts.empty() || doubtful == Doubtful::skip;
  if (!report.is_complete) {
    whole.undo();
    return intake;
  }
  report.recorded = static_cast<std::int64_t>(imported.size());
  if (!imported.empty()) {
    books::BookHead head = books::lock_book_head(tx, node.id);
    const books::Author at{author.user, books::next_recorded_at(head, author.now)};
    intake.number = insert_import(tx, node.id,
                                  {.number = 0,
                                   .file_hash = file_hash,
                                   .rows = static_cast<int>(report.rows),
                                   .recorded = static_cast<int>(report.recorded),
                                   .known = static_cast<int>(report.known),
                                   .recorded_at = at.now,
                                   .recorded_by = {}},
                                  at);
    insert_imported_rows(tx, node.id, *intake.number, imported);
    books::tell(tx, head, at.now, "hours_imported",
                {{"import", *intake.number}, {"recorded", report.recorded}});
  }
  whole.keep();
  return intake;
}

}  // namespace coop::intake
