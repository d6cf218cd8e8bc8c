#include "ledger/dues/notice.hpp"
#include "ledger/dues/notice_words.hpp"
#include "ledger/values/code_text.hpp"

namespace coop::dues {

namespace {

constexpr std::size_t width = 72;
constexpr std::size_t amount_width = 20;

/// The words of `text`, parted by blanks and controls.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char letter : text) {
    const bool blank = static_cast<unsigned char>(letter) <= 0x20 || letter == 0x7F;
    if (!blank) words.back() += letter;
    else if (!words.back().empty()) words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// The text in lines of at most `most` characters; a longer word stands alone. At least one line.
std::vector<std::string> folded(std::string_view text, std::size_t most) {
  std::vector<std::string> lines(1);
  for (const std::string& word : words_of(text)) {
    if (!lines.back().empty() && characters_of(lines.back()) + 1 + characters_of(word) > most)
      lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += word;
  }
  return lines;
}

void add(std::string& out, std::string_view text) {
  for (const std::string& line : folded(text, width)) out += line + "\n";
}

void add_rule(std::string& out, char letter) {
  out.append(width, letter);
  out += "\n";
}

std::string blanks(std::size_t wanted, std::string_view text) {
  const std::size_t length = characters_of(text);
  return std::string(wanted > length ? wanted - length : 0, ' ');
}

/// Text to the left, over several lines if need be, and an amount at the right end of the last one.
void add_amount(std::string& out, std::string_view text, std::string_view words) {
  const std::string amount = folded(words, std::string_view::npos).front();
  const std::vector<std::string> lines = folded(text, width - amount_width - 1);
  for (std::size_t at = 0; at + 1 < lines.size(); ++at) out += lines[at] + "\n";
  const std::string& last = lines.back();
  out += last + blanks(width - amount_width, last) + blanks(amount_width, amount) + amount + "\n";
}

void add_payment_text(std::string& out, const Notice& notice) {
  const auto form = transfer_form_of(notice);
  if (form.empty()) return;
  out += "\nHow to pay: type this into your bank's form.\n\n";
  for (const auto& [name, value] : form) {
    const std::vector<std::string> lines = folded(value, width - 18);
    out += "  " + name + blanks(16, name) + lines.front() + "\n";
    for (std::size_t at = 1; at < lines.size(); ++at) out += std::string(18, ' ') + lines[at] + "\n";
  }
  out += "\n";
  add(out, "The reference alone says that the payment is yours: it replaces any other text.");
  if (const std::optional<EpcPayment> payment = code_payment_of(notice)) {
    out += "\n";
    add(out, "Or copy the lines between the rules into an app that reads payment codes (EPC069-12):");
    out += "\n";
    add_rule(out, '-');
    out += epc_payload(*payment) + "\n";
    add_rule(out, '-');
  }
}

}  // namespace

std::string notice_text(const Notice& notice) {
  std::string out;
  add(out, notice.node_title);
  for (const std::string& line : notice.node_lines) add(out, line);
  out += "\n";
  add(out, notice.member_name);
  for (const std::string& line : notice.member_lines) add(out, line);
  out += "\nYOUR DUES\n";
  add(out, "Member " + notice.member_number + ", " + day_in_words(notice.noticed_on));
  out += "\n";
  for (const NoticeLine& line : notice.lines)
    add_amount(out, line.text, amount_in_words(notice, line.amount_minor));
  add_rule(out, '-');
  add_amount(out, "Total", amount_in_words(notice, total_of(notice)));
  add_rule(out, '=');
  out += "\n";
  add(out, request_of(notice));
  add_payment_text(out, notice);
  for (const std::string& paragraph : notice.paragraphs) {
    out += "\n";
    add(out, paragraph);
  }
  return out;
}

}  // namespace coop::dues
