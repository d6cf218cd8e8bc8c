#include "ledger/statements/camt_line.hpp"

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <utility>

#include "ledger/statements/camt_detail.hpp"
#include "ledger/statements/placeholder.hpp"

namespace coop::statements {

namespace {

bool is_true(const std::string& text) {
  return text == "true" || text == "1" || text == "TRUE" || text == "True";
}

// <Sts>BOOK</Sts> until .07, <Sts><Cd>BOOK</Cd></Sts> since.
LineStatus status_of(Element entry, CamtReading& reading) {
  const Element status = child(entry, "Sts");
  const Element chosen = child(status, {"Cd", "Prtry"});
  if (says(chosen ? chosen : status, "BOOK")) return LineStatus::booked;
  const std::string word = text_of(chosen ? chosen : status);
  if (word == "PDNG" || word == "FUTR") return LineStatus::pending;
  if (word == "INFO") return LineStatus::information;
  if (word.empty() && reading.kind != FileKind::camt052) {
    reading.note("schema_broken", "Sts is missing: read as booked, as such a file has what is booked");
    return LineStatus::booked;
  }
  reading.note("status_unknown", "Sts " + shown(word) + " is unknown: read as information");
  return LineStatus::information;
}

Day booked_day_of(Element entry, const std::optional<Day>& booked, const std::optional<Day>& valued,
                  CamtReading& reading) {
  if (booked) return *booked;
  if (!valued && !reading.day) reading.refuse("there is no BookgDt, no ValDt, and no day of the statement");
  const Day day = valued ? *valued : *reading.day;
  reading.note("day_missing",
               std::string{child(entry, "BookgDt") ? "BookgDt is empty" : "there is no BookgDt"} +
                   (valued ? ": read as the value's day " : ": read as the statement's day ") + day.text());
  return day;
}

using SomeElements = boost::container::small_vector<Element, 4>;

struct Parts {
  SomeElements payments;
  SomeElements batches;
};

Parts parts_of(Element entry) {
  Parts parts;
  for (const Element details : entry) {
    if (details.name() != "NtryDtls") continue;
    for (const Element one : details) {
      if (one.name() == "TxDtls") parts.payments.push_back(one);
      if (one.name() == "Btch") parts.batches.push_back(one);
    }
  }
  return parts;
}

std::optional<std::size_t> count_from(const std::string& text) {
  const auto number = digits_from(text);
  const auto small = number ? find_int64(*number) : std::nullopt;
  return small && *small >= 0 ? std::optional{static_cast<std::size_t>(*small)} : std::nullopt;
}

// Several in one line are added up, and keep an identifier only if they share it.
std::optional<Batch> batch_of(const SomeElements& elements, int sign, CamtReading& reading) {
  std::optional<Batch> batch;
  for (const Element one : elements) {
    Batch read{.count = count_from(text_of(child(one, "NbOfTxs"))),
               .total = {},
               .message = without_placeholder(text_of(child(one, "MsgId"))),
               .payment_group = without_placeholder(text_of(child(one, "PmtInfId")))};
    if (const Element total = child(one, "TtlAmt"))
      read.total = signed_amount(amount_of(total, reading).amount, sign_of(one, reading).value_or(sign));
    if (!batch) {
      batch = std::move(read);
      continue;
    }
    batch->count = batch->count && read.count ? std::optional{*batch->count + *read.count} : std::nullopt;
    batch->total = batch->total && read.total ? std::optional{*batch->total + *read.total} : std::nullopt;
    if (batch->message != read.message) batch->message.clear();
    if (batch->payment_group != read.payment_group) batch->payment_group.clear();
  }
  return batch;
}

// The line's own code, else that of its payments, if they agree.
std::string code_of(Element entry, const SomeElements& payments, CamtReading& reading) {
  const Element written = child(entry, "BkTxCd");
  std::string code = bank_code_of(written);
  if (!code.empty()) return code;
  for (const Element payment : payments) {
    std::string one = bank_code_of(child(reading.payment.keep(payment.written()), "BkTxCd"));
    if (!code.empty() && one != code) return {};
    code = std::move(one);
  }
  return code;
}

void read_details(Line& line, const SomeElements& payments, const CamtLineFacts& facts,
                  CamtReading& reading) {
  const std::size_t place_size = reading.place.size();
  line.details.reserve(payments.size());
  for (const Element payment : payments) {
    if (payments.size() > 1) reading.place += ", TxDtls " + std::to_string(line.details.size() + 1);
    const Element details = reading.payment.keep(payment.written());
    read_camt_detail(details, facts, reading, line.details.emplace_back());
    reading.place.resize(place_size);
  }
  if (!line.details.empty()) return;
  if (auto detail = detail_in_text(facts, reading)) line.details.push_back(*std::move(detail));
}

}  // namespace

CamtLine camt_line_of(pugi::xml_node entry, CamtReading& reading) {
  const Element within = reading.entry.keep(reading.document.parsed(entry));
  const Element written = child(within, "Amt");
  if (!written) reading.refuse("there is no Amt");
  CamtAmount amount = amount_of(written, reading);
  const auto sign = sign_of(within, reading);
  if (!sign && !is_zero(amount.amount)) reading.refuse("CdtDbtInd says neither CRDT nor DBIT");
  if (!sign) reading.note("schema_broken", "CdtDbtInd says neither CRDT nor DBIT of nothing");
  const LineStatus status = status_of(within, reading);
  const auto booked = day_of(child(within, "BookgDt"), reading);
  const auto valued = day_of(child(within, "ValDt"), reading);
  CamtLine read{{.booked_on = booked_day_of(within, booked, valued, reading)},
                without_placeholder(text_of(child(within, "NtryRef")))};
  Line& line = read.line;
  line.place = reading.place;
  line.raw = reading.document.text_of(entry);
  line.status = status;
  line.valued_on = valued;
  line.amount = signed_amount(std::move(amount.amount), sign.value_or(1));
  if (amount.currency != reading.currency) line.currency = amount.currency;
  line.is_reversal = is_true(text_of(child(within, "RvslInd")));
  line.bank_id = without_placeholder(text_of(child(within, "AcctSvcrRef")));
  line.text = without_placeholder(text_of(child(within, "AddtlNtryInf")));
  const Parts parts = parts_of(within);
  line.code = code_of(within, parts.payments, reading);
  line.batch = batch_of(parts.batches, sign.value_or(1), reading);
  for (const Element one : within)
    if (one.name() == "Chrgs") read_charges(one, reading, line.charges);
  const CamtLineFacts facts{sign.value_or(1), std::move(amount.currency), parts.payments.size() == 1,
                            line.text};
  read_details(line, parts.payments, facts, reading);
  if (line.bank_id.empty() && line.details.size() == 1) line.bank_id = line.details.front().references.bank;
  return read;
}

}  // namespace coop::statements
