#include "ledger/dues/epc_code.hpp"

#include <array>

#include "ledger/dues/qr_code.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop::dues {

namespace {

constexpr std::int64_t most_cents = 99'999'999'999;

/// A text field of the code, its name in plain words, and how many characters it may have.
struct Field {
  const std::string& text;
  const char* title;
  std::size_t most;
};

std::string fault_of_field(const Field& field) {
  const std::string title = field.title;
  if (!is_storable_text(field.text)) return title + " is not well-formed text";
  for (const char letter : field.text) {
    if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F)
      return title + " has a line break or another control character";
  }
  if (characters_of(field.text) > field.most)
    return title + " has more than " + std::to_string(field.most) + " characters";
  return {};
}

std::string fault_of_amount(const EpcPayment& payment) {
  if (payment.unit_code != "EUR") return "a code asks for EUR, not for " + payment.unit_code;
  if (payment.amount_minor && (*payment.amount_minor < 1 || *payment.amount_minor > most_cents))
    return "the amount is not between EUR 0.01 and EUR 999999999.99";
  return {};
}

std::string fault_of_account(const EpcPayment& payment) {
  const IbanCountry& country = payment.iban.country();
  if (country.zone == PaymentZone::elsewhere)
    return "accounts of " + std::string{country.code} + " are not within SEPA";
  if (country.zone == PaymentZone::sepa && !payment.bic)
    return "an account of " + std::string{country.code} + " needs its BIC: it is outside the EEA";
  return {};
}

std::string payload_of(const EpcPayment& payment) {
  const bool is_creditor = payment.reference && payment.reference->kind() == ReferenceKind::creditor;
  const std::string amount =
      payment.amount_minor ? payment.unit_code + text_from_minor(*payment.amount_minor, 2) : std::string{};
  const std::array<std::string, 12> lines{
      "BCD",
      "002",
      "1",
      "SCT",
      payment.bic ? payment.bic->text() : std::string{},
      payment.name,
      payment.iban.text(),
      amount,
      payment.purpose,
      is_creditor ? payment.reference->text() : std::string{},
      payment.reference && !is_creditor ? payment.reference->printed() : payment.text,
      payment.note};
  std::string payload;
  for (const std::string& line : lines) payload += line + "\n";
  payload.erase(payload.find_last_not_of('\n') + 1);
  return payload;
}

}  // namespace

std::string epc_fault(const EpcPayment& payment) {
  if (payment.name.find_first_not_of(' ') == std::string::npos) return "the payee has no name";
  for (const Field& field :
       {Field{payment.name, "the payee's name", 70}, Field{payment.text, "the text", 140},
        Field{payment.note, "the note to the payer", 70}}) {
    if (std::string fault = fault_of_field(field); !fault.empty()) return fault;
  }
  if (std::string fault = fault_of_amount(payment); !fault.empty()) return fault;
  if (std::string fault = fault_of_account(payment); !fault.empty()) return fault;
  if (!payment.purpose.empty() && (payment.purpose.size() > 4 || !is_capitals_or_digits(payment.purpose)))
    return "a purpose has up to four capital letters";
  if (payment.reference && !payment.text.empty()) return "a payment has a reference or a text, not both";
  if (const std::size_t bytes = payload_of(payment).size(); bytes > QrCode::most_bytes)
    return "it would take " + std::to_string(bytes) + " bytes, and a code has " +
           std::to_string(QrCode::most_bytes);
  return {};
}

std::string epc_payload(const EpcPayment& payment) {
  if (const std::string fault = epc_fault(payment); !fault.empty())
    throw Refused{Refusal::payment_code_impossible, fault};
  return payload_of(payment);
}

}  // namespace coop::dues
