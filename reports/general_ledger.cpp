#include "reports/general_ledger.hpp"

#include "ledger/values/cursor.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reports {

namespace {

// How many accounts are asked for at once: more and more, so that neither many quiet accounts nor one with
// many lines cost more than they must.
constexpr std::size_t most_accounts_at_once = 64;

std::optional<EntryNumber> maybe_number(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.id<EntryNumber>(column);
}

StatementLine ledger_line_from(const Row& row) {
  return StatementLine{
      .booked_on = row.day(1),
      .entry = row.id<EntryNumber>(2),
      .line = row.integer(3),
      .recorded_at = row.instant(4),
      .description = row.string(5),
      .reference = row.string(6),
      .note = row.string(7),
      .counterpart = {},
      .about = {row.maybe_string(8), row.maybe_string(9), row.maybe_string(10), row.maybe_string(11)},
      .reverses = maybe_number(row, 12),
      .reversed_by = maybe_number(row, 13),
      .amount_minor = row.int64(14),
      .balance_minor = 0};
}

}  // namespace

GeneralLedger::GeneralLedger(Tx& tx, NodeId node, GeneralLedgerQuery query,
                             const std::optional<std::string>& cursor)
    : node_{node},
      report_node_{read_report_node(tx, node)},
      query_{std::move(query)},
      about_{read_about(tx, node, query_.about)},
      last_{0} {
  if (query_.to_on < query_.from_on)
    throw Refused{Refusal::day_malformed, "the last day is before the first", "/to"};
  std::optional<OpenedCursor> opened;
  if (cursor) opened.emplace(query_text(), *cursor);
  last_ = opened ? EntryNumber{opened->number()}
                 : read_last_known(tx, node, query_.known_at).value_or(read_last_recorded(tx, node));
  read_accounts(tx);
  if (!opened) return;
  const std::int64_t account = opened->number();
  const auto found = std::find_if(shown_.begin(), shown_.end(),
                                  [&](const Shown& shown) { return shown.account.id.number() == account; });
  at_ = static_cast<std::size_t>(std::distance(shown_.begin(), found));
  const Day day = opened->day();
  const std::int64_t entry = opened->number();
  const std::int64_t line = opened->number();
  if (entry > 0) within_ = Place{day, entry, line, opened->number()};
}

std::string GeneralLedger::query_text() const {
  std::string text = "general ledger of " + std::to_string(node_.number()) + " " + query_.from_on.text() +
                     " " + query_.to_on.text() + " " + text_of(query_.accounts);
  if (query_.known_at) text += " known at " + coop::text_of(*query_.known_at);
  for (const auto& code : query_.about) text += "\n" + code.value_or("");
  return text;
}

void GeneralLedger::read_accounts(Tx& tx) {
  const std::vector<ReportAccount> accounts = read_report_accounts(tx, node_, query_.accounts);
  const AccountIds ids = ids_of(accounts, query_.accounts);
  const bool from_the_start = query_.from_on == first_of_days();
  const std::array<Day, 1> day{from_the_start ? first_of_days() : query_.from_on.plus_days(-1)};
  const BalancesByAccount openings =
      from_the_start ? BalancesByAccount{} : read_balances(tx, node_, ids, about_, day, last_);
  const TurnoverByAccount turnovers =
      read_turnovers(tx, node_, ids, about_, query_.from_on, query_.to_on, last_);
  for (const ReportAccount& account : accounts) {
    const auto opening = openings.find(account.id);
    const auto turnover = turnovers.find(account.id);
    Shown shown{account, opening == openings.end() ? 0 : opening->second.front(),
                turnover != turnovers.end() && turnover->second != Turnover{}};
    if (shown.opening_minor != 0 || shown.has_lines) shown_.push_back(std::move(shown));
  }
}

std::optional<std::string> GeneralLedger::cursor() const {
  if (at_ == shown_.size()) return std::nullopt;
  const Place place = within_.value_or(Place{query_.from_on, 0, 0, 0});
  return Cursor{query_text()}
      .add(last_.number())
      .add(std::int64_t{shown_[at_].account.id.number()})
      .add(place.day)
      .add(place.entry)
      .add(place.line)
      .add(place.balance_minor)
      .text();
}

LedgerBlock GeneralLedger::begun_block() const {
  const std::int64_t balance = within_ ? within_->balance_minor : shown_[at_].opening_minor;
  return LedgerBlock{shown_[at_].account, !within_, false, balance, {}, balance};
}

