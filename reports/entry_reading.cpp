#include "reports/entry_reading.hpp"

#include "ledger/values/cursor.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/joined_sql.hpp"

namespace coop::reports {

namespace {

// $14: the day and $15 the number after which the page begins. Their order of recording is the order of
// numbers.
constexpr std::string_view head = R"part(
  -- reports.entries
  SELECT e.number, e.booked_on
    FROM entry e
   WHERE e.node_id = $1
     AND e.number BETWEEN $2::bigint AND $3::bigint
     AND ($4::date IS NULL OR e.booked_on >= $4)
     AND ($5::date IS NULL OR e.booked_on <= $5)
     AND ($6::text IS NULL OR strpos(lower(e.description), lower($6)) > 0
          OR strpos(lower(e.reference), lower($6)) > 0)
     AND ($7::text IS NULL OR e.reference = $7)
     AND ($8::text IS NULL OR starts_with(e.source, $8))
     AND ($9::int IS NULL OR e.recorded_by = $9)
)part";

constexpr std::string_view with_posting = R"part(
     AND e.number IN (
           SELECT p.entry_number
             FROM posting p
            WHERE p.node_id = $1
              AND p.entry_number BETWEEN $2::bigint AND $3::bigint
              AND ($4::date IS NULL OR p.booked_on >= $4)
              AND ($5::date IS NULL OR p.booked_on <= $5)
              AND ($10::int[] IS NULL OR p.account_id = ANY ($10))
              AND ($11::bigint IS NULL OR abs(p.amount_minor) >= $11)
              AND ($12::bigint IS NULL OR abs(p.amount_minor) <= $12)
              AND ($16::int IS NULL OR p.fund_id = $16)
              AND ($17::int IS NULL OR p.member_id = $17)
              AND ($18::int IS NULL OR p.cost_object_id = $18)
              AND ($19::int IS NULL OR p.tax_code_id = $19))
)part";

// The parameters must be named even where no posting is asked for.
constexpr std::string_view without_posting = R"part(
     AND num_nonnulls($10::int[], $11::bigint, $12::bigint, $16::int, $17::int, $18::int, $19::int) = 0
)part";

constexpr std::string_view recorded = R"part(
     AND ($15::bigint IS NULL OR e.number > $15::bigint) AND ($14::date IS NULL OR true)
   ORDER BY e.number
   LIMIT $13
)part";

constexpr std::string_view recorded_newest_first = R"part(
     AND ($15::bigint IS NULL OR e.number < $15::bigint) AND ($14::date IS NULL OR true)
   ORDER BY e.number DESC
   LIMIT $13
)part";

constexpr std::string_view booked = R"part(
     AND ($15::bigint IS NULL OR (e.booked_on, e.number) > ($14::date, $15::bigint))
   ORDER BY e.booked_on, e.number
   LIMIT $13
)part";

constexpr std::string_view booked_newest_first = R"part(
     AND ($15::bigint IS NULL OR (e.booked_on, e.number) < ($14::date, $15::bigint))
   ORDER BY e.booked_on DESC, e.number DESC
   LIMIT $13
)part";

const char* sql_of(EntryOrder order, bool of_postings) {
  switch (order) {
    case EntryOrder::recorded:
      return of_postings ? JoinedSql<head, with_posting, recorded>::text
                         : JoinedSql<head, without_posting, recorded>::text;
    case EntryOrder::recorded_newest_first:
      return of_postings ? JoinedSql<head, with_posting, recorded_newest_first>::text
                         : JoinedSql<head, without_posting, recorded_newest_first>::text;
    case EntryOrder::booked:
      return of_postings ? JoinedSql<head, with_posting, booked>::text
                         : JoinedSql<head, without_posting, booked>::text;
    case EntryOrder::booked_newest_first:
      return of_postings ? JoinedSql<head, with_posting, booked_newest_first>::text
                         : JoinedSql<head, without_posting, booked_newest_first>::text;
  }
  throw InvariantBroken{"every order of entries has its statement"};
}

constexpr std::array<std::pair<EntryOrder, std::string_view>, 4> order_texts{
    {{EntryOrder::recorded, "recorded"},
     {EntryOrder::recorded_newest_first, "-recorded"},
     {EntryOrder::booked, "booked"},
     {EntryOrder::booked_newest_first, "-booked"}}};

// What the conditions on postings come to.
struct PostingConditions {
  AccountIds accounts;
  About about;
  std::optional<std::int64_t> from_minor;
  std::optional<std::int64_t> to_minor;
  bool any() const { return accounts || !about.all() || from_minor || to_minor; }
};

void require_no_sign(const std::optional<std::int64_t>& end, const char* field) {
  if (end && *end < 0)
    throw Refused{Refusal::field_invalid, "amounts are compared without their sign", field};
}

