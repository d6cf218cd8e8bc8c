#include "api/handlers/report_query.hpp"

#include "api/services.hpp"
#include "ledger/access/access_service.hpp"
#include "ledger/values/money.hpp"

namespace coop::api {

namespace {

constexpr std::size_t most_columns = 60;

struct FormatWords {
  std::string_view name;
  std::string_view media_type;
};

const FormatWords& words_of(Format format) {
  static constexpr std::array<FormatWords, 4> words{{{"json", "application/json"},
                                                     {"csv", "text/csv"},
                                                     {"text", "text/plain"},
                                                     {"ndjson", "application/x-ndjson"}}};
  return words.at(static_cast<std::size_t>(format));
}

std::optional<EntryNumber> number_of(const Call& call, std::string_view name) {
  const auto number = call.query_number(name, 0, std::numeric_limits<std::int64_t>::max());
  return number ? std::optional{EntryNumber{*number}} : std::nullopt;
}

std::optional<reports::AmountRange> amounts_of(const Call& call, Services& services) {
  if (!call.query("amount_from") && !call.query("amount_to") && !call.query("amount_unit"))
    return std::nullopt;
  const Unit unit =
      call.query_parsed("amount_unit", [&](std::string_view code) { return services.units.require(code); });
  const auto read = [&](std::string_view name) -> std::optional<std::int64_t> {
    if (!call.query(name)) return std::nullopt;
    return call.query_parsed(name, [&](std::string_view text) { return minor_from_text(text, unit.scale); });
  };
  return reports::AmountRange{unit.code, read("amount_from"), read("amount_to")};
}

Period fiscal_year_to(const Call& call, Day day) {
  return {Period::fiscal_year_of(day, call.node().fiscal_start).first(), day};
}

}  // namespace

Format format_of(const Call& call, std::span<const Format> offered) {
  const std::string_view accept = call.request.header("accept").value_or(std::string_view{});
  const auto word = call.query("format");
  std::string names;
  for (const Format format : offered) {
    const FormatWords& words = words_of(format);
    if (word ? *word == words.name : accept.starts_with(words.media_type)) return format;
    (names += ' ') += words.name;
  }
  if (word) throw Refused{Refusal::field_invalid, "one of these is expected:" + names, "?format"};
  return Format::json;
}

Answer table_answer(const reports::Table& table, Format format) {
  switch (format) {
    case Format::csv:
      return content("text/csv; charset=utf-8; header=present", reports::csv_text(table));
    case Format::text:
      return content("text/plain; charset=utf-8", reports::plain_text(table));
    default:
      return ok(reports::json_text(table));
  }
}

std::optional<Day> last_day_of(const Call& call) {
  const auto to = call.query_day("to");
  const auto as_of = call.query_day("as_of");
  if (to && as_of)
    throw Refused{Refusal::field_invalid, "`to` and `as_of` mean the same here: give one", "?as_of"};
  return to ? to : as_of;
}

std::vector<Day> days_of(const Call& call) {
  const auto texts = call.query_list("days");
  const auto as_of = call.query_day("as_of");
  if (as_of && !texts.empty())
    throw Refused{Refusal::field_invalid, "give `as_of` or `days`, not both", "?days"};
  if (as_of) return {*as_of};
  if (texts.size() > most_columns)
    throw Refused{Refusal::field_invalid, "at most " + std::to_string(most_columns) + " days", "?days"};
  std::vector<Day> days;
  if (!texts.empty())
    call.query_parsed("days", [&](std::string_view) {
      for (const std::string& text : texts) days.push_back(Day::parse(text));
      return true;
    });
  return days;
}

std::optional<std::string> path_of(const Call& call, std::string_view name) {
  if (!call.query(name)) return std::nullopt;
  return call.query_parsed(name, [](std::string_view path) {
    books::require_path(path);
    return std::string{path};
  });
}

books::DimensionCodes about_of(const Call& call) {
  books::DimensionCodes codes;
  for (std::size_t i = 0; i < books::dimension_kinds.size(); ++i)
    codes[i] = call.query_text(books::text_of(books::dimension_kinds[i]));
  return codes;
}

reports::AccountFilter account_filter_of(const Call& call) {
  reports::AccountFilter filter;
  filter.prefix = path_of(call, "prefix");
  filter.unit = call.query_text("unit");
  if (call.query("type")) filter.types = {call.query_parsed("type", books::account_type_from)};
  return filter;
}

std::optional<int> depth_of(const Call& call) {
  const auto depth = call.query_number("depth", 1, 100);
  return depth ? std::optional{static_cast<int>(*depth)} : std::nullopt;
}

Day today_of(const Call& call) { return day_in_zone(call.now, call.node().time_zone); }

reports::EntryFilter entry_filter_of(const Call& call, Services& services) {
  reports::EntryFilter filter;
  filter.from_number = number_of(call, "from_number");
  filter.to_number = number_of(call, "to_number");
  filter.from_on = call.query_day("from");
  filter.to_on = last_day_of(call);
  filter.known_at = call.query_instant("known_at");
  filter.text = call.query_text("q");
  filter.reference = call.query_text("reference");
  filter.source = call.query_text("source");
  if (call.query("recorded_by"))
    filter.recorded_by = call.query_parsed("recorded_by", [&](std::string_view user) {
      return services.database.in_tx([&](Tx& tx) { return access::read_user(tx, std::string{user}).id; });
    });
  filter.account = path_of(call, "account");
  filter.about = about_of(call);
  filter.amount = amounts_of(call, services);
  return filter;
}

reports::EntryOrder entry_order_of(const Call& call) {
  if (!call.query("sort")) return reports::EntryOrder::recorded;
  return call.query_parsed("sort", reports::entry_order_from);
}

Period period_of(const Call& call) {
  const Day last = last_day_of(call).value_or(today_of(call));
  const auto first = call.query_day("from");
  if (first && last < *first)
    throw Refused{Refusal::day_malformed, "the last day is before the first",
                  call.query("to") ? "?to" : "?from"};
  return first ? Period{*first, last} : fiscal_year_to(call, last);
}

}  // namespace coop::api
