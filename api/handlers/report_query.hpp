#pragma once
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "api/answer.hpp"
#include "api/call.hpp"
#include "ledger/values/period.hpp"
#include "reports/account_reading.hpp"
#include "reports/entry_reading.hpp"
#include "reports/table.hpp"

namespace coop::api {

struct Services;

/// How an answer is written.
enum class Format { json, csv, text, ndjson };
/// How reports and lists of rows are written.
inline constexpr std::array table_formats{Format::json, Format::csv, Format::text};
/// The one of the `offered` that ?format= asks for, else the first that the Accept header begins with, else
/// JSON. Throws Refused: field_invalid.
Format format_of(const Call& call, std::span<const Format> offered = table_formats);
/// The report in one of the table_formats.
Answer table_answer(const reports::Table& table, Format format);

/// ?to= or ?as_of=, which mean the same where there is a time. Throws Refused: field_invalid, if both are
/// given.
std::optional<Day> last_day_of(const Call& call);
/// The days of ?days= (commas between), else ?as_of=, else none. Throws Refused: field_invalid,
/// day_malformed.
std::vector<Day> days_of(const Call& call);
/// A parameter that holds the path of an account, or of what several accounts lie below. Throws Refused:
/// path_malformed.
std::optional<std::string> path_of(const Call& call, std::string_view name);
/// ?fund= ?member= ?cost_object= ?tax_code=
books::DimensionCodes about_of(const Call& call);
/// ?prefix= ?unit= ?type= ?open_on=
reports::AccountFilter account_filter_of(const Call& call);
/// ?depth=
std::optional<int> depth_of(const Call& call);
/// Today where the node is.
Day today_of(const Call& call);
/// ?from= and ?to=; without them this fiscal year up to today, or up to ?as_of=. Throws Refused:
/// day_malformed, if the end is before the beginning.
Period period_of(const Call& call);

/// Everything that entries can be chosen by. Throws Refused: what the values of the parameters are refused
/// for.
reports::EntryFilter entry_filter_of(const Call& call, Services& services);
/// ?sort=
reports::EntryOrder entry_order_of(const Call& call);

}  // namespace coop::api
