#include "ledger/statements/hour_rows.hpp"

#include <algorithm>
#include <array>

#include "ledger/statements/csv_cells.hpp"
#include "ledger/statements/csv_figures.hpp"
#include "ledger/statements/csv_profile.hpp"
#include "ledger/statements/csv_rows.hpp"
#include "ledger/statements/source_text.hpp"
#include "ledger/statements/written_amount.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::statements {

namespace {

// As column_key reads them, the likeliest first.
constexpr std::array<std::string_view, 7> day_names{"worked on", "date",  "datum", "fecha",
                                                    "data",      "start", "beginn"};
constexpr std::array<std::string_view, 8> duration_names{"minutes", "minuten",  "duration", "dauer",
                                                         "duree",   "duracion", "durata",   "duur"};
constexpr std::array<std::string_view, 10> member_names{"member",    "mitglied",    "user",    "username",
                                                        "benutzer",  "utilisateur", "usuario", "utente",
                                                        "gebruiker", "name"};
constexpr std::array<std::string_view, 7> project_names{"circle", "kreis",    "project", "projekt",
                                                        "projet", "proyecto", "progetto"};
constexpr std::array<std::string_view, 7> activity_names{"work",      "activity", "tatigkeit", "activite",
                                                         "actividad", "attivita", "activiteit"};
constexpr std::array<std::string_view, 1> intent_names{"intent"};
constexpr std::array<std::string_view, 1> cost_object_names{"cost object"};
constexpr std::array<std::string_view, 1> task_names{"task"};
constexpr std::array<std::string_view, 5> words_names{"note", "description", "beschreibung", "descripcion",
                                                      "descrizione"};
constexpr std::array<std::string_view, 1> id_names{"id"};

std::optional<std::size_t> find_named(const std::vector<std::string>& header, const std::string& told,
                                      std::span<const std::string_view> names) {
  if (!told.empty()) {
    const auto column = find_column(header, told.front() == '#' ? told : column_key(told));
    return column;
  }
  for (const std::string_view name : names)
    if (const auto column = find_column(header, std::string{name})) return column;
  return std::nullopt;
}

struct Columns {
  std::optional<std::size_t> day, duration, member, circle, work, intent, cost_object, task, words, id;
  bool counts_minutes = false;  // the name of the duration says that it is minutes
};

// Nothing: the row is not the header.
std::optional<Columns> columns_of(const std::vector<std::string>& header, const HourColumns& told) {
  Columns columns{find_named(header, told.worked_on, day_names),
                  find_named(header, told.minutes, duration_names),
                  find_named(header, told.member, member_names),
                  find_named(header, told.circle, project_names),
                  find_named(header, told.work, activity_names),
                  find_named(header, told.intent, intent_names),
                  find_named(header, told.cost_object, cost_object_names),
                  find_named(header, told.task, task_names),
                  find_named(header, told.note, words_names),
                  find_named(header, told.id, id_names)};
  if (!columns.day || !columns.duration || !columns.member) return std::nullopt;
  for (const auto& [name, place] :
       {std::pair{&told.circle, columns.circle}, std::pair{&told.work, columns.work},
        std::pair{&told.intent, columns.intent}, std::pair{&told.cost_object, columns.cost_object},
        std::pair{&told.task, columns.task}, std::pair{&told.note, columns.words},
        std::pair{&told.id, columns.id}})
    if (!name->empty() && !place) return std::nullopt;
  const std::string key = " " + column_key(header[*columns.duration]) + " ";
  for (const char* word : {" min ", " minutes ", " minuten ", " minutos ", " minuti "})
    columns.counts_minutes = columns.counts_minutes || key.find(word) != std::string::npos;
  return columns;
}

/// Reads the rows below the header.
class HourReader {
 public:
  HourReader(const SourceTable& table, std::size_t header, const Columns& columns)
      : table_{table}, first_{header + 1}, columns_{columns} {}

  std::vector<HourRow> read(std::optional<DayOrder> order) {
    look();
    const DayOrder days = decided(order);
    std::vector<HourRow> rows;
    for (std::size_t i = first_; i < table_.rows.size(); ++i) {
      const SourceRow& row = table_.rows[i];
      if (is_passed_over(row)) continue;
      rows.push_back(read_row(row, days));
    }
    return rows;
  }

 private:
  HourRow read_row(const SourceRow& row, DayOrder order) const {
    const auto text = [&](std::optional<std::size_t> column) { return said(cell_at(row, column)); };
    HourRow read{.line = row.line,
                 .day = find_day(row, order),
                 .minutes = find_minutes(row).value_or(0),
                 .member = text(columns_.member),
                 .circle = text(columns_.circle),
                 .work = text(columns_.work),
                 .intent = text(columns_.intent),
                 .cost_object = text(columns_.cost_object),
                 .task = text(columns_.task),
                 .note = text(columns_.words),
                 .id = text(columns_.id)};
    if (read.member.empty()) read.faults.push_back({"member", "the row has no user"});
    if (!read.day)
      read.faults.push_back({"worked_on", "this is no day: " + cited(cell_at(row, columns_.day))});
    if (read.minutes == 0)
      read.faults.push_back(
          {"minutes", "this is no duration of whole minutes: " + cited(cell_at(row, columns_.duration))});
    return read;
  }

