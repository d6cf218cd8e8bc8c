#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/decimal.hpp"

namespace coop::statements {

/// The forms of files that are read, in the order in which content is tried.
enum class FileKind { camt052, camt053, camt054, mt940, mt942, ofx, qif, csv };

/// What the bank wants to say with a statement.
enum class Purpose {
  booked,   ///< what was booked: camt.053, MT940, OFX, QIF, CSV. Only its lines are posted
  interim,  ///< what is coming: camt.052, MT942. Never posted; the booked statement repeats it
  details,  ///< what a booked line consists of: camt.054
};

/// How far the bank is with a line.
enum class LineStatus { booked, pending, information };

/// Something a treasurer should see and that stops nothing: a broken schema, a clamped day, a text cut short.
struct Note {
  std::string code;   ///< stable, snake_case: "schema_broken", "day_clamped"
  std::string place;  ///< where in the file: "line 12", "Stmt 1, Ntry 3"
  std::string text;   ///< one sentence in plain words
};

/// A balance that the bank states. Positive: the bank owes the holder.
struct Balance {
  Decimal amount;
  std::optional<Day> on;
};

/// Who paid or was paid, as far as the file says. Empty where it does not; a placeholder such as NOTPROVIDED
/// is read as empty.
struct Counterparty {
  std::string name;
  std::string ultimate_name;  ///< on whose behalf
  std::string account;        ///< IBAN or national number, without blanks, in capitals
  std::string bank;           ///< BIC or national code
};

/// What identifies a payment for those who sent it. Empty where the file says nothing or a placeholder.
struct References {
  std::string structured;     ///< creditor reference as the file has it: RF…, +++…+++, 27 digits
  std::string end_to_end;     ///< what the first party gave it
  std::string mandate;        ///< of a direct debit
  std::string creditor;       ///< creditor identifier of a direct debit
  std::string instruction;    ///< InstrId
  std::string message;        ///< of the order's file: MsgId
  std::string payment_group;  ///< of the order's group: PmtInfId
  std::string bank;           ///< the bank's own reference of this payment
  std::string unique;         ///< UETR, or the clearing's TxId
};

/// What the bank took for its service. Positive: it costs the holder.
struct BankCharge {
  Decimal amount;
  std::string currency;  ///< empty: the statement's
  bool is_included;      ///< the line's amount contains it already
};

/// One payment inside a line.
struct Detail {
  std::optional<Decimal> amount;  ///< signed as the line; nothing where the file gives none
  std::string currency;           ///< if it is not the statement's
  Counterparty counterparty;
  References references;
  std::string text;         ///< remittance information, pieces joined
  std::string return_code;  ///< "AC04": the payment came back for this reason (ISO 20022)
  std::vector<BankCharge> charges;
};

/// A sum that the bank booked at once.
struct Batch {
  std::optional<std::size_t> count;
  std::optional<Decimal> total;
  std::string message;        ///< MsgId of our own order
  std::string payment_group;  ///< PmtInfId of our own order
};

/// One line of an account.
struct Line {
  std::string place = {};  ///< "line 12", "Stmt 1, Ntry 3": where it stands in the file
  std::string raw = {};    ///< as it stands in the file, in UTF-8
  LineStatus status = LineStatus::booked;
  Day booked_on;
  std::optional<Day> valued_on = {};
  Decimal amount = {};        ///< positive: money came in
  std::string currency = {};  ///< empty: the statement's
  bool is_reversal = false;   ///< the bank takes an earlier line back
  std::string bank_id = {};   ///< the bank's own id of the line: AcctSvcrRef, //reference, FITID
  std::string code = {};      ///< what kind of booking: "PMNT-RDDT-ESDD", "NMSC+051", "TRF"
  std::string text = {};      ///< the line's own text, besides that of its details
  std::optional<Decimal> balance_after = {};  ///< where the file shows a running balance
  std::optional<Batch> batch = {};
  std::vector<BankCharge> charges = {};
  std::vector<Detail> details = {};  ///< none: the bank gives details elsewhere, or there are none
};

/// An account's lines over some days, with what the bank says stood on it before and after.
struct Statement {
  Purpose purpose = Purpose::booked;
  std::string id;        ///< the bank's own: Stmt/Id, :20:
  std::string number;    ///< what counts up from statement to statement; empty if nothing does
  std::string page;      ///< within the number, where one statement comes in pages
  std::string account;   ///< IBAN or national number, without blanks, in capitals
  std::string bank;      ///< BIC or national code of the account's bank
  std::string currency;  ///< ISO 4217; empty where the file says nothing
  std::optional<Balance> opening;
  std::optional<Balance> closing;
  std::optional<Day> first_day;
  std::optional<Day> last_day;
  std::vector<Line> lines;  ///< in the order of the file
};

/// What a file says.
struct ReadFile {
  FileKind kind;
  std::string version;  ///< "camt.053.001.08", "OFX 102"; empty where there are none
  std::vector<Statement> statements;
  std::vector<Note> notes;
  std::string name = {};  ///< within a ZIP; empty for a file that came by itself
};

}  // namespace coop::statements