// Refuses ranges that end before they begin: nothing could ever be in them.
void require_ranges(const EntryFilter& filter) {
  if (filter.from_number && filter.to_number && *filter.to_number < *filter.from_number)
    throw Refused{Refusal::field_invalid, "the last number is below the first", "/to_number"};
  if (filter.from_on && filter.to_on && *filter.to_on < *filter.from_on)
    throw Refused{Refusal::day_malformed, "the last day is before the first", "/to"};
  if (!filter.amount) return;
  require_no_sign(filter.amount->from_minor, "/amount_from");
  require_no_sign(filter.amount->to_minor, "/amount_to");
  if (filter.amount->from_minor && filter.amount->to_minor &&
      *filter.amount->to_minor < *filter.amount->from_minor)
    throw Refused{Refusal::field_invalid, "the largest amount is below the smallest", "/amount_to"};
}

PostingConditions read_conditions(Tx& tx, NodeId node, const EntryFilter& filter) {
  PostingConditions conditions;
  AccountFilter accounts;
  accounts.prefix = filter.account;
  if (filter.amount) {
    accounts.unit = filter.amount->unit;
    conditions.from_minor = filter.amount->from_minor;
    conditions.to_minor = filter.amount->to_minor;
  }
  if (!accounts.all()) conditions.accounts = ids_of(read_report_accounts(tx, node, accounts), accounts);
  conditions.about = read_about(tx, node, filter.about);
  return conditions;
}

template <class Number>
std::string number_text(const std::optional<Number>& number) {
  return number ? std::to_string(number->number()) : std::string{};
}

// Names the list for its cursors.
std::string query_text(NodeId node, const EntryFilter& filter, EntryOrder order) {
  std::string text = "entries of " + std::to_string(node.number()) + " " + std::string{text_of(order)};
  const auto add = [&](std::string_view part) { (text += '\n') += part; };
  add(number_text(filter.from_number));
  add(number_text(filter.to_number));
  add(filter.from_on ? filter.from_on->text() : "");
  add(filter.to_on ? filter.to_on->text() : "");
  add(filter.known_at ? coop::text_of(*filter.known_at) : "");
  add(filter.text.value_or(""));
  add(filter.reference.value_or(""));
  add(filter.source.value_or(""));
  add(number_text(filter.recorded_by));
  add(filter.account.value_or(""));
  for (const auto& code : filter.about) add(code.value_or(""));
  if (filter.amount) {
    add(filter.amount->unit);
    add(filter.amount->from_minor ? std::to_string(*filter.amount->from_minor) : "");
    add(filter.amount->to_minor ? std::to_string(*filter.amount->to_minor) : "");
  }
  return text;
}

// After which entry the page begins, and up to which entry the list goes.
struct Place {
  std::optional<Day> day;
  std::optional<std::int64_t> number;
  std::int64_t last;
};

Place place_of(Tx& tx, NodeId node, const EntryFilter& filter, const std::string& query,
               const std::optional<std::string>& cursor) {
  if (cursor) {
    OpenedCursor opened{query, *cursor};
    const std::int64_t last = opened.number();
    const Day day = opened.day();
    return Place{day, opened.number(), last};
  }
  const auto known = read_last_known(tx, node, filter.known_at);
  std::int64_t last = known ? known->number() : read_last_recorded(tx, node).number();
  if (filter.to_number) last = std::min(last, filter.to_number->number());
  return Place{std::nullopt, std::nullopt, last};
}

}  // namespace

std::string_view text_of(EntryOrder order) {
  for (const auto& [each, text] : order_texts) {
    if (each == order) return text;
  }
  throw InvariantBroken{"every order of entries has its text"};
}

EntryOrder entry_order_from(std::string_view text) {
  for (const auto& [order, each] : order_texts) {
    if (each == text) return order;
  }
  throw Refused{Refusal::field_invalid, "entries are listed by recorded, -recorded, booked or -booked"};
}

EntryPage read_entries(Tx& tx, NodeId node, const EntryFilter& filter, EntryOrder order, int limit,
                       const std::optional<std::string>& cursor) {
  require_page_size(limit);
  require_ranges(filter);
  const std::string query = query_text(node, filter, order);
  const Place place = place_of(tx, node, filter, query, cursor);
  const PostingConditions conditions = read_conditions(tx, node, filter);
  const auto& about = conditions.about.ids;
  const Rows found =
      report_rows(tx, sql_of(order, conditions.any()), node, filter.from_number.value_or(EntryNumber{1}),
                  place.last, filter.from_on, filter.to_on, filter.text, filter.reference, filter.source,
                  filter.recorded_by, sql_of(conditions.accounts), conditions.from_minor, conditions.to_minor,
                  limit + 1, place.day, place.number, about[0], about[1], about[2], about[3]);
  EntryPage page;
  std::vector<EntryNumber> numbers;
  for (int i = 0; i < std::min(found.size(), limit); ++i) numbers.push_back(found[i].id<EntryNumber>(0));
  if (found.size() > limit) {
    const Row last = found[limit - 1];
    page.next = Cursor{query}.add(place.last).add(last.day(1)).add(last.int64(0)).text();
  }
  page.entries = read_entries_by_number(tx, node, numbers, EntryNumber{place.last});
  return page;
}

}  // namespace coop::reports