  // Totals below the table have neither a day nor a user.
  bool is_passed_over(const SourceRow& row) const {
    return cell_at(row, columns_.day).empty() && cell_at(row, columns_.member).empty();
  }

  void look() {
    for (std::size_t i = first_; i < table_.rows.size(); ++i) {
      if (is_passed_over(table_.rows[i])) continue;
      if (const auto day = find_csv_day(cell_at(table_.rows[i], columns_.day))) days_.add(*day);
      const std::string& duration = cell_at(table_.rows[i], columns_.duration);
      if (duration.find(':') != std::string::npos) {
        has_colon_ = true;
      } else if (duration.find_first_not_of("0123456789., '") == std::string::npos && !duration.empty()) {
        marks_.add(duration);  // what is no number is told with its row
        has_plain_ = true;
        has_mark_ = has_mark_ || duration.find_first_of(".,") != std::string::npos;
      }
    }
    if (columns_.counts_minutes) return;
    if (has_colon_ && has_plain_)
      refuse_unreadable("the durations", "some are hours and minutes, others are not");
    if (has_plain_ && (!has_mark_ || (!marks_.mark() && !marks_.is_contradictory())))
      throw Refused{Refusal::statement_undecided, "duration: hours, minutes or seconds"};
  }

  DayOrder decided(std::optional<DayOrder> order) const {
    if (days_.needs_day_month && days_.needs_month_day)
      refuse_unreadable("the days", "some stand before the month, others behind it");
    if (days_.needs_day_month) return DayOrder::day_month;
    if (days_.needs_month_day) return DayOrder::month_day;
    if (days_.is_ambiguous && !order)
      throw Refused{Refusal::statement_undecided, "day_order: whether the day or the month comes first"};
    return order.value_or(DayOrder::day_month);
  }

  std::optional<Day> find_day(const SourceRow& row, DayOrder order) const {
    const auto written = find_csv_day(cell_at(row, columns_.day));
    const auto day = written ? day_in_order(*written, order) : std::nullopt;
    if (!day || day->is_clamped) return std::nullopt;
    return day->day;
  }

  // Nothing, too, where they are none or fewer.
  std::optional<std::int64_t> find_minutes(const SourceRow& row) const {
    const std::string& cell = cell_at(row, columns_.duration);
    const auto minutes = columns_.counts_minutes ? find_whole(cell)
                         : has_colon_            ? find_clock(cell)
                                                 : find_hours(cell);
    return minutes && *minutes > 0 ? minutes : std::nullopt;
  }

  static std::optional<std::int64_t> find_whole(std::string_view text) {
    return is_number(text) && text.size() <= 9 ? std::optional{digits_of(text)} : std::nullopt;
  }

  // "1:30", "01:30:00"
  static std::optional<std::int64_t> find_clock(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == 0 || colon > 4 || text.size() < colon + 3 || !is_number(text.substr(0, colon)) ||
        !is_number(text.substr(colon + 1, 2)))
      return std::nullopt;
    const std::string_view rest = text.substr(colon + 3);
    const std::int64_t past_the_hour = digits_of(text.substr(colon + 1, 2));
    if ((!rest.empty() && rest != ":00") || past_the_hour > 59) return std::nullopt;
    return digits_of(text.substr(0, colon)) * 60 + past_the_hour;
  }

  static std::int64_t digits_of(std::string_view text) {
    std::int64_t number = 0;
    for (const char c : text) number = number * 10 + (c - '0');
    return number;
  }

  std::optional<std::int64_t> find_hours(std::string_view text) const {
    const auto mark = marks_.mark();
    const auto hours = mark ? find_written_amount(text, *mark) : std::nullopt;
    if (!hours) return std::nullopt;
    const auto minutes = whole_minor({hours->mantissa * 60, hours->places}, 0);
    if (!minutes) return std::nullopt;
    return find_int64(*minutes);
  }

  const SourceTable& table_;
  std::size_t first_;
  Columns columns_;
  DayOrderFinding days_;
  MarkFinding marks_;
  bool has_colon_ = false;
  bool has_plain_ = false;
  bool has_mark_ = false;
};

}  // namespace

std::vector<HourRow> hour_rows_from(std::string_view bytes, const HourColumns& columns,
                                    std::optional<DayOrder> order) {
  const SourceTable table = csv_rows(bytes);
  const std::size_t most = std::min(table.rows.size(), most_preamble_rows);
  for (std::size_t i = 0; i < most; ++i)
    if (const auto found = columns_of(table.rows[i].cells, columns))
      return HourReader{table, i, *found}.read(order);
  throw Refused{Refusal::statement_format_unknown, "no row names a day, a duration and a user"};
}

}  // namespace coop::statements
