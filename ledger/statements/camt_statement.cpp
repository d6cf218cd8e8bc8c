#include "ledger/statements/camt_statement.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "ledger/statements/camt_detail.hpp"
#include "ledger/statements/camt_line.hpp"
#include "ledger/statements/placeholder.hpp"

namespace coop::statements {

namespace {

// A reference that is shorter counts lines of one file, and another file counts its own.
constexpr std::size_t shortest_entry_reference = 7;

// What stands in a statement, read through once: its lines, and everything else.
struct StatementParts {
  Elements kept;
  Element head;
  std::vector<pugi::xml_node> entries;

  explicit StatementParts(pugi::xml_node statement) {
    std::vector<pugi::xml_node> others;
    for (pugi::xml_node one = statement.first_child(); one; one = one.next_sibling())
      (local_name(one) == "Ntry" ? entries : others).push_back(one);
    head = kept.keep(others);
  }

  // The first of the first of these names that there is.
  Element find(std::initializer_list<std::string_view> names) const { return child(head, names); }
};

struct WrittenBalance {
  std::string kind;
  bool is_interim;
  std::string currency;
  Balance balance;
};

void read_balance(Element element, CamtReading& reading, std::vector<WrittenBalance>& into) {
  const Element type = child(element, "Tp");
  const Element chosen = child(child(type, "CdOrPrtry"), {"Cd", "Prtry"});
  std::string kind = text_of(chosen ? chosen : child(type, {"Cd", "Prtry"}));
  if (kind.empty()) reading.note("schema_broken", "a balance has no Tp: it is left out");
  const bool is_book = kind == "OPBD" || kind == "PRCD" || kind == "CLBD" || kind == "ITBD";
  if (!is_book) return;
  const Element written = child(element, "Amt");
  if (!written) return reading.note("schema_broken", "a balance has no Amt");
  CamtAmount amount = amount_of(written, reading);
  const auto sign = sign_of(element, reading);
  if (!sign && !is_zero(amount.amount))
    return reading.note("balance_without_sign", kind + " is left out: CdtDbtInd says neither CRDT nor DBIT");
  const bool is_interim = text_of(child(child(type, "SubTp"), {"Cd", "Prtry"})) == "INTM";
  const auto on = day_of(child(element, "Dt"), reading);
  if (!on) reading.note("schema_broken", kind + " has no Dt");
  into.push_back({std::move(kind),
                  is_interim,
                  std::move(amount.currency),
                  {signed_amount(amount.amount, sign.value_or(1)), on}});
}

std::vector<WrittenBalance> balances_of(const StatementParts& parts, CamtReading& reading) {
  std::vector<WrittenBalance> balances;
  const std::string place = reading.place;
  int number = 0;
  for (const Element one : parts.head) {
    if (one.name() != "Bal") continue;
    reading.place = place + ", Bal " + std::to_string(++number);
    read_balance(one, reading, balances);
  }
  reading.place = place;
  return balances;
}

using Chosen = const WrittenBalance*;

Chosen first_of(const std::vector<WrittenBalance>& balances, std::string_view kind) {
  Chosen first = nullptr;
  for (const WrittenBalance& one : balances)
    if (one.kind == kind && (!first || (first->is_interim && !one.is_interim))) first = &one;
  return first;
}

Chosen last_of(const std::vector<WrittenBalance>& balances, std::string_view kind) {
  Chosen last = nullptr;
  for (const WrittenBalance& one : balances)
    if (one.kind == kind && (!last || last->is_interim || !one.is_interim)) last = &one;
  return last;
}

std::pair<Chosen, Chosen> opening_and_closing(const std::vector<WrittenBalance>& balances) {
  Chosen opening = first_of(balances, "OPBD");
  if (!opening) opening = first_of(balances, "PRCD");
  Chosen closing = last_of(balances, "CLBD");
  const Chosen first = first_of(balances, "ITBD");
  const Chosen last = last_of(balances, "ITBD");
  const bool is_one = first == last;
  if (!opening && (closing || !is_one)) opening = first;
  if (!closing && first && (!is_one || opening != first)) closing = last;
  return {opening, closing};
}

// Acct/Ccy, else what all balances, else what all lines are in.
std::string currency_of(const StatementParts& parts, const std::vector<WrittenBalance>& balances,
                        CamtReading& reading) {
  std::string currency = account_text(text_of(child(parts.find({"Acct"}), "Ccy")));
  for (const WrittenBalance& one : balances)
    if (currency.empty()) currency = one.currency;
  if (!currency.empty()) return currency;
  for (const pugi::xml_node one : parts.entries) {
    const std::string_view written =
        child(reading.entry.keep(reading.document.parsed(one)), "Amt").attribute("Ccy");
    if (!currency.empty() && written != currency) return {};
    currency = written;
  }
  return currency;
}

// Where some balances are in the account's currency, those in others are of its other currencies.
void leave_out_other_currencies(std::vector<WrittenBalance>& balances, const std::string& currency) {
  const auto has_kind = [&](const WrittenBalance& other) {
    return std::ranges::any_of(balances, [&](const WrittenBalance& one) {
      return one.kind == other.kind && one.currency == currency;
    });
  };
  std::vector<WrittenBalance> kept;
  for (const WrittenBalance& one : balances)
    if (one.currency == currency || !has_kind(one)) kept.push_back(one);
  balances = std::move(kept);
}

void require_same_currency(const std::vector<WrittenBalance>& balances, CamtReading& reading) {
  for (const WrittenBalance& one : balances)
    if (!one.currency.empty() && one.currency != reading.currency)
      reading.note("balance_currency", one.kind + " is in " + shown(one.currency) + ", the account in " +
                                           shown(reading.currency));
}

// One page of one is no page.
std::string page_of(const StatementParts& parts, Element header) {
  Element pages = parts.find({"StmtPgntn", "RptPgntn", "NtfctnPgntn"});
  if (!pages) pages = child(header, "MsgPgntn");
  std::string page = text_of(child(pages, "PgNb"));
  const bool is_only = page == "1" && text_of(child(pages, "LastPgInd")) != "false";
  return is_only ? std::string{} : page;
}

void read_head(const StatementParts& parts, Element header, Statement& into, CamtReading& reading) {
  const Element account = parts.find({"Acct"});
  into.id = without_placeholder(text_of(parts.find({"Id"})));
  into.number = without_placeholder(text_of(parts.find({"ElctrncSeqNb", "LglSeqNb"})));
  into.page = page_of(parts, header);
  into.account = account_number_of(account);
  into.bank = bank_number_of(child(account, "Svcr"));
  const Element span = parts.find({"FrToDt"});
  into.first_day = day_from(text_of(child(span, {"FrDt", "FrDtTm"})), reading);
  into.last_day = day_from(text_of(child(span, {"ToDt", "ToDtTm"})), reading);
  if (into.id.empty()) reading.note("schema_broken", "Id is missing");
  if (into.account.empty()) reading.note("schema_broken", account ? "Acct has no number" : "Acct is missing");
  const Element owner = child(account, "Ownr");
  const Element person = child(owner, "Pty");
  reading.owner = without_placeholder(text_of(child(person ? person : owner, "Nm")));
  reading.account = into.account;
}

void read_balances(const std::vector<WrittenBalance>& balances, Statement& into, CamtReading& reading) {
  const auto [opening, closing] = opening_and_closing(balances);
  if (opening) into.opening = opening->balance;
  if (closing) into.closing = closing->balance;
  if (!into.first_day && opening && opening->kind == "OPBD") into.first_day = opening->balance.on;
  if (!into.last_day && closing) into.last_day = closing->balance.on;
  if (reading.kind == FileKind::camt053 && (!opening || !closing))
    reading.note("balance_missing",
                 opening ? "the closing balance is missing: the statement cannot prove itself"
                         : "the opening balance is missing: the statement cannot prove itself");
}

// Where the bank gives a line no id of its own, the reference of the entry is one, if it is no mere count and
// nothing else has it. That is known at the end: such a line, and those behind it, wait.
class LineGiver {
 public:
  explicit LineGiver(StatementTaker& taker) : taker_{taker} {}

