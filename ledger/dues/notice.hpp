#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/dues/epc_code.hpp"
#include "ledger/values/bic.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/iban.hpp"
#include "ledger/values/structured_reference.hpp"

namespace coop::dues {

/// One line of a dues notice: what is owed, or a credit, which is negative.
struct NoticeLine {
  std::string text;
  std::int64_t amount_minor;
};

/// Where a member pays, and what the payment says.
struct PaymentRoute {
  std::string account_holder;  ///< as the bank knows it
  Iban iban;
  std::optional<Bic> bic;
  StructuredReference reference;
};

/// What a member is told about the dues they owe. All text is plain: it is escaped where it is printed.
struct Notice {
  std::string node_title;
  std::vector<std::string> node_lines;  ///< the co-operative's address and how to reach it
  std::string member_number;
  std::string member_name;
  std::vector<std::string> member_lines;  ///< the member's address, for a window envelope; may be empty
  Day noticed_on;
  std::optional<Day> due_on;
  std::string unit_code;  ///< of every amount
  int unit_scale;         ///< its decimals
  std::vector<NoticeLine> lines;
  std::optional<PaymentRoute> route;    ///< nothing: it is not paid by transfer
  std::vector<std::string> paragraphs;  ///< said at the end: whom to ask, what to do if it is too much now
};

/// The sum of the lines. Throws Refused: amount_overflow.
std::int64_t total_of(const Notice& notice);

/// The payment that the notice asks for as a telephone should propose it; nothing, if nothing is left to pay,
/// it is not paid by transfer, or not in a way that fits into a code.
std::optional<EpcPayment> code_payment_of(const Notice& notice);

/// A whole page, which needs nothing else and prints on one sheet of A4 or Letter: the lines, what to pay and
/// until when, a QR code to pay with, and the same as a table for those who use no camera.
std::string notice_html(const Notice& notice);

/// The same as plain text, UTF-8, in lines of at most 72 characters where words allow it.
std::string notice_text(const Notice& notice);

}  // namespace coop::dues