// $2: accounts in their order; the place ($6 to $8) where the lines begin is one of the first of them.
constexpr const char* ledger_lines_sql = R"sql(
  -- reports.ledger_lines
  SELECT asked.place, p.booked_on, p.entry_number, p.line, e.recorded_at, e.description, e.reference, p.note,
         (SELECT d.code FROM dimension d WHERE d.node_id = $1 AND d.id = p.fund_id),
         (SELECT d.code FROM dimension d WHERE d.node_id = $1 AND d.id = p.member_id),
         (SELECT d.code FROM dimension d WHERE d.node_id = $1 AND d.id = p.cost_object_id),
         (SELECT d.code FROM dimension d WHERE d.node_id = $1 AND d.id = p.tax_code_id),
         e.reverses,
         (SELECT r.number FROM entry r
           WHERE r.node_id = $1 AND r.reverses = e.number AND r.number <= $5::bigint),
         p.amount_minor
    FROM unnest($2::int[]) WITH ORDINALITY AS asked (id, place)
   CROSS JOIN LATERAL (
           SELECT booked_on, entry_number, line, amount_minor, note,
                  fund_id, member_id, cost_object_id, tax_code_id
             FROM posting
            WHERE node_id = $1 AND account_id = asked.id
              AND booked_on >= $3 AND booked_on <= $4 AND entry_number <= $5::bigint
              AND (booked_on, entry_number) >= (CASE asked.place WHEN 1 THEN $6::date ELSE $3::date END,
                                                CASE asked.place WHEN 1 THEN $7::bigint ELSE 0 END)
              AND (asked.place > 1 OR (booked_on, entry_number, line) > ($6, $7::bigint, $8))
              AND ($10::int IS NULL OR fund_id = $10) AND ($11::int IS NULL OR member_id = $11)
              AND ($12::int IS NULL OR cost_object_id = $12) AND ($13::int IS NULL OR tax_code_id = $13)
            ORDER BY booked_on, entry_number, line
            LIMIT $9) p
    JOIN entry e ON e.node_id = $1 AND e.number = p.entry_number
   ORDER BY asked.place, p.booked_on, p.entry_number, p.line
   LIMIT $9
)sql";

Rows GeneralLedger::read_lines(Tx& tx, std::size_t accounts, int limit) const {
  SqlArray ids;
  for (std::size_t i = at_; i < at_ + accounts; ++i) ids.add(shown_[i].account.id);
  const Place place = within_.value_or(Place{query_.from_on, 0, 0, 0});
  const auto& about = about_.ids;
  return report_rows(tx, ledger_lines_sql, node_, ids.value(), query_.from_on, query_.to_on, last_, place.day,
                     place.entry, place.line, limit, about[0], about[1], about[2], about[3]);
}

// Appends the blocks of the next accounts and returns how many lines that took, an account without lines
// taken for one. One line more than may be shown is read: it tells that an account goes on.
int GeneralLedger::append_accounts(Tx& tx, std::size_t accounts, int left, std::vector<LedgerBlock>& blocks) {
  const Rows lines = read_lines(tx, accounts, left + 1);
  int taken = 0;
  for (std::size_t i = 1; i <= accounts; ++i) {
    LedgerBlock block = begun_block();
    for (; taken < lines.size() && lines[taken].int64(0) == static_cast<std::int64_t>(i); ++taken) {
      if (taken == left) {
        if (!block.lines.empty()) blocks.push_back(std::move(block));
        return left;
      }
      block.lines.push_back(ledger_line_from(lines[taken]));
      StatementLine& line = block.lines.back();
      block.closing_minor = line.balance_minor = checked_add(block.closing_minor, line.amount_minor);
      within_ = Place{line.booked_on, line.entry.number(), line.line, line.balance_minor};
    }
    block.ends = true;
    blocks.push_back(std::move(block));
    within_.reset();
    ++at_;
  }
  return std::max(taken, static_cast<int>(accounts));
}

std::vector<LedgerBlock> GeneralLedger::next(Tx& tx, int limit) {
  require_page_size(limit);
  std::vector<LedgerBlock> blocks;
  std::size_t at_once = 1;
  for (int left = limit; left > 0 && at_ < shown_.size();
       at_once = std::min(at_once * 2, most_accounts_at_once)) {
    left -= append_accounts(tx, std::min(at_once, shown_.size() - at_), left, blocks);
  }
  return blocks;
}

}  // namespace coop::reports