  void give(CamtLine read) {
    ++count_;
    if (read.reference.size() < shortest_entry_reference) read.reference.clear();
    if (!read.reference.empty()) ++times_[read.reference];
    const bool may_need_id = read.line.bank_id.empty() && !read.reference.empty();
    if (waiting_.empty() && !may_need_id) taker_.take(std::move(read.line));
    else waiting_.push_back(std::move(read));
  }

  void finish() {
    for (CamtLine& read : waiting_) {
      const bool is_own = !read.reference.empty() && times_[read.reference] == 1;
      if (read.line.bank_id.empty() && is_own) read.line.bank_id = read.reference;
      taker_.take(std::move(read.line));
    }
  }

  std::size_t count() const { return count_; }

 private:
  StatementTaker& taker_;
  std::size_t count_ = 0;
  std::unordered_map<std::string, int> times_;
  std::vector<CamtLine> waiting_;
};

void read_lines(const StatementParts& parts, CamtReading& reading, StatementTaker& taker) {
  const std::size_t place_size = reading.place.size();
  LineGiver lines{taker};
  for (const pugi::xml_node one : parts.entries) {
    reading.place += ", Ntry " + std::to_string(lines.count() + 1);
    lines.give(camt_line_of(one, reading));
    reading.place.resize(place_size);
  }
  lines.finish();
  const std::string announced = text_at(parts.find({"TxsSummry"}), {"TtlNtries", "NbOfNtries"});
  if (!announced.empty() && announced != std::to_string(lines.count()))
    reading.note("summary_differs", "TxsSummry announces " + shown(announced) + " lines, there are " +
                                        std::to_string(lines.count()));
}

Purpose purpose_of(FileKind kind) {
  if (kind == FileKind::camt052) return Purpose::interim;
  return kind == FileKind::camt054 ? Purpose::details : Purpose::booked;
}

}  // namespace

Statement camt_statement_of(pugi::xml_node element, int number, Element header, CamtReading& reading,
                            StatementTaker& taker) {
  reading.word = local_name(element);
  reading.place = reading.word + " " + std::to_string(number);
  const StatementParts parts{element};
  Statement statement;
  statement.purpose = purpose_of(reading.kind);
  read_head(parts, header, statement, reading);
  std::vector<WrittenBalance> balances = balances_of(parts, reading);
  statement.currency = reading.currency = currency_of(parts, balances, reading);
  require_same_currency(balances, reading);
  leave_out_other_currencies(balances, statement.currency);
  read_balances(balances, statement, reading);
  reading.day = statement.last_day;
  if (!reading.day) reading.day = day_from(text_of(parts.find({"CreDtTm"})), reading);
  if (!reading.day) reading.day = day_from(text_of(child(header, "CreDtTm")), reading);
  taker.begin(statement);
  read_lines(parts, reading, taker);
  taker.end(statement);
  return statement;
}

}  // namespace coop::statements
